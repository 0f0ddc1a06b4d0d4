/** One event in Common Event Format, read back. */
export interface CefEvent {
  /** Vendor, product, version, event class, name, severity. */
  header: string[];
  extension: Map<string, string>;
}

const PREFIX = 'CEF:0|';
const HEADER_FIELDS = 6;

/** Reads a line as a receiver does, character by character; throws at what the format does not know. */
export function parseCef(line: string): CefEvent {
  if (!line.startsWith(PREFIX)) {
    throw new Error(`no CEF: ${line.slice(0, PREFIX.length)}`);
  }
  const header: string[] = [];
  let at = PREFIX.length;
  for (let field = ''; header.length < HEADER_FIELDS; at++) {
    const character = line[at];
    if (character === undefined) {
      throw new Error(`the header ends after ${header.length} fields`);
    }
    if (character === '|') {
      header.push(field);
      field = '';
    } else if (character === '\\') {
      at++;
      field += escaped(line[at], { '\\': '\\', '|': '|' });
    } else {
      field += character;
    }
  }
  return { header, extension: extensionOf(line.slice(at)) };
}

/** A key reaches from the last blank to a bare `=`; a value from there to the blank before the next key. */
function extensionOf(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  let key: string | undefined;
  let value = '';
  for (let at = 0; at <= text.length; at++) {
    const character = text[at];
    if (character === '\\') {
      at++;
      value += escaped(text[at], { '\\': '\\', '=': '=', n: '\n', r: '\r' });
    } else if (character === '=' || character === undefined) {
      const blank = character === undefined ? value.length : value.lastIndexOf(' ');
      const next = value.slice(blank + 1);
      keep(pairs, key, value.slice(0, Math.max(0, blank)));
      if (character === '=' && !/^[A-Za-z0-9]+$/.test(next)) {
        throw new Error(`not a key: ${next}`);
      }
      key = next;
      value = '';
    } else {
      value += character;
    }
  }
  return pairs;
}

function keep(pairs: Map<string, string>, key: string | undefined, value: string): void {
  if (key === undefined) {
    return;
  }
  if (pairs.has(key)) {
    throw new Error(`twice: ${key}`);
  }
  pairs.set(key, value);
}

function escaped(character: string | undefined, meanings: Readonly<Record<string, string>>): string {
  const meaning = character === undefined ? undefined : meanings[character];
  if (meaning === undefined) {
    throw new Error(`not an escape: \\${character ?? ''}`);
  }
  return meaning;
}
