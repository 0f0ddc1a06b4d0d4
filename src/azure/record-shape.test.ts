import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonShape } from '../scan/json-shape.ts';
import { SHAPE, SHAPE_PARTS } from '../scan/layout.ts';
import { takeShaped } from '../scan/plain-shaped.ts';
import { ScanWindow } from '../scan/scan-window.ts';
import { createObjectWalker, Walk, type WantedKeys } from './object-walker.ts';

const NAMES = ['a', 'b', 'time', 'properties', 'a longer name than the others'];
/** Wants each of the names, in a record and in the objects in it. */
const wanted: WantedKeys = {
  count: NAMES.length,
  scopes: new Uint8Array(NAMES.length + 1).fill(1),
  find: (words, _scope, start, length) =>
    NAMES.indexOf(Buffer.from(words.buffer as ArrayBuffer, start, length).toString()) + 1,
};

interface Taken {
  end: number;
  values: number[];
}

/** What stands in a record, by a walk along the index; undefined where it is not whole. Places from its start on. */
async function walked(text: string): Promise<Taken | undefined> {
  const window = new ScanWindow('json');
  const walker = createObjectWalker(window, wanted);
  await window.refill((bytes, at) => Buffer.from(text).copy(bytes, at));
  const cursor = window.index.subarray(0, window.indexCount).findIndex((at) => window.bytes[at] === 0x7b);
  if (cursor < 0 || walker.walk(cursor) !== Walk.whole) {
    return undefined;
  }
  const start = window.index[cursor]!;
  return { end: window.index[walker.cursor - 1]! + 1 - start, values: placesFrom(start, walker.found) };
}

function placesFrom(start: number, found: Int32Array): number[] {
  return [...found.subarray(2)].map((at) => (at === 0 ? -1 : at - start));
}

/** Two records like `before`, so that it is known, then a block with another one: what is taken of that without an index. */
async function taken(before: string, now: string): Promise<Taken | undefined> {
  const window = new ScanWindow('json');
  window.isLazy = true;
  const walker = createObjectWalker(window, wanted);
  await window.refill((bytes, at) => Buffer.from(`${before}\n${before}\n`).copy(bytes, at));
  window.makeIndex();
  expect(walker.walk(0)).toBe(Walk.whole);
  expect(walker.walk(walker.cursor)).toBe(Walk.whole);
  window.position = window.end;
  await window.refill((bytes, at) => Buffer.from(now).copy(bytes, at));
  const isTaken = walker.takeNext();
  expectTwin(window, now);
  return isTaken ? { end: walker.end - walker.start, values: placesFrom(walker.start, walker.found) } : undefined;
}

/** The plain form says the same, on the same bytes. */
function expectTwin(window: ScanWindow, now: string): void {
  const start = window.position + now.indexOf('{');
  const parts = new Int32Array(window.bytes.buffer, SHAPE, 4 * SHAPE_PARTS);
  if (!parts.some((word, i) => i % 4 === 2 && word === 3)) {
    return; // no shape was written down
  }
  const values = new Int32Array(window.found.length);
  const end = takeShaped(window.bytes, start, parts, values);
  window.found.fill(0);
  expect(new JsonShape(window).take(start)).toBe(end);
  expect(window.found.subarray(2)).toEqual(values.subarray(2));
}

const scalar = fc.oneof(
  fc.string({ unit: fc.constantFrom('x', '"', '\\', '{', ']', '\n', 'é', ',', 'xxxxxxxxxxxxxxxxxxxx') }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const members = fc.dictionary(fc.constantFrom(...NAMES, 'other'), scalar, { minKeys: 1 });
const record = fc.tuple(members, members).map(([outer, inner]) => ({ ...outer, properties: inner, b: 1 }));
const layout = fc.constantFrom(undefined, 1, '\t');

/** The same members with other values of the same kinds, but that a number may become a fraction. */
function changed(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return value.length % 3 === 0 ? `${value}"\\` : value.slice(1);
    case 'number':
      return value / 3;
    case 'object':
      return value === null
        ? null
        : Object.fromEntries(Object.entries(value).map(([key, member]) => [key, changed(member)]));
    default:
      return value !== true;
  }
}

describe('the shape of records', () => {
  it('takes the values of every record like the one before that a walk finds', async () => {
    await fc.assert(
      fc.asyncProperty(record, layout, async (value, indent) => {
        const before = JSON.stringify(value, null, indent);
        const now = JSON.stringify(changed(value), null, indent);
        expect(await taken(before, `\n ,${now}\n`)).toEqual(await walked(now));
      }),
      { numRuns: 300 },
    );
  });

  it('takes nothing but what a walk finds of records that differ in a few bytes', async () => {
    const byte = fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', '\n', ' ', 'n', 'y', '7', 'x', '');
    const edits = fc.array(fc.tuple(fc.nat(), byte), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(record, edits, async (value, changes) => {
        const before = JSON.stringify(value);
        const now = changes.reduce((text, [at, to]) => {
          const place = 1 + (at % (text.length - 1));
          return text.slice(0, place) + to + text.slice(place + 1);
        }, before);
        const found = await taken(before, now);
        if (found !== undefined) {
          expect(found).toEqual(await walked(now));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('takes no record that is cut off', async () => {
    const whole = '{"a":"1","properties":{"b":22,"time":"x\\"y"}}';
    for (let length = 0; length < whole.length; length++) {
      expect(await taken(whole, whole.slice(0, length))).toBeUndefined();
    }
    expect(await taken(whole, whole)).toEqual(await walked(whole));
  });

  it.each([
    ['an array', '{"a":[]}'],
    ['more texts than there is room for', JSON.stringify({ a: 1, ...Object.fromEntries(keys(200)) })],
    ['more members than there is room for', JSON.stringify(Object.fromEntries(keys(300, 1)))],
  ])('knows none of a record with %s', async (_, text) => {
    expect(await taken(text, text)).toBeUndefined();
  });

  it.each([
    ['another text', 'x{"a":1}'],
    ['the end of an array', ']{"a":1}'],
    ['another object', '{"b":1}{"a":1}'],
    ['white space without an end', `${' '.repeat(70)}{"a":1}`],
  ])('takes no record behind %s', async (_, now) => {
    expect(await taken('{"a":1}', now)).toBeUndefined();
  });
});

/** Members with names of about 50 bytes, or of a few. */
function keys(count: number, length = 50): [string, number][] {
  return Array.from({ length: count }, (_, n) => [`${'k'.repeat(length)}${n}`, n]);
}
