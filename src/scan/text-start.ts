/** U+FEFF in UTF-8, as a little-endian number. */
const BYTE_ORDER_MARK = 0xbfbbef;
const MARK_BYTES = 3;

/** Bytes of the mark that stands at a place; 0 where none does. */
export function byteOrderMarkAt(words: DataView, at: number, end: number): number {
  const isMark = end - at >= MARK_BYTES && (words.getInt32(at, true) & 0xffffff) === BYTE_ORDER_MARK;
  return isMark ? MARK_BYTES : 0;
}

/** The first place that holds no NUL byte: a file that was made longer in advance, or lost what it had, begins with them. */
export function behindNuls(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] === 0) {
    at++;
  }
  return at;
}
