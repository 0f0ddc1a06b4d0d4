import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAlike } from './plain-alike.ts';
import { ScanWindow } from './scan-window.ts';

/** Both objects in one window: what the fast form says of them, after the plain one has said the same. */
async function areAlike(before: string, now: string): Promise<boolean> {
  const window = new ScanWindow('json');
  const source = Buffer.from(`${before}\n${now}\n`);
  await window.refill((bytes, at) => source.copy(bytes, at));
  const { bytes, index, indexCount } = window;
  const entries = index.subarray(0, indexCount);
  const brace = window.position + Buffer.byteLength(before) + 1;
  const first = entries.indexOf(brace);
  const said = window.isAlike(0, first, first);
  expect(said).toBe(first + first <= indexCount && isAlike(bytes, index, 0, first, first));
  return said;
}

/** JSON text with or without blanks in it. */
const separators = fc.constantFrom('', ' ', '\n  ');
const scalars = fc.constantFrom('1', '-2.5', 'true', 'false', 'null', '"text"', '""', '[]', '[{"a":1}]');
const object: fc.Arbitrary<string> = fc.letrec<{ object: string; value: string }>((tie) => ({
  object: fc
    .tuple(separators, fc.array(fc.tuple(fc.constantFrom('a', 'b', 'time', 'category', 'operationName'), tie('value'))))
    .map(([blank, members]) => `{${members.map(([key, value]) => `"${key}":${blank}${value}`).join(`,${blank}`)}}`),
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalars, tie('object')),
})).object;

describe('isAlike', () => {
  it('says of any two objects what the plain form says', async () => {
    await fc.assert(fc.asyncProperty(object, object, async (before, now) => void (await areAlike(before, now))));
  });

  it('says so of objects that differ in one byte', async () => {
    const byte = fc.constantFrom('"', '{', '}', '[', ']', ':', ',', '0', 'n', 'a', ' ');
    await fc.assert(
      fc.asyncProperty(object, fc.nat(), byte, async (text, place, changed) => {
        const at = place % text.length;
        await areAlike(text, text.slice(0, at) + changed + text.slice(at + 1));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['{"a":"1","properties":{"b":2}}', '{"a":"","properties":{"b":-33.5}}'],
    ['{"a": true, "longer key than a word": null}', '{"a": 7,"longer key than a word": null}'],
    ['{}', '{}'],
  ])('holds for %s and %s', async (before, now) => {
    expect(await areAlike(before, now)).toBe(true);
  });

  it.each([
    ['another key', '{"key":"1","b":1}', '{"kez":"1","b":1}'],
    ['another long key', '{"requestResourceId":"1"}', '{"requestResourceIe":"1"}'],
    ['a longer key', '{"key":"1"}', '{"keys":"1"}'],
    ['another order', '{"a":"1","b":"2"}', '{"b":"2","a":"1"}'],
    ['null instead of a number', '{"a":1}', '{"a":null}'],
    ['a number instead of null', '{"a":null}', '{"a":1}'],
    ['a string instead of a number', '{"a":1,"b":"2"}', '{"a":"1","b":2}'],
    ['a blank before the value', '{"a":"1"}', '{"a": "1"}'],
    ['an array', '{"a":[]}', '{"a":[]}'],
    ['one that ends early', '{"a":"1","b":"2"}', '{"a":"1"}'],
    ['one that goes on', '{"a":"1"}', '{"a":"1","b":"2"}'],
    ['a member that left its object', '{"a":{"b":"1"}}', '{"a":{},"b":"1"}'],
  ])('does not hold for %s', async (_, before, now) => {
    expect(await areAlike(before, now)).toBe(false);
  });
});
