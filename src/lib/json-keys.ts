import { type ByteText, byteText, startsWith } from './byte-text.ts';

/** A key that is looked for in some object of a record; the caller numbers these objects. */
export interface JsonKey {
  scope: number;
  name: string;
  /** What `find` gives for it: from 1 on. Several keys may share one. */
  number: number;
}

/** Knows some keys by their bytes. Most keys of a record are not looked for: they cost one look into a table. */
export interface JsonKeys {
  /** The highest number. */
  count: number;
  /** The number of the key of `length` bytes that stands at `start`; 0 for any other. Four bytes more may be read. */
  find(words: DataView, scope: number, start: number, length: number): number;
}

/** Slots of the table for each key, so that few share one. */
const SLOTS_PER_KEY = 32;

export function jsonKeys(keys: readonly JsonKey[]): JsonKeys {
  const mask = 2 ** Math.ceil(Math.log2(keys.length * SLOTS_PER_KEY)) - 1;
  const texts: ByteText[] = keys.map(({ name }) => byteText(name));
  /** By slot: one more than the place of the first key there; and by key, of the next one in the same slot. */
  const heads = new Uint16Array(mask + 1);
  const nexts = new Uint16Array(keys.length);
  for (const [i, text] of texts.entries()) {
    const slot = mix(text.words[0]!, text.length) & mask;
    nexts[i] = heads[slot]!;
    heads[slot] = i + 1;
  }
  return {
    count: Math.max(...keys.map(({ number }) => number)),
    find(words, scope, start, length) {
      let i = heads[mix(firstWord(words, start, length), length) & mask]! - 1;
      while (i >= 0) {
        const text = texts[i]!;
        if (text.length === length && startsWith(words, start, start + length, text) && keys[i]!.scope === scope) {
          return keys[i]!.number;
        }
        i = nexts[i]! - 1;
      }
      return 0;
    },
  };
}

/** Up to four bytes as a number. */
function firstWord(words: DataView, start: number, length: number): number {
  const word = words.getInt32(start, true);
  return length >= 4 ? word : word & ((1 << (8 * length)) - 1);
}

function mix(word: number, length: number): number {
  return (Math.imul(word, 0x9e3779b1) >>> 20) ^ length;
}
