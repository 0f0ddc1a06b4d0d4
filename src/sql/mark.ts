/** What the normal form of a statement does not tell, one bit each. */
export const Mark = {
  /** A string, a quoted name or a comment is not closed. */
  unterminated: 1,
  /** Brackets do not match. */
  unbalanced: 2,
  /** More than one statement. */
  stacked: 4,
  /** A `--` comment runs to the end of the text. */
  lineComment: 8,
  /** That comment holds nothing, or begins with the quote or bracket that it was to hide. */
  emptyComment: 16,
  /** That comment hides what looks like the rest of a statement: a closing quote or bracket first of all. */
  hiddenRest: 32,
  /** A comment stands where a blank would, between two words. */
  commentAsBlank: 64,
  /** The statement is longer than what was looked at. */
  cut: 128,
} as const;

/** What follows a value that was to be closed: `' AND pw = 'x'`, `%' ORDER BY id`, `) LIMIT 1`. */
const REST =
  /^[^\s'"()]{0,40}(?:'|"|\))\s*(?:$|[);,'"%]|--|(?:and|or|order|limit|group|union|as|returning|offset|from|where)\b)/i;
/** Nothing, or a sign that keeps the blank before it: `-- -`, `--+`. */
const EMPTY = /^[^\p{L}\p{N}'")]{0,2}$/u;
/** As much of a comment is looked at. */
const MAX_COMMENT = 200;

/** Marks of the `--` comment that ends a statement; `text` is what stands behind the two dashes. */
export function commentMarks(text: string): number {
  const comment = text.slice(0, MAX_COMMENT).trim();
  if (EMPTY.test(comment)) {
    return Mark.lineComment | Mark.emptyComment;
  }
  const words = comment.split(/\s+/, 2);
  const isRest = REST.test(comment) || (words.length === 2 && REST.test(comment.slice(words[0]!.length).trim()));
  const isAtOnce = isRest && /^%?['")]/.test(comment);
  return Mark.lineComment | (isRest ? Mark.hiddenRest : 0) | (isAtOnce ? Mark.emptyComment : 0);
}
