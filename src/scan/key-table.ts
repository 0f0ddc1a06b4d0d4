/** Key of JSON objects, with the place in `found` at which its strings go. */
export interface NumberedKey {
  name: string;
  /** 0: nobody reads it. */
  number: number;
}

/** A hash table of keys for `takeLine` of assembly/scan.ts, in which each has a slot of its own. */
export interface KeyTable {
  /** By slot: first and last four bytes of the key with its quotes and colon, little-endian, its length, its number. */
  slots: Int32Array;
  /** Spreads these keys without a collision. */
  factor: number;
  /** The highest number of a key. */
  count: number;
}

const SLOT_BITS = 8;
const SLOT_WORDS = 4;
/** Bytes of the slots. */
export const KEY_TABLE_BYTES = 4 * SLOT_WORDS * 2 ** SLOT_BITS;

/** Throws where two keys begin and end alike. A few dozen factors are tried. */
export function createKeyTable(keys: readonly NumberedKey[]): KeyTable {
  const entries = keys.map(({ name, number }) => {
    const text = Buffer.from(`"${name}":`, 'latin1');
    return { first: text.readInt32LE(0), last: text.readInt32LE(text.length - 4), length: text.length, number };
  });
  if (new Set(entries.map(({ first, last }) => `${first} ${last}`)).size < entries.length) {
    throw new Error('two keys begin and end alike');
  }
  for (let factor = 1; ; factor += 2) {
    const places = entries.map(({ first, last }) => slotOf(first, last, factor));
    if (new Set(places).size === entries.length) {
      const slots = new Int32Array(KEY_TABLE_BYTES / 4);
      for (const [i, { first, last, length, number }] of entries.entries()) {
        slots.set([first, last, length, number], SLOT_WORDS * places[i]!);
      }
      return { slots, factor, count: Math.max(...keys.map(({ number }) => number)) };
    }
  }
}

function slotOf(first: number, last: number, factor: number): number {
  return Math.imul(first ^ Math.imul(last, 0x9e3779b1), factor) >>> (32 - SLOT_BITS);
}
