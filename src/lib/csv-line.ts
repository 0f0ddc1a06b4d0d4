/**
 * What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), in full width too: Excel reads both.
 * Spaces before it do not hinder it.
 */
const FORMULA = /^\s*[=+\-@＝＋－＠\t\r\n]/;

/** One line of CSV (RFC 4180). Every cell is quoted, and none is a formula: an apostrophe stands before such a text. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

function quoted(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
