const decoder = new TextDecoder();

/** The bytes from `start` to `end` as text in lower case, with escaped slashes plain. For short texts that are seldom read. */
export function foldedText(words: DataView, start: number, end: number): string {
  const bytes = new Uint8Array(words.buffer, words.byteOffset + start, end - start);
  return decoder.decode(bytes.slice()).replaceAll('\\/', '/').toLowerCase();
}
