/** A string of a JSON text; the end of the text may cut it off. A colon behind it tells that it is a key. */
const STRING = /"([^"\\]*(?:\\[\s\S][^"\\]*)*)("|\\?$)(\s*:)?/g;
/** An escape of a JSON string; the end of the text may cut it off. */
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|([\s\S])|$)/g;
const CONTROL: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', u: '' };

/**
 * Replaces values of a JSON text that are strings, and leaves everything else as it is written. The text need not be
 * whole, nor be JSON at all.
 *
 * @param replace gets the key, in lower case (of the array, for a string in one), and the text of the value; what it
 * gives is written in its place
 */
export function replaceJsonStrings(json: string, replace: (key: string, text: string) => string): string {
  let key = '';
  return json.replace(STRING, (whole: string, inside: string, quote: string, colon: string | undefined) => {
    if (colon !== undefined) {
      key = inside.toLowerCase();
      return whole;
    }
    const text = unescaped(inside);
    const shown = replace(key, text);
    return shown === text ? whole : `"${escaped(shown)}${quote === '"' ? '"' : ''}`;
  });
}

function unescaped(inside: string): string {
  return inside.replace(ESCAPE, (_, code: string | undefined, letter: string | undefined) =>
    code === undefined ? (CONTROL[letter ?? ''] ?? letter ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
