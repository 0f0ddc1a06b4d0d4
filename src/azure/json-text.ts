import { MAX_NAME_BYTES } from '../lib/names.ts';
import type { ScanWindow } from '../scan/scan-window.ts';

const BACKSLASH = 0x5c;
const encoder = new TextEncoder();

/**
 * Gives a JSON string its meaning: where it has escapes, its text is written to a part of the window's scratch and the
 * span moved there. Text that is no valid JSON string is left as it stands.
 *
 * @param part which part of the scratch: 0, 1, 2 …
 */
export function unescapeJson(window: ScanWindow, span: { start: number; end: number }, part: number): void {
  const { bytes } = window;
  for (let p = span.start; p < span.end; p++) {
    if (bytes[p] === BACKSLASH) {
      writeUnescaped(window, span, part);
      return;
    }
  }
}

function writeUnescaped(window: ScanWindow, span: { start: number; end: number }, part: number): void {
  const raw = Buffer.from(window.bytes.buffer, span.start, Math.min(span.end - span.start, 6 * MAX_NAME_BYTES));
  let text: string;
  try {
    text = JSON.parse(`"${raw.toString('utf8')}"`) as string;
  } catch {
    return;
  }
  const start = window.scratch + part * MAX_NAME_BYTES;
  const target = window.bytes.subarray(start, start + MAX_NAME_BYTES);
  span.start = start;
  span.end = start + encoder.encodeInto(text, target).written;
}
