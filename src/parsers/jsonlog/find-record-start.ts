const NEWLINE = 0x0a;
const OPEN_BRACE = 0x7b;
const QUOTE = 0x22;

/** Bytes that decide whether a record starts: as many must be kept when none was found. */
export const START_BYTES = 3;

/**
 * Where the next line starts that begins as records do, `{"`, behind `from`; -1 when there is none before `end`.
 * Inside a JSON string no such line can stand: its newlines and its quotes are escaped.
 */
export function findRecordStart(bytes: Uint8Array, from: number, end: number): number {
  const block = bytes.subarray(0, end); // without an end, a search goes through all of the memory
  for (let p = block.indexOf(NEWLINE, from); p >= 0 && p + START_BYTES <= end; p = block.indexOf(NEWLINE, p + 1)) {
    if (block[p + 1] === OPEN_BRACE && block[p + 2] === QUOTE) {
      return p + 1;
    }
  }
  return -1;
}
