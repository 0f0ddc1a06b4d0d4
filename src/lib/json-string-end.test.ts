import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonStringEnd } from './json-string-end.ts';

/** Where a string ends that begins at the third byte, with bytes behind it that must not matter; -1 as told. */
function endOf(text: string, end = Buffer.byteLength(text)): number {
  const bytes = Buffer.from(`xx${text}"""\\"""`);
  const found = jsonStringEnd(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 2, 2 + end);
  return found < 0 ? found : found - 2;
}

describe('jsonStringEnd', () => {
  it.each([
    ['"', 0],
    ['abc"', 3],
    ['abcd"', 4],
    ['a\\"b"', 4],
    ['a\\\\"', 3],
    ['a\\\\\\"b"', 6],
    ['\\u0022"', 6],
    ['é€😀"', 9],
    ['', -1],
    ['abc', -1],
    ['abc\\"', -1],
    ['abc\\', -1],
  ])('of %j is %i', (text, expected) => {
    expect(endOf(text)).toBe(expected);
  });

  it('finds the quote that JSON.stringify wrote', () => {
    const character = fc.constantFrom('"', '\\', 'a', 'é', '\n', '!', '#', '[', ']', '\u00a2', '\u00dc');
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 30 }), fc.nat(40), (text, cut) => {
        const inside = JSON.stringify(text).slice(1);
        const length = Buffer.byteLength(inside) - 1;
        expect(endOf(inside)).toBe(length);
        expect(endOf(inside, Math.min(cut, length))).toBe(-1);
      }),
      { numRuns: 500 },
    );
  });
});
