/**
 * Characters that a terminal acts on, or that hide or reorder text: C0 and C1 controls with DEL, line and paragraph
 * separators, bidirectional marks, embeddings, overrides and isolates (unicode.org/reports/tr9), zero-width and
 * other invisible format characters, the tag block, and halves of surrogate pairs.
 */
const UNSAFE = new RegExp(
  '[\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f' +
    '\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}\\p{Cs}]',
  'gu',
);

/** Characters below this are shown with two hexadecimal digits: `\x1b`. */
const TWO_DIGITS = 0x100;

/** Text from a log as it may be written to a terminal, on one line: what is unsafe is shown as `\x1b` or `\u{202e}`. */
export function terminalText(text: string): string {
  return text.replace(UNSAFE, escaped);
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16).padStart(2, '0');
  return code < TWO_DIGITS ? `\\x${digits}` : `\\u{${digits}}`;
}
