import { KEYS, Member } from './members.ts';

/** All keys that PostgreSQL writes, as they stand in front of a value: `"user":`. */
const texts = KEYS.map((name) => `"${name}":`);

const SLOT_BITS = 8;
const SLOTS = 1 << SLOT_BITS;

/** Spreads the first and the last four bytes of a key, as little-endian numbers, over the slots. */
function slotOf(first: number, last: number, factor: number): number {
  return Math.imul(first ^ Math.imul(last, 0x9e3779b1), factor) >>> (32 - SLOT_BITS);
}

/** Gives each key a slot of its own: a few dozen factors are tried when the module is loaded. */
function perfectFactor(): number {
  for (let factor = 1; ; factor += 2) {
    const slots = new Set(texts.map((text) => slotOf(firstWord(text), lastWord(text), factor)));
    if (slots.size === texts.length) {
      return factor;
    }
  }
}

const factor = perfectFactor();
const lengths = new Int32Array(SLOTS);
const firstWords = new Int32Array(SLOTS);
const lastWords = new Int32Array(SLOTS);
const members = new Int32Array(SLOTS);
for (const [i, text] of texts.entries()) {
  const slot = slotOf(firstWord(text), lastWord(text), factor);
  lengths[slot] = text.length;
  firstWords[slot] = firstWord(text);
  lastWords[slot] = lastWord(text);
  members[slot] = (Member as Partial<Record<string, number>>)[KEYS[i]!] ?? 0;
}

/**
 * The member that stands behind the key whose first and last four bytes these are, with its quotes and its colon; 0 for
 * one that we do not read, -1 for one that PostgreSQL does not write.
 */
export function writtenMember(first: number, last: number, length: number): number {
  const slot = slotOf(first, last, factor);
  const isWritten = firstWords[slot] === first && lastWords[slot] === last && lengths[slot] === length;
  return isWritten ? members[slot]! : -1;
}

function firstWord(text: string): number {
  return Buffer.from(text, 'latin1').readInt32LE(0);
}

function lastWord(text: string): number {
  return Buffer.from(text, 'latin1').readInt32LE(text.length - 4);
}
