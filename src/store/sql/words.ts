/** Words of a text that are kept, at most: the sentence of an alert has about thirty. */
const MAX_WORDS = 200;
const MAX_WORD_LENGTH = 64;
/** The end of a range of texts that begin alike: no word holds a greater character. */
const LAST = '\u{10FFFF}';

/** What a text can be found by: its words, and the parts of names such as `j.meyer@example.com`. Lower-cased. */
export function wordsOf(...texts: readonly string[]): string[] {
  const words = new Set<string>();
  for (const whole of texts.flatMap(searchedWords)) {
    for (const word of [whole, ...whole.split(/[._@:/-]+/)]) {
      if (word !== '' && words.size < MAX_WORDS) {
        words.add(word);
      }
    }
  }
  return [...words];
}

/** The words that a person asks for. */
export function searchedWords(text: string): string[] {
  const found =
    text
      .toWellFormed()
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}._@:/-]+/gu) ?? [];
  return found.map((word) => word.replace(/^[._@:/-]+|[._@:/-]+$/g, '').slice(0, MAX_WORD_LENGTH)).filter(Boolean);
}

/** Words that begin so are from the first, inclusive, to the second, exclusive. */
export function rangeOf(beginning: string): [from: string, to: string] {
  return [beginning, beginning + LAST];
}
