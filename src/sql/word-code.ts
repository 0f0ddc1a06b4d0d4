/** Spreads the bytes of a word over its code. */
export const WORD_MULTIPLIER = 31;

/** The number by which a word, in lower case, is known: what `NormalForm` works out on its way. */
export function wordCode(word: string): number {
  return Buffer.from(word).reduce((code, byte) => (Math.imul(code, WORD_MULTIPLIER) + byte) | 0, 0);
}
