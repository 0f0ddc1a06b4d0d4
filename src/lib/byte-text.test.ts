import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteText, hasByte, indexOfText, startsWith } from './byte-text.ts';

/** Bytes with others around them, from `start` to `end`. */
function among(text: string): { words: DataView; start: number; end: number; bytes: Uint8Array } {
  const inside = Buffer.from(text);
  const bytes = new Uint8Array(inside.length + 12).fill(0x61);
  bytes.set(inside, 3);
  return { words: new DataView(bytes.buffer), start: 3, end: 3 + inside.length, bytes };
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\0'), maxLength: 12 });
const needle = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\0'), minLength: 1, maxLength: 9 });

describe('startsWith', () => {
  it('agrees with String', () => {
    fc.assert(
      fc.property(text, needle, (haystack, wanted) => {
        const { words, start, end } = among(haystack);
        expect(startsWith(words, start, end, byteText(wanted))).toBe(haystack.startsWith(wanted));
      }),
      { numRuns: 1000 },
    );
  });

  it('does not take bytes behind the end for its own', () => {
    const { words, start, end } = among('aa');
    expect(startsWith(words, start, end, byteText('aaa'))).toBe(false);
  });
});

describe('indexOfText', () => {
  it('agrees with Buffer', () => {
    fc.assert(
      fc.property(text, needle, (haystack, wanted) => {
        const { words, start, end } = among(haystack);
        const expected = Buffer.from(haystack).indexOf(wanted);
        expect(indexOfText(words, start, end, byteText(wanted))).toBe(expected < 0 ? -1 : start + expected);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('hasByte', () => {
  it('agrees with a plain search, for any byte', () => {
    const byte = fc.oneof(fc.constantFrom(0, 1, 0x22, 0x7f, 0x80, 0x81, 0xff), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 11 }), byte, (inside, wanted) => {
        const bytes = Uint8Array.from([wanted, ...inside, wanted, wanted, wanted, wanted]);
        const found = hasByte(new DataView(bytes.buffer), 1, 1 + inside.length, wanted);
        expect(found).toBe(inside.includes(wanted));
      }),
      { numRuns: 2000 },
    );
  });
});
