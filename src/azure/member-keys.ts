import { MEMBER_COUNT, MEMBER_NAMES, SCOPE_COUNT, SCOPE_OF_MEMBER, Scope } from './member.ts';
import type { WantedKeys } from './object-walker.ts';

const UNDERSCORE = 0x5f;
/** Sets the bit by which ASCII letters of both cases differ, in four bytes at once. */
const FOLD = 0x20202020;
const SLOTS = 1024;
/** What `AzureDiagnostics` puts behind the name of a column to tell its type: `_s`, `_g`, `_d`, `_b`, `_t`. */
const SUFFIXES = new Set(['s', 'g', 'd', 'b', 't'].map((letter) => letter.charCodeAt(0)));
const SUFFIX_BYTES = 2;

/** Words of the longest name, behind its first one. */
const MAX_REST = 1 + Math.max(...MEMBER_NAMES.map(({ name }) => Math.ceil(name.length / 4)));

/**
 * Open addressing; most keys of a record meet an empty slot. By slot: the first word of a name, folded (never 0); a
 * name of three bytes is a word with the quote behind it.
 */
const FIRST_WORDS = new Int32Array(SLOTS);
const LENGTHS = new Uint8Array(SLOTS);
/** The words behind the first one; the last one overlaps the one before unless they fit. */
const RESTS = new Int32Array(SLOTS * MAX_REST);
const MEMBERS = new Uint8Array(SLOTS * SCOPE_COUNT);
for (const { name, scope, member } of MEMBER_NAMES) {
  MEMBERS[slotOfName(name) * SCOPE_COUNT + scope] = member;
}

/**
 * The members of Azure's records by their keys. Case does not count: exports differ in it, also within one category.
 * Keys come from Azure, not from clients, so the table needs no secret.
 */
export const MEMBER_KEYS: WantedKeys = {
  count: MEMBER_COUNT,
  scopes: SCOPE_OF_MEMBER,
  find(words, scope, start, length) {
    const hasSuffix = scope === Scope.record && words.getUint8(start + length - SUFFIX_BYTES) === UNDERSCORE;
    const size = hasSuffix ? withoutSuffix(words, start, length) : length;
    const first = words.getInt32(start, true) | FOLD;
    let slot = slotOf(first, size);
    for (let word = FIRST_WORDS[slot]!; word !== 0; word = FIRST_WORDS[slot]!) {
      if (word === first && LENGTHS[slot] === size && isRestSame(words, start, size, slot)) {
        return MEMBERS[slot * SCOPE_COUNT + scope]!;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return 0;
  },
};

function withoutSuffix(words: DataView, start: number, length: number): number {
  const hasType = length > SUFFIX_BYTES && SUFFIXES.has(words.getUint8(start + length - 1));
  return hasType ? length - SUFFIX_BYTES : length;
}

function slotOf(firstWord: number, length: number): number {
  return ((Math.imul(firstWord, 0x9e3779b1) >>> 22) ^ (13 * length)) & (SLOTS - 1);
}

function isRestSame(words: DataView, start: number, length: number, slot: number): boolean {
  const lastWord = start + length - 4;
  let i = slot * MAX_REST;
  for (let at = start + 4; at < lastWord; at += 4) {
    if ((words.getInt32(at, true) | FOLD) !== RESTS[i++]) {
      return false;
    }
  }
  return length <= 4 || (words.getInt32(lastWord, true) | FOLD) === RESTS[i];
}

/** The slot of a name; a new one unless another scope has the same name. */
function slotOfName(name: string): number {
  const words = new DataView(new TextEncoder().encode(`${name}"`).buffer);
  const { length } = name;
  const first = words.getInt32(0, true) | FOLD;
  let slot = slotOf(first, length);
  for (; FIRST_WORDS[slot] !== 0; slot = (slot + 1) & (SLOTS - 1)) {
    if (FIRST_WORDS[slot] === first && LENGTHS[slot] === length && isRestSame(words, 0, length, slot)) {
      return slot;
    }
  }
  FIRST_WORDS[slot] = first;
  LENGTHS[slot] = length;
  for (let at = 4, i = slot * MAX_REST; at < length; at += 4, i++) {
    RESTS[i] = words.getInt32(Math.min(at, length - 4), true) | FOLD;
  }
  return slot;
}
