/** Bytes of a statement that are looked at, however long it is. */
export const MAX_STATEMENT_BYTES = 65_536;

/** What a byte of a statement begins. Bytes from 0x80 on belong to names, as in PostgreSQL's scanner. */
export const ByteClass = { other: 0, space: 1, word: 2, digit: 3 } as const;

/** By byte, one of `ByteClass`. */
export const BYTE_CLASSES = Uint8Array.from({ length: 256 }, (_, byte) => classOf(byte));

/** By byte, the byte in lower case, as PostgreSQL folds names that are not quoted. */
export const LOWER_CASE = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte,
);

function classOf(byte: number): number {
  const letter = byte & 0xdf;
  if ((letter >= 0x41 && letter <= 0x5a && byte < 0x80) || byte === 0x5f || byte >= 0x80) {
    return ByteClass.word;
  }
  if (byte >= 0x30 && byte <= 0x39) {
    return ByteClass.digit;
  }
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0 ? ByteClass.space : ByteClass.other;
}
