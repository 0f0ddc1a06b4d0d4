import { hasByte } from '../lib/byte-text.ts';
import { MAX_NAME_BYTES } from '../lib/names.ts';
import type { ScanWindow } from '../scan/scan-window.ts';
import type { Span } from './parser.ts';

const NEWLINE = 0x0a;
const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;

const plain: Span = { start: 0, end: 0 };

/**
 * The text that a span stands for: in messages the server puts a tab behind each newline. Where that is so, a copy in
 * the window's scratch without these tabs.
 */
export function plainText(window: ScanWindow, span: Span, isOfMessage: boolean, maxBytes = MAX_NAME_BYTES): Span {
  if (!isOfMessage || !hasByte(window.words, span.start, span.end, NEWLINE)) {
    return span;
  }
  const { bytes } = window;
  let out = window.scratch;
  for (let p = span.start; p < span.end && out < window.scratch + maxBytes; p++) {
    if (bytes[p] === CARRIAGE_RETURN && bytes[p + 1] === NEWLINE && p + 1 < span.end) {
      continue; // of a log whose lines end as on Windows
    }
    bytes[out++] = bytes[p]!;
    p += bytes[p] === NEWLINE && bytes[p + 1] === TAB ? 1 : 0;
  }
  plain.start = window.scratch;
  plain.end = out;
  return plain;
}
