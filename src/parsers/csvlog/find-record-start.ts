/** `2026-11-21 16:48:45.367 `: 0 stands for a digit. Perhaps behind a quote: a copy may have each field quoted. */
const SHAPE = new TextEncoder().encode('0000-00-00 00:00:00.000 ');
const QUOTE = 0x22;

/** Bytes that decide whether a record starts: as many must be kept when none was found. */
export const START_BYTES = SHAPE.length + 2;

/** Where the next line starts that looks like a csvlog record, from `from` on; -1 when there is none before `end`. */
export function findRecordStart(bytes: Uint8Array, from: number, end: number): number {
  const block = bytes.subarray(0, end); // without an end, a search goes through all of the memory
  for (let p = block.indexOf(0x0a, from); p >= 0 && p + START_BYTES <= end; p = block.indexOf(0x0a, p + 1)) {
    if (hasShape(block, block[p + 1] === QUOTE ? p + 2 : p + 1)) {
      return p + 1;
    }
  }
  return -1;
}

function hasShape(bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < SHAPE.length; i++) {
    const byte = bytes[start + i]!;
    const isRight = SHAPE[i] === 0x30 ? byte >= 0x30 && byte <= 0x39 : byte === SHAPE[i];
    if (!isRight) {
      return false;
    }
  }
  return true;
}
