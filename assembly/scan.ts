// Finds the structure of a block of log bytes, 64 bytes at a time (WebAssembly SIMD).
// src/scan/plain-scan.ts is the same in TypeScript; scan.test.ts holds the two equal.
//
// All addresses are bytes in linear memory. The 64 bytes after the block must be zero.
// Results stand at address 0: how many index entries, how many record entries, how many bytes were looked at, and
// what oddities there were; then hashes.

export { takeCsvlog } from './csvlog-records';
export { takeJsonlog } from './jsonlog-records';
export { takeLine } from './line-strings';
export { noteMinute, noteTextMinute } from './minute';
export { takeTextLog } from './text-log-records';

import { hash, hashText, second } from './text-hash';

const INDEX_COUNT: usize = 0;
const RECORD_COUNT: usize = 4;
const SCANNED: usize = 8;
const ODDITIES: usize = 12;
/** Where hashes go. */
const HASH: usize = 48;
/** Bits of ODDITIES: a newline inside a string; a backslash anywhere. */
const NEWLINE_IN_STRING: i32 = 1;
const BACKSLASH: i32 = 2;

@inline
function maskOf(at: usize, byte: v128): i64 {
  const a = <i64>i8x16.bitmask(i8x16.eq(v128.load(at), byte));
  const b = <i64>i8x16.bitmask(i8x16.eq(v128.load(at, 16), byte));
  const c = <i64>i8x16.bitmask(i8x16.eq(v128.load(at, 32), byte));
  const d = <i64>i8x16.bitmask(i8x16.eq(v128.load(at, 48), byte));
  return a | (b << 16) | (c << 32) | (d << 48);
}

/** Bit n of the result: parity of the bits 0..n. Turns quote positions into "inside quotes". */
@inline
function parity(bits: i64): i64 {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  return bits ^ (bits << 32);
}

/**
 * Writes the places of the bits to `out` and gives where the last one ends. Eight at a time, whether there are so many
 * or not: most chunks have fewer, and a loop for each bit would end where no processor foresees it.
 */
@inline
function putPlaces(bits: i64, base: i32, out: usize): usize {
  const end = out + (<usize>popcnt(bits) << 2);
  while (bits) {
    putPlace(bits, base, out); bits &= bits - 1;
    putPlace(bits, base, out + 4); bits &= bits - 1;
    putPlace(bits, base, out + 8); bits &= bits - 1;
    putPlace(bits, base, out + 12); bits &= bits - 1;
    putPlace(bits, base, out + 16); bits &= bits - 1;
    putPlace(bits, base, out + 20); bits &= bits - 1;
    putPlace(bits, base, out + 24); bits &= bits - 1;
    putPlace(bits, base, out + 28); bits &= bits - 1;
    out += 32;
  }
  return end;
}

@inline
function putPlace(bits: i64, base: i32, out: usize): void {
  store<i32>(out, base + <i32>ctz(bits));
}

/**
 * Index: every comma and newline outside quotes. Records: for every such newline, the number of index entries up to
 * and including it. The block starts outside quotes. Stops early when an area is nearly full.
 */
export function scanCsv(start: usize, length: i32, index: usize, indexEnd: usize, records: usize, recordsEnd: usize): void {
  const quote = i8x16.splat(0x22), comma = i8x16.splat(0x2c), newline = i8x16.splat(0x0a);
  let out = index, record = records, insideBefore: i64 = 0, at = 0;
  for (; at < length && out + 256 <= indexEnd && record + 256 <= recordsEnd; at += 64) {
    const inside = parity(maskOf(start + at, quote)) ^ insideBefore;
    insideBefore = inside >> 63;
    let newlines = maskOf(start + at, newline) & ~inside;
    let separators = (maskOf(start + at, comma) & ~inside) | newlines;
    const before = <i32>((out - index) >> 2);
    while (newlines) {
      const bit = newlines & -newlines;
      store<i32>(record, before + <i32>popcnt(separators & (bit - 1)) + 1);
      record += 4;
      newlines ^= bit;
    }
    out = putPlaces(separators, <i32>start + at, out);
  }
  finish(out, index, record, records, at, length);
}

/**
 * Index: every quote that opens or closes a string, every brace and bracket outside strings, and every newline inside
 * one (which JSON forbids: a torn record). The block starts outside strings. Records stay empty.
 */
export function scanJson(start: usize, length: i32, index: usize, indexEnd: usize, records: usize, recordsEnd: usize): void {
  let out = index, insideBefore: i64 = 0, escapedBefore: i64 = 0, at = 0, oddities = 0;
  for (; at < length && out + 256 <= indexEnd; at += 64) {
    const p = start + at;
    let quotes = maskOf(p, i8x16.splat(0x22)), newlines: i64 = 0;
    // backslashes and newlines are rare: most chunks are asked for both at once
    if (hasSpecial(p) | (escapedBefore != 0)) {
      const backslashes = maskOf(p, i8x16.splat(0x5c));
      oddities |= backslashes != 0 ? BACKSLASH : 0;
      const escaped = escapedAfter(backslashes, escapedBefore);
      escapedBefore = endsEscaped;
      quotes &= ~escaped;
      newlines = maskOf(p, i8x16.splat(0x0a));
    }
    const inside = parity(quotes) ^ insideBefore;
    insideBefore = inside >> 63;
    newlines &= inside;
    oddities |= newlines != 0 ? NEWLINE_IN_STRING : 0;
    let found = quotes | (brackets(p) & ~inside) | newlines;
    out = putPlaces(found, <i32>p, out);
  }
  finish(out, index, records, records, at, length);
  store<i32>(ODDITIES, oddities);
}

/**
 * Index: every quote that no backslash escapes, and every newline. Records: for every newline, the number of index
 * entries up to and including it. For JSON that holds one object a line: strings hold no newlines.
 */
export function scanJsonLines(start: usize, length: i32, index: usize, indexEnd: usize, records: usize, recordsEnd: usize): void {
  const quote = i8x16.splat(0x22), backslash = i8x16.splat(0x5c), newline = i8x16.splat(0x0a);
  let out = index, record = records, escapedBefore: i64 = 0, at = 0;
  for (; at < length && out + 256 <= indexEnd && record + 256 <= recordsEnd; at += 64) {
    const p = start + at;
    let found = maskOf(p, quote);
    // backslashes and newlines are rare: most chunks are asked for both at once
    if (hasSpecial(p) | (escapedBefore != 0)) {
      const escaped = escapedAfter(maskOf(p, backslash), escapedBefore);
      escapedBefore = endsEscaped;
      let newlines = maskOf(p, newline);
      found = (found & ~escaped) | newlines;
      const before = <i32>((out - index) >> 2);
      while (newlines) {
        const bit = newlines & -newlines;
        store<i32>(record, before + <i32>popcnt(found & (bit - 1)) + 1);
        record += 4;
        newlines ^= bit;
      }
    }
    out = putPlaces(found, <i32>p, out);
  }
  finish(out, index, record, records, at, length);
}

/** Index: every newline. Records stay empty. */
export function scanLines(start: usize, length: i32, index: usize, indexEnd: usize, records: usize, recordsEnd: usize): void {
  const newline = i8x16.splat(0x0a);
  let out = index, at = 0;
  for (; at < length && out + 256 <= indexEnd; at += 64) {
    let found = maskOf(start + at, newline);
    out = putPlaces(found, <i32>start + at, out);
  }
  finish(out, index, records, records, at, length);
}

@inline
function hasSpecial(at: usize): bool {
  const backslash = i8x16.splat(0x5c), newline = i8x16.splat(0x0a);
  const a = v128.load(at), b = v128.load(at, 16), c = v128.load(at, 32), d = v128.load(at, 48);
  const slashes = v128.or(v128.or(i8x16.eq(a, backslash), i8x16.eq(b, backslash)), v128.or(i8x16.eq(c, backslash), i8x16.eq(d, backslash)));
  const newlines = v128.or(v128.or(i8x16.eq(a, newline), i8x16.eq(b, newline)), v128.or(i8x16.eq(c, newline), i8x16.eq(d, newline)));
  return v128.any_true(v128.or(slashes, newlines));
}

/** Whether the byte after the chunk that `escapedAfter` saw last is escaped. */
let endsEscaped: i64 = 0;

/** Which bytes of a chunk a backslash escapes. */
function escapedAfter(backslashes: i64, before: i64): i64 {
  let escaped = before, left = backslashes & ~before;
  endsEscaped = 0;
  while (left) {
    const k = ctz(left);
    if (k == 63) { endsEscaped = 1; break; }
    escaped |= (<i64>1) << (k + 1);
    left &= ~((<i64>3) << k);
  }
  return escaped;
}

/** Braces and brackets: `{`, `[`, `}` and `]` differ in the bits of 0x26 only. So do `Y`, `_`, `y` and DEL, which stand nowhere outside strings. */
@inline
function brackets(at: usize): i64 {
  const fold = i8x16.splat(0x26), folded = i8x16.splat(0x7f);
  const a = <i64>i8x16.bitmask(i8x16.eq(v128.or(v128.load(at), fold), folded));
  const b = <i64>i8x16.bitmask(i8x16.eq(v128.or(v128.load(at, 16), fold), folded));
  const c = <i64>i8x16.bitmask(i8x16.eq(v128.or(v128.load(at, 32), fold), folded));
  const d = <i64>i8x16.bitmask(i8x16.eq(v128.or(v128.load(at, 48), fold), folded));
  return a | (b << 16) | (c << 32) | (d << 48);
}

/**
 * Whether a JSON object of `count` index entries has the members of another one: the same keys in the same order, as
 * far apart from their values, which are of the same kinds. Strings and numbers may differ. The other object is whole,
 * and no string of either holds a newline. `before` and `now` are where the entries of their braces lie. False for
 * objects with arrays in them.
 */
export function isAlike(before: usize, now: usize, count: i32): bool {
  const end = now + (<usize>count << 2);
  for (before += 4, now += 4; now < end;) {
    const old = <usize>load<i32>(before), at = <usize>load<i32>(now);
    const byte = load<u8>(at);
    if (load<u8>(old) != byte) return false;
    if (byte == CLOSE_BRACE) { before += 4; now += 4; continue; }
    const oldEnd = <usize>load<i32>(before, 4), keyEnd = <usize>load<i32>(now, 4);
    const oldNext = <usize>load<i32>(before, 8);
    let oldValue = oldEnd + 2;
    if (oldNext != oldValue) { // else it is `"key":"value"`
      for (oldValue--; isBetween(load<u8>(oldValue));) oldValue++;
    }
    const length = oldValue - old, value = at + length;
    if (keyEnd - at != oldEnd - old || !isSame(old, at, length)) return false;
    const lead = load<u8>(value), oldLead = load<u8>(oldValue);
    if (oldNext != oldValue) {
      if (!isScalar(lead) || (lead == NULL) != (oldLead == NULL)) return false;
      before += 8; now += 8;
    } else if (lead != oldLead || lead == OPEN_BRACKET) {
      return false;
    } else {
      const entries: usize = lead == OPEN_BRACE ? 12 : 16;
      before += entries; now += entries;
    }
  }
  return true;
}

/**
 * Takes the values of an object that has the members of another one: the same texts between its values, which are of the
 * same kinds. Works on the bytes alone, of which the index may know nothing. Behind the block stand zeros.
 *
 * @param part where its parts lie, 16 bytes each: where a text lies that stands before a value, how long it is, of what
 *     kind the value is, and where its start and its end go, counted in eights of bytes from `found` on
 * @returns where the object ends, 0 for any other: what stands in `found` then means nothing. Whether strings have
 *     backslashes stands in ODDITIES
 */
export function takeShaped(at: usize, part: usize, found: usize): usize {
  shapedOddities = 0;
  while (true) {
    const text = <usize>load<i32>(part), length = <usize>load<i32>(part, 4), kind = load<i32>(part, 8);
    if (!isText(at, text, length)) return 0;
    at += length;
    if (kind == SHAPE_END) break;
    const end = kind == SHAPE_STRING ? stringEnd(at) : shapedScalarEnd(at, kind);
    if (end == 0) return 0;
    const place = found + (<usize>load<i32>(part, 12) << 3);
    store<i32>(place, <i32>at);
    store<i32>(place, <i32>end, 4);
    at = end;
    part += 16;
  }
  store<i32>(ODDITIES, shapedOddities);
  return at;
}

/** Kinds of values in a shape; nothing follows its last text. */
const SHAPE_STRING: i32 = 0, SHAPE_NULL: i32 = 2, SHAPE_END: i32 = 3;
let shapedOddities: i32 = 0;

/** Whether a text stands at a place. Up to 15 bytes more of both are read. */
@inline
function isText(at: usize, text: usize, length: usize): bool {
  for (let done: usize = 0; done < length; done += 16) {
    const same = i8x16.bitmask(i8x16.eq(v128.load(at + done), v128.load(text + done)));
    const left = length - done;
    const wanted = left >= 16 ? 0xffff : (1 << <i32>left) - 1;
    if ((same & wanted) != wanted) return false;
  }
  return true;
}

/** Where the quote stands that closes a string; 0 where a control character comes first, such as a newline. */
@inline
function stringEnd(at: usize): usize {
  while (true) {
    const bytes = v128.load(at);
    const special = v128.or(
      v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x5c))),
      i8x16.lt_u(bytes, i8x16.splat(0x20)),
    );
    const mask = i8x16.bitmask(special);
    if (mask == 0) { at += 16; continue; }
    at += <usize>ctz(mask);
    const byte = load<u8>(at);
    if (byte == QUOTE) return at;
    if (byte != BACKSLASH_BYTE || load<u8>(at, 1) < 0x20) return 0;
    shapedOddities = BACKSLASH;
    at += 2;
  }
}

/**
 * Where a number, `true`, `false` or `null` ends; 0 where none stands, or `null` instead of another or the other way
 * round. In what is none, nothing may stand that the index would tell.
 */
function shapedScalarEnd(at: usize, kind: i32): usize {
  const lead = load<u8>(at);
  if (!isScalar(lead) || (lead == NULL) != (kind == SHAPE_NULL)) return 0;
  for (let byte = lead; byte > 0x20 && byte != COMMA && byte != CLOSE_BRACE && byte != CLOSE_BRACKET; byte = load<u8>(++at)) {
    if (byte == QUOTE || (byte | 0x26) == 0x7f) return 0; // see `brackets`
  }
  return at;
}

const QUOTE: u8 = 0x22, BACKSLASH_BYTE: u8 = 0x5c, COMMA: u8 = 0x2c;

const OPEN_BRACE: u8 = 0x7b, CLOSE_BRACE: u8 = 0x7d, OPEN_BRACKET: u8 = 0x5b, CLOSE_BRACKET: u8 = 0x5d;
/** `n` of `null`. */
const NULL: u8 = 0x6e;

/** What stands between a key and its value: colons and white space. */
@inline
function isBetween(byte: u8): bool {
  return byte == 0x3a || byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09;
}

/** Whether a number, `true`, `false` or `null` may begin so. */
@inline
function isScalar(lead: u8): bool {
  return (lead >= 0x30 && lead <= 0x39) || lead == 0x2d || lead == 0x74 || lead == 0x66 || lead == NULL;
}

/** Whether `length` bytes, three or more, are the same. */
@inline
function isSame(a: usize, b: usize, length: usize): bool {
  if (length < 8) {
    return (load<i64>(a) ^ load<i64>(b)) << (64 - (<i64>length << 3)) == 0;
  }
  const last = length - 8;
  for (let p: usize = 0; p < last; p += 8) {
    if (load<i64>(a + p) != load<i64>(b + p)) return false;
  }
  return load<i64>(a + last) == load<i64>(b + last);
}

@inline
function finish(out: usize, index: usize, record: usize, records: usize, at: i32, length: i32): void {
  store<i32>(INDEX_COUNT, <i32>((out - index) >> 2));
  store<i32>(RECORD_COUNT, <i32>((record - records) >> 2));
  store<i32>(SCANNED, min(at, length));
}

/** A keyed hash of the bytes from `start` to `end`: four words at `HASH`. */
export function hashBytes(start: usize, end: usize, keys: usize): void {
  hashText(start, <i32>(end - start), keys);
  store<u64>(HASH, hash);
  store<u64>(HASH, second, 8);
}
