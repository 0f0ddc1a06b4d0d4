import type { Attribute, Definition, Definitions } from './definitions.ts';
import { observableProblems } from './observable-problems.ts';

type Json = Record<string, unknown>;

/** The value that stands for "something else": its caption is then the source's own. */
const OTHER = 99;

/** Numbers that the definitions derive instead of listing them; `classProblems` and `observableProblems` judge them. */
const DERIVED = /^(?:class_uid|category_uid|observables\[\d+\]\.type_id)$/;

/** What is wrong with an event of a class, each with the path at which it is: none for a valid event. */
export function validateEvent(event: Json, path: string, definitions: Definitions): string[] {
  const definition = definitions.event(path);
  const metadata = event.metadata as { profiles?: string[] } | undefined;
  const profiles = metadata?.profiles ?? [];
  return [
    ...validateObject(event, definition, '', profiles, definitions),
    ...classProblems(event, definition, definitions),
    ...observableProblems(event, definitions),
  ];
}

/** Numbers and names of the class, which the definitions derive from each other. */
function classProblems(event: Json, { uid = 0, category = '', caption }: Definition, ocsf: Definitions): string[] {
  const { uid: categoryUid, caption: categoryName } = ocsf.categories[category];
  const classUid = categoryUid * 1000 + uid;
  const expected: Json = {
    category_uid: categoryUid,
    category_name: categoryName,
    class_uid: classUid,
    class_name: caption,
    type_uid: classUid * 100 + Number(event.activity_id),
    type_name: `${caption}: ${String(event.activity_name)}`,
  };
  const wrong = Object.entries(expected).filter(([name, value]) => event[name] !== undefined && event[name] !== value);
  const version = (event.metadata as Json | undefined)?.version;
  return [
    ...wrong.map(([name, value]) => `${name} is ${String(event[name])}, not ${String(value)}`),
    ...(version === ocsf.version ? [] : [`metadata.version is ${String(version)}, not ${ocsf.version}`]),
  ];
}

function validateObject(
  value: Json,
  { name: objectName, attributes, constraints }: Definition,
  path: string,
  profiles: readonly string[],
  ocsf: Definitions,
): string[] {
  const isThere = ({ profile }: Attribute) => profile === undefined || profile === null || profiles.includes(profile);
  const required = Object.entries(attributes).filter(([, one]) => one.requirement === 'required' && isThere(one));
  const count = (names: readonly string[]) => names.filter((name) => value[name] !== undefined).length;
  const { at_least_one: some, just_one: one } = constraints ?? {};
  return [
    ...required.filter(([name]) => value[name] === undefined).map(([name]) => `${path}${name} is missing`),
    ...(some && count(some) === 0 ? [`${path} (${objectName}) has none of ${some.join(', ')}`] : []),
    ...(one && count(one) !== 1 ? [`${path} (${objectName}) must have one of ${one.join(', ')}`] : []),
    ...Object.entries(value).flatMap(([name, member]) => {
      const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
      if (attribute === undefined || !isThere(attribute)) {
        return [`${path}${name} is unknown in ${objectName}`];
      }
      return validateAttribute(member, attribute, `${path}${name}`, profiles, ocsf).concat(
        captionProblems(value, name, attribute, path),
      );
    }),
  ];
}

/** The caption beside a number must be that number's. */
function captionProblems(value: Json, name: string, { sibling, enum: captions }: Attribute, path: string): string[] {
  const caption = sibling === undefined ? undefined : value[sibling];
  const expected = captions?.[String(value[name])]?.caption;
  const isFree = caption === undefined || expected === undefined || value[name] === OTHER;
  return isFree || caption === expected ? [] : [`${path}${sibling} is ${JSON.stringify(caption)}, not ${expected}`];
}

function validateAttribute(
  value: unknown,
  attribute: Attribute,
  path: string,
  profiles: readonly string[],
  ocsf: Definitions,
): string[] {
  if (attribute['@deprecated'] !== undefined) {
    return [`${path} is deprecated`];
  }
  if (attribute.is_array !== true) {
    return validateOne(value, attribute, path, profiles, ocsf);
  }
  if (!Array.isArray(value) || value.length === 0) {
    return [`${path} is not a filled array`];
  }
  return value.flatMap((item, i) => validateOne(item, attribute, `${path}[${i}]`, profiles, ocsf));
}

function validateOne(
  value: unknown,
  { type, enum: values }: Attribute,
  path: string,
  profiles: readonly string[],
  ocsf: Definitions,
): string[] {
  if (Object.hasOwn(ocsf.scalars, type)) {
    const isListed = values === undefined || DERIVED.test(path) || Object.hasOwn(values, String(value));
    return [
      ...(isScalar(value, type, ocsf) ? [] : [`${path} is no ${type}: ${JSON.stringify(value)}`]),
      ...(isListed ? [] : [`${path} has no value ${String(value)}`]),
    ];
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [`${path} is no object`];
  }
  // An `object` is open: its members are the source's own.
  return type === 'object' ? [] : validateObject(value as Json, ocsf.object(type), `${path}.`, profiles, ocsf);
}

function isScalar(value: unknown, type: string, ocsf: Definitions): boolean {
  const { type: base, regex, max_len: maxLength = Number.POSITIVE_INFINITY, range } = ocsf.scalars[type];
  if (base !== undefined) {
    const isInRange = range === undefined || (Number(value) >= range[0] && Number(value) <= range[1]);
    const text = String(value);
    const isOfForm = regex === undefined || new RegExp(regex).test(text);
    return isScalar(value, base, ocsf) && isInRange && isOfForm && text.length <= maxLength;
  }
  switch (type) {
    case 'boolean_t':
      return typeof value === 'boolean';
    case 'integer_t':
    case 'long_t':
      return Number.isSafeInteger(value);
    case 'float_t':
      return Number.isFinite(value);
    case 'string_t':
      return typeof value === 'string';
    case 'json_t':
      return value !== undefined;
    default:
      return false;
  }
}
