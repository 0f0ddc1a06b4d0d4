/** Characters that take two cells of a terminal: East Asian wide ones and emoji (unicode.org/reports/tr11, by block). */
const WIDE = new RegExp(
  '[\\u1100-\\u115f\\u2e80-\\ua4cf\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe30-\\ufe4f\\uff00-\\uff60\\uffe0-\\uffe6' +
    '\\u{1f300}-\\u{1faff}\\u{20000}-\\u{3fffd}]',
  'u',
);

/** Marks that stand on the character before them. */
const COMBINING = /\p{Mn}/u;
/** Printable ASCII: one cell each. */
const PLAIN = /^[ -~]*$/;

/** Lines of at most `width` cells, broken at single blanks (several are kept), and inside a word only where it is longer than a line. */
export function wrapText(text: string, width: number): string[] {
  const [first, ...words] = text.split(' ').flatMap((word) => pieces(word, width));
  const lines = [first];
  for (const word of words) {
    const longer = `${lines[lines.length - 1]} ${word}`;
    if (textCells(longer) > width) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = longer;
    }
  }
  return lines;
}

function pieces(word: string, width: number): string[] {
  if (textCells(word) <= width) {
    return [word];
  }
  const parts = [''];
  let used = 0;
  for (const character of word) {
    const more = textCells(character);
    if (used > 0 && used + more > width) {
      parts.push('');
      used = 0;
    }
    parts[parts.length - 1] += character;
    used += more;
  }
  return parts;
}

/** Cells of a terminal that a text takes. */
export function textCells(text: string): number {
  if (PLAIN.test(text)) {
    return text.length;
  }
  const characters = Array.from(text).filter((character) => !COMBINING.test(character));
  return characters.reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0);
}
