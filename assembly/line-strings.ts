// Takes the strings of JSON objects that stand on a line each, from the index that `scanJsonLines` made.

const QUOTE: u8 = 0x22, COMMA: u8 = 0x2c, CLOSE_BRACE: u8 = 0x7d;
/** How `src/scan/key-table.ts` spreads keys over slots. */
const SPREAD: i32 = <i32>0x9e3779b1, KEY_SHIFT: u32 = 24;

/**
 * Takes the strings of an object that stands on a line between two places, both braces included, with keys from a table
 * and without white space. Entry by entry: the quotes of a key, then those of its value if that is a string.
 *
 * @param entry where the entry of the first key lies; behind the line's last one stands that of its newline
 * @param keys a table of KEY_SLOTS slots: of a key with quotes and colon the first and the last four bytes, the length,
 *     and where its value goes, counted in eights of bytes from `found` on
 * @param found start and end of each string, by key; zeros where there is none. Up to `foundEnd`, in steps of 16 bytes
 * @returns false for any other object: what stands in `found` then means nothing
 */
export function takeLine(start: usize, end: usize, entry: usize, keys: usize, factor: i32, found: usize, foundEnd: usize): bool {
  for (let p = found; p < foundEnd; p += 16) v128.store(p, i8x16.splat(0));
  let expected = start + 1;
  while (true) {
    const key = <usize>load<i32>(entry);
    if (key != expected || load<u8>(key) != QUOTE) return false;
    const value = <usize>load<i32>(entry, 4) + 2;
    const first = load<i32>(key), last = load<i32>(value - 4);
    const slot = keys + (<usize>(<u32>((first ^ (last * SPREAD)) * factor) >> KEY_SHIFT) << 4);
    if (load<i32>(slot) != first || load<i32>(slot, 4) != last || load<i32>(slot, 8) != <i32>(value - key)) return false;
    let behind: usize;
    if (load<u8>(value) == QUOTE) {
      const close = load<i32>(entry, 12);
      const place = found + (<usize>load<i32>(slot, 12) << 3);
      store<i32>(place, <i32>value + 1);
      store<i32>(place, close, 4);
      behind = <usize>close + 1;
      entry += 16;
    } else {
      entry += 8;
      behind = <usize>load<i32>(entry) - 1; // a number: the next key stands behind it, or, at the end, the newline
      if (load<u8>(behind) != COMMA || behind >= end) behind = numberEnd(value);
    }
    if (load<u8>(behind) != COMMA || behind >= end) return load<u8>(behind) == CLOSE_BRACE && behind == end - 1;
    expected = behind + 1;
  }
}

function numberEnd(at: usize): usize {
  for (let byte = load<u8>(at); (byte >= 0x30 && byte <= 0x39) || byte == 0x2d; byte = load<u8>(at)) at++;
  return at;
}
