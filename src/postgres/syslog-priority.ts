const SPACE = 0x20;
const LESS = 0x3c;
const GREATER = 0x3e;
/** The length of a message in front of it (RFC 6587) has no more digits. */
const COUNT_DIGITS = 7;
/** `<191>` at most. */
const PRIORITY_BYTES = 5;

/** Behind the `451 ` of `451 <134>1 …`, by which messages in a stream are told apart. */
export function behindCount(bytes: Uint8Array, start: number, end: number): number {
  let p = start;
  while (p < end && p < start + COUNT_DIGITS && bytes[p]! >= 0x30 && bytes[p]! <= 0x39) {
    p++;
  }
  return p > start && bytes[p] === SPACE && bytes[p + 1] === LESS ? p + 1 : start;
}

/** Behind `<134>`, where it stands. */
export function behindPriority(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== LESS) {
    return start;
  }
  for (let p = start + 1; p < end && p < start + PRIORITY_BYTES; p++) {
    if (bytes[p] === GREATER) {
      return p + 1;
    }
  }
  return start;
}
