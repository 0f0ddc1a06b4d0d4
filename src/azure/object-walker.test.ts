import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScanWindow } from '../scan/scan-window.ts';
import { createObjectWalker, Walk, type WantedKeys } from './object-walker.ts';

const NAMES = ['a', 'b', 'key', 'time'];
/** The number of the key whose object is looked into. */
const OBJECT = 2 * NAMES.length + 1;

/** Wants each of the names in a record (1 …) and in the objects in it (5 …), but not in `deep` and deeper. */
const wanted: WantedKeys = {
  count: 2 * NAMES.length + 1,
  scopes: Uint8Array.from({ length: 2 * NAMES.length + 2 }, (_, key) => (key === OBJECT ? 2 : 0)),
  find(words, scope, start, length) {
    const key = Buffer.from(words.buffer as ArrayBuffer, start, length).toString();
    const place = NAMES.indexOf(key) + 1;
    return place === 0 ? (scope === 1 && key === 'properties' ? OBJECT : 0) : place + (scope - 1) * NAMES.length;
  },
};

interface Walked {
  walk: Walk;
  values: (string | undefined)[];
  isAtEnd: boolean;
}

/** Walks the first object of a text; gives how it ended and the values found. */
async function walk(text: string): Promise<Walked> {
  return (await walkAll(text, 1))[0]!;
}

/** Walks the first objects of a text, one behind the other. */
async function walkAll(text: string, objects: number): Promise<Walked[]> {
  const window = new ScanWindow('json');
  const source = Buffer.from(text);
  await window.refill((bytes, at) => source.copy(bytes, at));
  const walker = createObjectWalker(window, wanted);
  const first = window.index.subarray(0, window.indexCount).findIndex((at) => window.bytes[at] === 0x7b);
  return Array.from({ length: objects }, (_, n) => {
    const ended = walker.walk(n === 0 ? first : walker.cursor);
    const values = Array.from({ length: 2 * NAMES.length }, (_, i) => {
      const [start, end] = walker.found.subarray(2 * i + 2);
      return start === 0 ? undefined : Buffer.from(window.bytes.slice(start, end)).toString();
    });
    return { walk: ended, values, isAtEnd: walker.cursor === window.indexCount };
  });
}

/** What JSON.parse says that the walker should find: strings without quotes, as they stand; null as if it were not there. */
function expectedOf(object: Record<string, unknown>): (string | undefined)[] {
  const inner = Object.values(object).filter(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  );
  const second = Object.assign({}, ...inner) as Record<string, unknown>;
  return [object, second].flatMap((level) => NAMES.map((name) => scalarText(level[name])));
}

function scalarText(value: unknown): string | undefined {
  return value === null || typeof value === 'object' || value === undefined
    ? undefined
    : JSON.stringify(value).replace(/^"|"$/g, '');
}

const scalar = fc.oneof(
  fc.string({ unit: fc.constantFrom('x', '"', '\\', '{', ']', '\n', 'é', ',') }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const array = fc.array(fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }), fc.record({ a: scalar })), {
  maxLength: 3,
});
const deepest = fc.dictionary(fc.constantFrom(...NAMES), fc.oneof(scalar, array));
const inner = fc.dictionary(fc.constantFrom(...NAMES, 'other'), fc.oneof(scalar, array), { minKeys: 0 });
const nested = fc.tuple(inner, deepest).map(([object, deep]) => ({ ...object, deep }));
/** Records with objects and arrays in them. */
const object = fc
  .tuple(fc.dictionary(fc.constantFrom(...NAMES, 'other'), fc.oneof(scalar, array)), nested)
  .map(([outer, properties]) => ({ ...outer, properties }));

/** The same members with other values, of which most are of the same kinds. */
function changed(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return value.length % 3 === 0 ? `${value}"\\` : value.slice(1);
    case 'number':
      return value % 5 === 0 ? `${value}` : 3 * value + 1;
    case 'boolean':
      return value ? 17 : null;
    default:
      return value === null || Array.isArray(value)
        ? value
        : Object.fromEntries(Object.entries(value as object).map(([key, member]) => [key, changed(member)]));
  }
}

describe('createObjectWalker', () => {
  it('finds the values that JSON.parse finds, in any layout', async () => {
    await fc.assert(
      fc.asyncProperty(object, fc.constantFrom(undefined, 1, '\t'), async (value, indent) => {
        const found = await walk(JSON.stringify(value, null, indent));
        expect(found).toEqual({ walk: Walk.whole, values: expectedOf(value), isAtEnd: true });
      }),
      { numRuns: 500 },
    );
  });

  it('finds them behind records with the same members, too', async () => {
    await fc.assert(
      fc.asyncProperty(object, fc.constantFrom(undefined, 1, '\t'), async (value, indent) => {
        const values = [value, value, changed(value), value] as Record<string, unknown>[];
        const found = await walkAll(values.map((one) => JSON.stringify(one, null, indent)).join('\n'), values.length);
        expect(found.map((one) => one.values)).toEqual(values.map(expectedOf));
        expect(found.at(-1)!.isAtEnd).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['{', '{"a', '{"a"', '{"a":', '{"a":1', '{"a":"b', '{"a":"b"', '{"a":{"b":1}', '{"a":[1,{"b":2}', '{"a":[['])(
    'is cut by the end in %s',
    async (text) => {
      expect((await walk(text)).walk).toBe(Walk.cut);
    },
  );

  it.each(['{{}}', '{[1]}', '{"a\n":1}', '{"a":"\n"}', '{"a":x}', '{"a":"b"c"d"}', '{"a"}', '{"a":}', '{"a":,"b":1}'])(
    'sees that %j is no JSON',
    async (text) => {
      expect((await walk(text)).walk).toBe(Walk.broken);
    },
  );

  it('stops behind the bracket of an envelope', async () => {
    expect((await walk('{"records":[')).walk).toBe(Walk.records);
    expect((await walk('{ "x" : 1 ,\n "records" : [{"a":1}]}')).walk).toBe(Walk.records);
    expect((await walk('{"a":{"records":[]}}')).walk).toBe(Walk.whole);
    expect((await walk('{"records":"none"}')).walk).toBe(Walk.whole);
  });
});
