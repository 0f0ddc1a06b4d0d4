import { byteText, startsWith } from '../lib/byte-text.ts';
import type { ScanWindow } from '../scan/scan-window.ts';
import type { WantedKeys } from './object-walker.ts';
import type { PackedTexts } from './packed-texts.ts';
import { walkText } from './text-walker.ts';

const OPEN_BRACE = 0x7b;
const QUERY = byteText('query');
const NOTHING_INSIDE = new Uint8Array(2);

/** Of `{"query":"SELECT …","parameters":[…]}` the query. */
const QUERY_KEY: WantedKeys = {
  count: 1,
  scopes: NOTHING_INSIDE,
  find: (words, _scope, start, length) =>
    length === QUERY.length && startsWith(words, start, start + length, QUERY) ? 1 : 0,
};

/**
 * Narrows the value of `querytext` to the SQL in it. Cosmos DB writes the body of the request, which is JSON in a
 * string of JSON; what is none is taken for the SQL itself.
 */
export function findQueryText(window: ScanWindow, texts: PackedTexts, span: { start: number; end: number }): void {
  if (window.bytes[span.start] !== OPEN_BRACE) {
    return;
  }
  const found = new Int32Array(4);
  texts.unpack(span);
  walkText(window.bytes, window.words, span, 1, QUERY_KEY, found);
  if (found[2] !== 0) {
    span.start = found[2]!;
    span.end = found[3]!;
  }
}
