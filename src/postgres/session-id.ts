const DOT = 0x2e;
/** Of a number of 32 bits. */
const MAX_DIGITS = 8;
/** Values of hexadecimal digits by byte. */
const DIGITS = Int8Array.from({ length: 256 }, (_, byte) => '0123456789abcdef'.indexOf(String.fromCharCode(byte)));

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
export function readSessionId(bytes: Uint8Array, start: number, end: number, id: SessionId): number {
  let high = 0;
  let p = start | 0;
  for (let digit = digitAt(bytes, p, end); digit >= 0; digit = digitAt(bytes, ++p, end)) {
    high = (high << 4) | digit;
  }
  const dot = p;
  if (dot === start || dot - start > MAX_DIGITS || dot >= end || bytes[dot] !== DOT) {
    return -1;
  }
  let low = 0;
  p = (dot + 1) | 0;
  for (let digit = digitAt(bytes, p, end); digit >= 0; digit = digitAt(bytes, ++p, end)) {
    low = (low << 4) | digit;
  }
  if (p === dot + 1 || p - dot > MAX_DIGITS) {
    return -1;
  }
  id.sessionHigh = high;
  id.sessionLow = low;
  return p;
}

/** The value of a hexadecimal digit in small letters; negative for anything else. */
function digitAt(bytes: Uint8Array, at: number, end: number): number {
  return at < end ? DIGITS[bytes[at]!]! : -1;
}
