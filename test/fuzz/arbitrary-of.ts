import fc from 'fast-check';
import { type Knowledge, type KnownRecord, plainName } from './knowledge.ts';
import type { Schema } from './operations.ts';

/** Items of an array, at most: requests stay short. */
const MOST_ITEMS = 3;
/** Of a text without a limit of its own. Characters. */
const LONGEST = 40;
/** Of four values that may be left out, one is there. */
function sometimes<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ arbitrary: fc.constant(undefined), weight: 3 }, { arbitrary: value, weight: 1 });
}

/** Schemas by name, and what was learned. */
export interface Setting {
  schemas: Readonly<Record<string, Schema>>;
  known: Knowledge;
}

/** Values that a schema allows: of those that are known under the name, of its examples, or any. */
export function arbitraryOf(given: Schema, setting: Setting, name = ''): fc.Arbitrary<unknown> {
  const schema = resolved(given, setting);
  const { examples = [] } = schema;
  const known =
    isOpen(schema) && examples.length === 0 ? setting.known.values(name).filter((value) => allows(schema, value)) : [];
  const generated = anyOf(schema, setting, name);
  return fc.oneof(
    { arbitrary: generated, weight: examples.length + known.length > 0 ? 1 : 6 },
    ...(examples.length > 0 ? [{ arbitrary: fc.constantFrom(...examples), weight: 5 }] : []),
    ...(known.length > 0 ? [{ arbitrary: fc.constantFrom(...known), weight: 5 }] : []),
  );
}

function anyOf(schema: Schema, setting: Setting, name: string): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) {
    return fc.oneof(...choices.map((choice) => arbitraryOf(choice, setting, name)));
  }
  if (schema.const !== undefined || schema.enum !== undefined) {
    return fc.constantFrom(...(schema.enum ?? [schema.const]));
  }
  const type = Array.isArray(schema.type) ? fc.constantFrom(...(schema.type as string[])) : undefined;
  return type === undefined
    ? ofType(schema, schema.type as string | undefined, setting, name)
    : type.chain((one) => ofType(schema, one, setting, name));
}

function ofType(schema: Schema, type: string | undefined, setting: Setting, name: string): fc.Arbitrary<unknown> {
  switch (type) {
    case 'string':
      return text(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 100_000 });
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const { minItems = 0, maxItems = MOST_ITEMS } = schema;
      const limits = { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, MOST_ITEMS)) };
      return fc.array(arbitraryOf(schema.items ?? {}, setting, name.replace(/s$/, '')), limits);
    }
    case 'object':
      return fields(schema, setting);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

/** The members that must be there, some of the others, or those of a record that was told: values that belong together. */
function fields({ properties = {}, required = [], ...schema }: Schema, setting: Setting): fc.Arbitrary<unknown> {
  const members = Object.entries(properties).map(([name, member]) => {
    const value = arbitraryOf(member, setting, name);
    return [name, required.includes(name) ? value : sometimes(value)] as const;
  });
  const generated = fc
    .tuple(fc.record(Object.fromEntries(members)), moreFields(schema, setting))
    .map(([own, more]) => withoutUndefined({ ...more, ...(own as object) }));
  const told = setting.known
    .records()
    .map((record) => projected(properties, required, record, setting))
    .filter((record) => record !== undefined);
  return told.length === 0
    ? generated
    : fc.oneof(
        generated,
        fc.tuple(generated, fc.constantFrom(...told)).map(([own, record]) => ({ ...own, ...record })),
      );
}

function moreFields({ additionalProperties, propertyNames }: Schema, setting: Setting): fc.Arbitrary<object> {
  return typeof additionalProperties === 'object' && Object.keys(additionalProperties).length > 0
    ? fc.dictionary(
        arbitraryOf(propertyNames ?? { type: 'string' }, setting) as fc.Arbitrary<string>,
        arbitraryOf(additionalProperties, setting),
        { maxKeys: 2 },
      )
    : fc.constant({});
}

/** The members of an object that a record has, where it has two at least of those that must be there. */
function projected(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[],
  record: KnownRecord,
  setting: Setting,
): KnownRecord | undefined {
  const names = Object.keys(record);
  const told = Object.entries(properties).filter(([, { examples }]) => examples === undefined);
  const found = told.flatMap(([name, member]) => {
    const wanted = plainName(name);
    const from =
      names.find((it) => plainName(it) === wanted) ??
      names.find((it) => it.length > 3 && wanted.endsWith(plainName(it)));
    const value = from === undefined ? undefined : record[from];
    return value !== undefined && allows(resolved(member, setting), value) ? [[name, value] as const] : [];
  });
  const least = Math.max(2, required.filter((name) => properties[name]?.examples === undefined).length);
  return found.length < least ? undefined : Object.fromEntries(found);
}

function text({ pattern, format, minLength = 0, maxLength = LONGEST }: Schema): fc.Arbitrary<string> {
  const max = Math.max(minLength, Math.min(maxLength, LONGEST));
  if (format === 'date-time') {
    const limits = { min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true };
    return fc.date(limits).map((date) => date.toISOString());
  }
  if (format === 'email') {
    return fc.stringMatching(/^[a-z]{1,12}@[a-z]{1,12}\.example$/);
  }
  if (pattern !== undefined) {
    return matching(pattern).filter((it) => it.length >= minLength && it.length <= maxLength);
  }
  return fc.string({ minLength, maxLength: max, unit: 'binary', size: 'max' }).filter((it) => it.length <= maxLength);
}

function matching(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'), { maxLength: LONGEST });
  } catch {
    return fc.stringMatching(/^[a-z][a-z0-9]{0,20}$/); // of a pattern that fast-check cannot follow: `\p{L}`
  }
}

/** Whether a value that is known elsewhere may stand here, as far as that is told at a glance. */
function allows(schema: Schema, value: unknown): boolean {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) {
    return choices.some((choice) => allows(choice, value));
  }
  if (schema.enum !== undefined || schema.const !== undefined) {
    return (schema.enum ?? [schema.const]).includes(value);
  }
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const isType =
    types.length === 0 || types.includes(typeof value) || (types.includes('integer') && Number.isInteger(value));
  return isType && (typeof value !== 'string' || fitsText(schema, value));
}

function fitsText({ pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY }: Schema, value: string): boolean {
  const isLong = value.length >= minLength && value.length <= maxLength;
  return isLong && (pattern === undefined || new RegExp(pattern, 'u').test(value));
}

/** Whether a schema says too little of a plain value: not all that is allowed is there. */
function isOpen({ type, anyOf: choices, enum: all }: Schema): boolean {
  return all === undefined && (choices !== undefined || (type !== 'object' && type !== 'array' && type !== undefined));
}

function resolved(schema: Schema, { schemas }: Setting): Schema {
  const name = schema.$ref?.replace(/^.*\//, '');
  const there = name === undefined ? schema : (schemas[name] ?? {});
  return there.allOf === undefined
    ? there
    : Object.assign({}, ...there.allOf.map((part) => resolved(part, { schemas } as Setting)), there);
}

function withoutUndefined(value: object): KnownRecord {
  return Object.fromEntries(Object.entries(value).filter(([, it]) => it !== undefined));
}
