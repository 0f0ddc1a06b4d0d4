/** U+FEFF in UTF-8, as a little-endian number. */
const BYTE_ORDER_MARK = 0xbfbbef;
const MARK_BYTES = 3;

/** Bytes of the mark that stands at a place; 0 where none does. */
export function byteOrderMarkAt(words: DataView, at: number, end: number): number {
  const isMark = end - at >= MARK_BYTES && (words.getInt32(at, true) & 0xffffff) === BYTE_ORDER_MARK;
  return isMark ? MARK_BYTES : 0;
}
