// Remembers statements that come again byte for byte, with their normal forms (WebAssembly). Addresses are those of
// fingerprint.ts; src/sql/fingerprint-memo.ts knows what was read of each.

import { INPUT, OUTPUT } from './fingerprint';

/** Of each remembered statement: the tag of its hash, the tag met last, where it lies in the ring, its length. */
const ENTRIES: i32 = 327680;
const ENTRY_BITS: i32 = 14;
const ENTRY_SHIFT: i32 = 4;
const ENTRY_MET: usize = 4;
const ENTRY_PLACE: usize = 8;
const ENTRY_LENGTH: usize = 12;
/** Remembered statements, the latest overwriting the oldest: a word with the form, the text, the normal form. */
const RING: i32 = 589824;
const RING_BYTES: i32 = 4194304;

// what was looked for last, and where the ring goes on: a count of bytes that wraps around
let entry: i32 = 0, tag: i32 = 0, ringEnd: i32 = 0;

/**
 * Looks for a statement of so many bytes that stands in the input from `from` on and was remembered in this form: the
 * number of its entry, from 1 on; below 0 when it was met before and not remembered; else 0.
 */
export function recall(from: i32, length: i32, form: i32, key: i32): i32 {
  const first = INPUT + from, stop = first + length;
  const behind = load<u64>(<usize>stop);
  store<u64>(<usize>stop, 0);
  let h: u64 = (<u64>key << 32) ^ <u64>(length ^ (form << 20));
  for (let p = first; p < stop; p += 8) {
    h = (h ^ load<u64>(<usize>p)) * 0x9e3779b97f4a7c15;
    h ^= h >> 29;
  }
  tag = <i32>(h >> 32);
  const number = <i32>(<u32>h >>> (32 - ENTRY_BITS));
  entry = ENTRIES + (number << ENTRY_SHIFT);
  const isKnown = load<i32>(<usize>entry) == tag && isRemembered(first, length, form);
  store<u64>(<usize>stop, behind);
  if (isKnown) return number + 1;
  if (load<i32>(<usize>entry, ENTRY_MET) == tag) return -1;
  store<i32>(<usize>entry, tag, ENTRY_MET);
  return 0;
}

function isRemembered(first: i32, length: i32, form: i32): bool {
  const place = load<i32>(<usize>entry, ENTRY_PLACE);
  if (load<i32>(<usize>entry, ENTRY_LENGTH) != length || <u32>(ringEnd - place) > <u32>RING_BYTES) return false;
  const at = RING + (place & (RING_BYTES - 1));
  if (load<i32>(<usize>at) != form) return false;
  for (let i = 0; i < length; i += 8) {
    if (load<u64>(<usize>(at + 8 + i)) != load<u64>(<usize>(first + i))) return false;
  }
  return true;
}

/**
 * Remembers the statement that was looked for last, which stands in the input again, with the normal form that was read
 * of it, of so many bytes. The number of its entry.
 */
export function remember(from: i32, length: i32, form: i32, normal: i32): i32 {
  const text = (length + 7) & -8;
  const bytes = 8 + text + ((normal + 11) & -8);
  const room = RING_BYTES - (ringEnd & (RING_BYTES - 1));
  if (room < bytes) ringEnd += room;
  const at = RING + (ringEnd & (RING_BYTES - 1));
  store<u64>(<usize>(INPUT + from + length), 0);
  store<i32>(<usize>at, form);
  memory.copy(<usize>(at + 8), <usize>(INPUT + from), <usize>text);
  memory.copy(<usize>(at + 8 + text), OUTPUT, <usize>normal);
  store<i32>(<usize>entry, tag);
  store<i32>(<usize>entry, ringEnd, ENTRY_PLACE);
  store<i32>(<usize>entry, length, ENTRY_LENGTH);
  ringEnd += bytes;
  return ((entry - ENTRIES) >>> ENTRY_SHIFT) + 1;
}

/** Where the normal form of the statement that was remembered last lies. */
export function rememberedNormal(): i32 {
  const place = load<i32>(<usize>entry, ENTRY_PLACE);
  return RING + (place & (RING_BYTES - 1)) + 8 + ((load<i32>(<usize>entry, ENTRY_LENGTH) + 7) & -8);
}

/** Nothing is remembered any longer. */
export function forget(): void {
  memory.fill(ENTRIES, 0, 1 << (ENTRY_BITS + ENTRY_SHIFT));
}
