import { BYTE_CLASSES, ByteClass } from './sql-bytes.ts';

const BACKSLASH = 0x5c;
const DOLLAR = 0x24;

/** Behind the quote that closes what begins at `start`; a doubled quote does not. -1 when nothing closes it. */
export function endOfQuoted(bytes: Uint8Array, start: number, stop: number, hasEscapes: boolean): number {
  const quote = bytes[start];
  for (let p = start + 1; p < stop; p++) {
    const byte = bytes[p];
    if (byte === BACKSLASH && hasEscapes) {
      p++;
    } else if (byte === quote) {
      if (p + 1 >= stop || bytes[p + 1] !== quote) {
        return p + 1;
      }
      p++;
    }
  }
  return -1;
}

/** Behind a comment that begins with a slash and an asterisk at `start`; comments nest. -1 when nothing closes it. */
export function endOfBlockComment(bytes: Uint8Array, start: number, stop: number): number {
  let nesting = 1;
  for (let p = start + 2; p + 1 < stop; p++) {
    if (bytes[p] === 0x2a && bytes[p + 1] === 0x2f) {
      p++;
      nesting--;
      if (nesting === 0) {
        return p + 1;
      }
    } else if (bytes[p] === 0x2f && bytes[p + 1] === 0x2a) {
      p++;
      nesting++;
    }
  }
  return -1;
}

/** Where the line of a comment ends. */
export function endOfLine(bytes: Uint8Array, start: number, stop: number): number {
  let p = start;
  while (p < stop && bytes[p] !== 0x0a && bytes[p] !== 0x0d) {
    p++;
  }
  return p;
}

/** Behind the letters, digits, underscores and dollar signs that follow. */
export function endOfWord(bytes: Uint8Array, start: number, stop: number): number {
  let p = start;
  while (p < stop && (BYTE_CLASSES[bytes[p]!]! >= ByteClass.word || bytes[p] === DOLLAR)) {
    p++;
  }
  return p;
}

/** Behind a number: decimal with fraction and exponent, or hexadecimal, octal and binary with their prefix. */
export function endOfNumber(bytes: Uint8Array, start: number, stop: number): number {
  const prefix = bytes[start + 1]! | 0x20;
  if (bytes[start] === 0x30 && start + 1 < stop && (prefix === 0x78 || prefix === 0x6f || prefix === 0x62)) {
    return endOfWord(bytes, start, stop);
  }
  let p = endOfDigits(bytes, start, stop);
  if (p < stop && bytes[p] === 0x2e) {
    p = endOfDigits(bytes, p + 1, stop);
  }
  if (p < stop && (bytes[p]! | 0x20) === 0x65) {
    const sign = bytes[p + 1] === 0x2b || bytes[p + 1] === 0x2d ? 1 : 0;
    const exponent = endOfDigits(bytes, p + 1 + sign, stop);
    p = exponent > p + 1 + sign ? exponent : p;
  }
  return p;
}

function endOfDigits(bytes: Uint8Array, start: number, stop: number): number {
  let p = start;
  while (p < stop && (BYTE_CLASSES[bytes[p]!] === ByteClass.digit || bytes[p] === 0x5f)) {
    p++;
  }
  return p;
}

/** Behind the tag (`$$`, `$name$`) that begins at `start`; -1 when there is none. */
export function endOfDollarTag(bytes: Uint8Array, start: number, stop: number): number {
  let p = start + 1;
  if (p < stop && BYTE_CLASSES[bytes[p]!] === ByteClass.word) {
    while (p < stop && BYTE_CLASSES[bytes[p]!]! >= ByteClass.word) {
      p++;
    }
  }
  return p < stop && bytes[p] === DOLLAR ? p + 1 : -1;
}

/** Behind the tag that closes a string whose opening tag lies from `start` to `open`; -1 when nothing closes it. */
export function endOfDollarString(bytes: Uint8Array, start: number, open: number, stop: number): number {
  const length = open - start;
  const tag = Buffer.from(bytes.buffer, bytes.byteOffset + start, length);
  const rest = Buffer.from(bytes.buffer, bytes.byteOffset + open, stop - open);
  const found = rest.indexOf(tag);
  return found < 0 ? -1 : open + found + length;
}

/** Where the quote stands of a string that a prefix begins: E'…', B'…', X'…', N'…', U&'…'; -1 when it is none. */
export function quoteOfPrefix(bytes: Uint8Array, start: number, stop: number): number {
  const next = bytes[start + 1];
  if (start + 1 >= stop || (next !== 0x27 && next !== 0x26)) {
    return -1;
  }
  const letter = bytes[start]! | 0x20;
  if (next === 0x27) {
    return letter === 0x65 || letter === 0x62 || letter === 0x78 || letter === 0x6e ? start + 1 : -1;
  }
  return letter === 0x75 && start + 2 < stop && bytes[start + 2] === 0x27 ? start + 2 : -1;
}
