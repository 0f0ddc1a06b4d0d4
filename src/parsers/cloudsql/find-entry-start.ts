const NEWLINE = 0x0a;
const OPEN_BRACE = 0x7b;
const QUOTE = 0x22;

/** White space in front of an entry, and between its brace and its first key, at most. */
const MAX_SPACE = 30;
/** Bytes that decide whether an entry starts: as many must be kept when none was found. */
export const START_BYTES = 64;

/**
 * Where the next line starts an entry, behind `from`: a brace, then a quote, white space allowed. Inside a JSON string
 * no such line can stand: its newlines and its quotes are escaped. -1 when there is none before `end`.
 */
export function findEntryStart(bytes: Uint8Array, from: number, end: number): number {
  const block = bytes.subarray(0, end); // without an end, a search goes through all of the memory
  for (let p = block.indexOf(NEWLINE, from); p >= 0; p = block.indexOf(NEWLINE, p + 1)) {
    const brace = afterSpace(block, p + 1);
    if (block[brace] === OPEN_BRACE && block[afterSpace(block, brace + 1)] === QUOTE) {
      return brace;
    }
  }
  return -1;
}

function afterSpace(bytes: Uint8Array, start: number): number {
  let p = start;
  while (
    p < start + MAX_SPACE &&
    (bytes[p] === 0x20 || bytes[p] === 0x09 || bytes[p] === 0x0d || bytes[p] === NEWLINE)
  ) {
    p++;
  }
  return p;
}
