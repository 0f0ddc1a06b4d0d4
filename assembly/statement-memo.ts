// Remembers what was read of statements that come again byte for byte (WebAssembly). Addresses are those of
// fingerprint.ts; src/sql/fingerprint-memo.ts knows the words of an entry.

import { INPUT, OUTPUT } from './fingerprint';
import { hash, hashText, second } from './text-hash';

/**
 * Entries of one cache line: a hash of 128 bits, bytes of the statement, its form, the tag of what was met last, the
 * place of the normal form; then what src/sql/wasm-fingerprint.ts puts there.
 */
const ENTRIES: i32 = 327680;
const ENTRY_BITS: i32 = 14;
const ENTRY_SHIFT: i32 = 6;
const SECOND: usize = 8;
const LENGTH: usize = 16;
const FORM: usize = 20;
const MET: usize = 24;
const PLACE: usize = 28;
/** Normal forms, the latest overwriting the oldest. */
const RING: i32 = 1376256;
const RING_BYTES: i32 = 2097152;
/** Two secret words for each word of a statement: who writes statements cannot aim at one hash. */
const KEYS: i32 = 3473408;

// what was looked for last, and where the ring goes on: a count of bytes that wraps around
let entry: i32 = 0, ringEnd: i32 = 0;

/**
 * Looks for a statement of so many bytes that stands in the input from `from` on and was remembered in this form: where
 * its entry lies; below 0 when it was met before and not remembered; else 0.
 */
export function recall(from: i32, length: i32, form: i32): i32 {
  hashText(<usize>(INPUT + from), length, <usize>KEYS);
  const mixed = (hash ^ (hash >> 32)) * 0x9e3779b97f4a7c15;
  entry = ENTRIES + (<i32>(mixed >> (64 - ENTRY_BITS)) << ENTRY_SHIFT);
  const at = <usize>entry;
  if (
    load<u64>(at) == hash &&
    load<u64>(at, SECOND) == second &&
    load<i32>(at, LENGTH) == length &&
    load<i32>(at, FORM) == form &&
    <u32>(ringEnd - load<i32>(at, PLACE)) <= <u32>RING_BYTES
  ) {
    return entry;
  }
  const tag = <i32>mixed | 1;
  if (load<i32>(at, MET) == tag) return -1;
  store<i32>(at, tag, MET);
  return 0;
}

/**
 * Remembers the statement that was looked for last, of so many bytes, with the normal form that was read last, of so many
 * bytes. Where its entry lies.
 */
export function remember(length: i32, form: i32, normalLength: i32): i32 {
  const bytes = (normalLength + 11) & -8;
  const room = RING_BYTES - (ringEnd & (RING_BYTES - 1));
  if (room < bytes) ringEnd += room;
  memory.copy(<usize>normalOf(ringEnd), OUTPUT, <usize>normalLength);
  const at = <usize>entry;
  store<u64>(at, hash);
  store<u64>(at, second, SECOND);
  store<i32>(at, length, LENGTH);
  store<i32>(at, form, FORM);
  store<i32>(at, ringEnd, PLACE);
  ringEnd += bytes;
  return entry;
}

@inline
function normalOf(place: i32): i32 {
  return RING + (place & (RING_BYTES - 1));
}

/** Where the normal form of an entry lies. */
export function rememberedNormal(where: i32): i32 {
  return normalOf(load<i32>(<usize>where, PLACE));
}

/** Nothing is remembered any longer. */
export function forget(): void {
  memory.fill(ENTRIES, 0, 1 << (ENTRY_BITS + ENTRY_SHIFT));
}
