const DOT = 0x2e;

/** Where `readSessionId` puts what it reads; both as 32-bit integers. */
interface SessionId {
  sessionHigh: number;
  sessionLow: number;
}

/**
 * Reads `6b01cb6d.40b8` (`%c`): when the backend started, in seconds since the epoch, and its pid, in hexadecimal.
 *
 * @returns where it ends; -1 when none stands there
 */
export function readSessionId(bytes: Uint8Array, words: DataView, start: number, end: number, id: SessionId): number {
  const dot = bytes[start + 8] === DOT ? start + 8 : hexEnd(bytes, start, end);
  const behind = hexEnd(bytes, dot + 1, end);
  if (dot === start || dot >= end || bytes[dot] !== DOT || dot - start > 8 || behind === dot + 1 || behind - dot > 8) {
    return -1;
  }
  const isUsual = dot === start + 8;
  if (isUsual && hexEnd(bytes, start, dot) !== dot) {
    return -1;
  }
  id.sessionHigh = isUsual
    ? (hexDigits(words.getInt32(start, true)) << 16) | hexDigits(words.getInt32(start + 4, true))
    : hexNumber(bytes, start, dot);
  id.sessionLow = hexNumber(bytes, dot + 1, behind);
  return behind;
}

function hexEnd(bytes: Uint8Array, start: number, end: number): number {
  let p = start;
  while (p < end && ((bytes[p]! >= 0x30 && bytes[p]! <= 0x39) || (bytes[p]! >= 0x61 && bytes[p]! <= 0x66))) {
    p++;
  }
  return p;
}

/** The value of four hexadecimal digits that stand in a little-endian word. */
function hexDigits(word: number): number {
  const nibbles = (word & 0x0f0f0f0f) + 9 * ((word >>> 6) & 0x01010101);
  return ((nibbles & 15) << 12) | ((nibbles & 0xf00) | ((nibbles >>> 12) & 0xf0)) | ((nibbles >>> 24) & 15);
}

function hexNumber(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let p = start; p < end; p++) {
    const byte = bytes[p]!;
    value = (value << 4) | (byte <= 0x39 ? byte - 0x30 : byte - 0x57);
  }
  return value;
}
