import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One attribute of a class or object, as the files of OCSF spell it; what the dictionary says is merged in. */
export interface Attribute {
  /** A scalar type such as `string_t`, else the name of an object. */
  type: string;
  caption: string;
  is_array?: boolean;
  requirement?: 'required' | 'recommended' | 'optional';
  enum?: Record<string, { caption: string }>;
  /** Attribute that holds the caption of this one's number. */
  sibling?: string;
  /** Only there when the event says that it follows this profile. */
  profile?: string | null;
  /** Number of the kind of observable that it is. */
  observable?: number;
  '@deprecated'?: object;
}

/** A class or object with what it inherits and includes. */
export interface Definition {
  name: string;
  caption: string;
  /** Of a class: its number within its category. */
  uid?: number;
  category?: string;
  attributes: Record<string, Attribute>;
  constraints?: Partial<Record<'at_least_one' | 'just_one', string[]>>;
}

/** What values of a scalar type look like. */
export interface ScalarType {
  /** The scalar type that it is a kind of. */
  type?: string;
  caption: string;
  regex?: string;
  max_len?: number;
  range?: [number, number];
  observable?: number;
}

/** OCSF as its own files define it. */
export interface Definitions {
  version: string;
  scalars: Record<string, ScalarType>;
  categories: Record<string, { uid: number; caption: string }>;
  /** A class: folder and name below `events`. */
  event(path: string): Definition;
  object(name: string): Definition;
}

/** Attributes that classes and objects include. */
interface Profile {
  name: string;
  attributes: Record<string, Partial<Attribute>>;
}
type Parts = Partial<Omit<Definition, 'attributes'>> & { extends?: string; attributes: RawAttributes };
type RawAttributes = Record<string, Partial<Attribute>> & { $include?: string[] };
interface Dictionary {
  attributes: Record<string, Attribute>;
  types: { attributes: Record<string, ScalarType> };
}

/** Reads the definitions of a release from its folder, each file when it is first asked for. */
export function loadDefinitions(folder: string): Definitions {
  const read = <T>(path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8')) as T;
  const dictionary = read<Dictionary>('dictionary.json');
  const objects = new Map<string, Definition>();
  const parents: Record<string, string> = { finding: 'events/findings/finding.json' };

  function resolve(path: string): Definition {
    const { extends: parent, attributes, ...own } = read<Parts>(path);
    const folderOf = path.startsWith('objects/') ? 'objects' : 'events';
    const base = parent === undefined ? undefined : resolve(parents[parent] ?? `${folderOf}/${parent}.json`);
    const merged = { ...base?.attributes };
    for (const include of attributes.$include ?? []) {
      const profile = read<Profile>(include);
      add(merged, withProfile(profile.attributes, profile.name));
    }
    const { $include: _, ...rest } = attributes;
    add(merged, rest as Record<string, Partial<Attribute>>);
    const constraints = own.constraints ?? base?.constraints;
    return { ...base, ...own, ...(constraints && { constraints }), attributes: merged } as Definition;
  }

  function add(merged: Record<string, Attribute>, attributes: Record<string, Partial<Attribute>>): void {
    for (const [name, attribute] of Object.entries(attributes)) {
      const earlier = merged[name] ?? dictionary.attributes[name];
      const values = { ...earlier?.enum, ...attribute.enum };
      merged[name] = { ...earlier, ...attribute, ...(Object.keys(values).length > 0 && { enum: values }) } as Attribute;
    }
  }

  return {
    version: read<{ version: string }>('version.json').version,
    scalars: dictionary.types.attributes,
    categories: read<{ attributes: Record<string, { uid: number; caption: string }> }>('categories.json').attributes,
    event: (path) => resolve(`events/${path}.json`),
    object(name) {
      const known = objects.get(name) ?? resolve(`objects/${name}.json`);
      objects.set(name, known);
      return known;
    },
  };
}

function withProfile(attributes: Profile['attributes'], profile: string): Profile['attributes'] {
  return Object.fromEntries(Object.entries(attributes).map(([name, one]) => [name, { ...one, profile }]));
}
