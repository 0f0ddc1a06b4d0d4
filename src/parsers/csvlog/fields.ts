import { MAX_NAME_BYTES } from '../../lib/names.ts';
import type { ScanWindow } from '../../scan/scan-window.ts';
import type { RecordView, Span } from '../parser.ts';

const QUOTE = 0x22;

/**
 * The inside of a quoted field, as it stands (quotes doubled); empty for an empty field.
 * False when the field is neither: a line that PostgreSQL did not write.
 *
 * @param separator place in the index of the comma or newline that ends the field
 */
export function quoted(window: ScanWindow, separator: number, span: Span): boolean {
  const { bytes, index } = window;
  const start = index[separator - 1]! + 1;
  const end = index[separator]!;
  span.start = start;
  span.end = start;
  if (start === end) {
    return true;
  }
  if (end - start < 2 || bytes[start] !== QUOTE || bytes[end - 1] !== QUOTE) {
    return false;
  }
  span.start = start + 1;
  span.end = end - 1;
  return true;
}

/**
 * The text of a quoted field. Where quotes are doubled in it, the text is written to a part of the window's scratch.
 * False for a field that is not quoted as PostgreSQL quotes, as `""x""` in the middle of another field.
 *
 * @param part which part of the scratch: 0, 1, 2 …
 */
export function field(window: ScanWindow, separator: number, span: Span, part: number): boolean {
  if (!quoted(window, separator, span)) {
    return false;
  }
  const { bytes } = window;
  for (let p = span.start; p < span.end; p++) {
    if (bytes[p] === QUOTE) {
      return unescape(window, span, part);
    }
  }
  return true;
}

function unescape(window: ScanWindow, span: Span, part: number): boolean {
  const { bytes } = window;
  const start = window.scratch + part * MAX_NAME_BYTES;
  let out = start;
  for (let p = span.start; p < span.end && out < start + MAX_NAME_BYTES; p++) {
    if (bytes[p] === QUOTE && bytes[++p] !== QUOTE) {
      return false;
    }
    bytes[out++] = bytes[p]!;
  }
  span.start = start;
  span.end = out;
  return true;
}

/** `6b01cb6d.40b8`: start of the backend in seconds since the epoch, and its pid, both in hexadecimal. */
export function readSessionId(window: ScanWindow, separator: number, view: RecordView): boolean {
  const { bytes, index } = window;
  const end = index[separator]!;
  let p = index[separator - 1]! + 1;
  let value = 0;
  view.sessionHigh = 0;
  for (; p < end; p++) {
    const byte = bytes[p]!;
    if (byte === 0x2e) {
      view.sessionHigh = value | 0;
      value = 0;
    } else {
      const digit = byte <= 0x39 ? byte - 0x30 : byte - 0x57;
      if (!(digit >= 0 && digit <= 15)) {
        return false;
      }
      value = ((value << 4) | digit) >>> 0;
    }
  }
  view.sessionLow = value | 0;
  return true;
}
