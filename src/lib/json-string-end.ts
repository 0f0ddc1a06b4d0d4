const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const QUOTES = 0x22222222;
const BACKSLASHES = 0x5c5c5c5c;

/**
 * Where the JSON string whose text begins at `start` is closed: the place of its quote; -1 when it is not closed before
 * `end`. Looks at four bytes at a time; up to three more may be read.
 */
export function jsonStringEnd(words: DataView, start: number, end: number): number {
  let p = start;
  while (p < end) {
    const word = words.getInt32(p, true);
    const quotes = word ^ QUOTES;
    const slashes = word ^ BACKSLASHES;
    // the lowest set bit of what is left marks the first byte of either kind
    const either = ((quotes - 0x01010101) & ~quotes) | ((slashes - 0x01010101) & ~slashes);
    const marks = either & 0x80808080;
    if (marks === 0) {
      p += 4;
      continue;
    }
    p += (31 - Math.clz32(marks & -marks)) >> 3;
    if (p >= end) {
      return -1;
    }
    const byte = words.getUint8(p);
    if (byte === QUOTE) {
      return p;
    }
    p += byte === BACKSLASH ? 2 : 1;
  }
  return -1;
}
