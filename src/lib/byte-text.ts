/**
 * A fixed text to compare bytes with, a word at a time. Words may be read past the end of what is compared:
 * the owner of the bytes keeps four more behind them.
 */
export interface ByteText {
  length: number;
  words: Int32Array;
  /** Which bits of the last word belong to the text. */
  tailMask: number;
}

export function byteText(text: string): ByteText {
  return textOf(new TextEncoder().encode(text));
}

/** The text that stands from `start` to `end`, copied. */
export function bytesText(bytes: DataView, start: number, end: number): ByteText {
  return textOf(new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start));
}

function textOf(bytes: Uint8Array): ByteText {
  const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  padded.set(bytes);
  const rest = bytes.length % 4;
  return {
    length: bytes.length,
    words: new Int32Array(padded.buffer),
    tailMask: rest === 0 ? -1 : (1 << (8 * rest)) - 1,
  };
}

/** Whether the bytes from `start` on, as far as `end`, begin with a text. */
export function startsWith(bytes: DataView, start: number, end: number, text: ByteText): boolean {
  if (end - start < text.length) {
    return false;
  }
  const { words, tailMask } = text;
  const last = words.length - 1;
  for (let i = 0; i < last; i++) {
    if (bytes.getInt32(start + 4 * i, true) !== words[i]) {
      return false;
    }
  }
  return (bytes.getInt32(start + 4 * last, true) & tailMask) === words[last];
}

/** Where a text stands in the bytes from `start` to `end`; -1 when it does not. Looks at four bytes at a time. */
export function indexOfText(bytes: DataView, start: number, end: number, text: ByteText): number {
  const pattern = Math.imul(text.words[0]! & 0xff, 0x01010101);
  const last = (end - text.length) | 0;
  for (let p = start | 0; p <= last; p = (p + 4) | 0) {
    const x = bytes.getInt32(p, true) ^ pattern;
    let found = (x - 0x01010101) & ~x & 0x80808080;
    while (found !== 0) {
      const q = (p + ((31 - Math.clz32(found & -found)) >> 3)) | 0;
      if (startsWith(bytes, q, end, text)) {
        return q;
      }
      found &= found - 1;
    }
  }
  return -1;
}

/** Where a text stands last in the bytes from `start` to `end`; -1 when it does not. */
export function lastIndexOfText(bytes: DataView, start: number, end: number, text: ByteText): number {
  const first = text.words[0]! & 0xff;
  for (let p = end - text.length; p >= start; p--) {
    if (bytes.getUint8(p) === first && startsWith(bytes, p, end, text)) {
      return p;
    }
  }
  return -1;
}

/** Whether a byte stands between `start` and `end`. */
export function hasByte(bytes: DataView, start: number, end: number, byte: number): boolean {
  return indexOfByte(bytes, start, end, byte) >= 0;
}

/** Where a byte stands between `start` and `end`; -1 when it does not. Looks at eight bytes at a time. */
export function indexOfByte(bytes: DataView, start: number, end: number, byte: number): number {
  const pattern = Math.imul(byte, 0x01010101);
  let p = start | 0;
  for (; p + 8 <= end; p = (p + 8) | 0) {
    const x = bytes.getInt32(p, true) ^ pattern;
    const y = bytes.getInt32(p + 4, true) ^ pattern;
    if (((((x - 0x01010101) & ~x) | ((y - 0x01010101) & ~y)) & 0x80808080) !== 0) {
      break;
    }
  }
  for (; p < end; p++) {
    if (bytes.getUint8(p) === byte) {
      return p;
    }
  }
  return -1;
}
