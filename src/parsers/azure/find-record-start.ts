const NEWLINE = 0x0a;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;
const QUOTE = 0x22;

/** Bytes that decide whether a record starts: as many must be kept when none was found. */
export const START_BYTES = 64;

/**
 * Where the next record may start, behind `from`: `{"` after a newline, a comma or a bracket, white space allowed.
 * Inside a JSON string no such thing can stand, because its quotes are escaped. -1 when there is none before `end`.
 */
export function findRecordStart(bytes: Uint8Array, from: number, end: number): number {
  const block = bytes.subarray(0, end); // without an end, a search goes through all of the memory
  for (let p = block.indexOf(OPEN_BRACE, from + 1); p >= 0 && p < end - 1; p = block.indexOf(OPEN_BRACE, p + 1)) {
    const before = bytes[skipSpace(bytes, p - 1, -1)];
    const isOpen = before === COMMA || before === OPEN_BRACKET || hasNewline(bytes, p - 1);
    if (isOpen && bytes[skipSpace(bytes, p + 1, 1)] === QUOTE) {
      return p;
    }
  }
  return -1;
}

/** The first place from `at` on, in steps of `step`, that is not white space; looks at 32 bytes at most. */
function skipSpace(bytes: Uint8Array, at: number, step: 1 | -1): number {
  let p = at;
  for (let i = 0; i < 32 && isSpace(bytes[p]); i++) {
    p += step;
  }
  return p;
}

/** Whether only white space lies between `at` and the end of the line before. */
function hasNewline(bytes: Uint8Array, at: number): boolean {
  let p = at;
  for (let i = 0; i < 32 && isSpace(bytes[p]); i++, p--) {
    if (bytes[p] === NEWLINE) {
      return true;
    }
  }
  return false;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;
}
