/** A text with digits around it, as bytes. */
export function among(text: string): { bytes: Uint8Array; words: DataView; start: number; end: number } {
  const inside = Buffer.from(text);
  const bytes = new Uint8Array(inside.length + 40).fill(0x35);
  bytes.set(inside, 20);
  return { bytes, words: new DataView(bytes.buffer), start: 20, end: 20 + inside.length };
}
