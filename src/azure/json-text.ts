import { hasByte } from '../lib/byte-text.ts';
import { MAX_NAME_BYTES } from '../lib/names.ts';
import type { ScanWindow } from '../scan/scan-window.ts';

const BACKSLASH = 0x5c;
/** `\u0041` is one character. */
const LONGEST_ESCAPE = 6;
const encoder = new TextEncoder();
const plain = { start: 0, end: 0 };

/**
 * The text of a JSON string: itself, or, where it has escapes, a copy without them in the window's scratch.
 * What is no valid JSON string is taken as it stands.
 */
export function plainJsonText(
  window: ScanWindow,
  span: { start: number; end: number },
  maxBytes = MAX_NAME_BYTES,
): { start: number; end: number } {
  if (!hasByte(window.words, span.start, span.end, BACKSLASH)) {
    return span;
  }
  const end = Math.min(span.end, span.start + LONGEST_ESCAPE * maxBytes);
  const raw = new TextDecoder().decode(window.bytes.slice(span.start, end));
  try {
    const target = window.bytes.subarray(window.scratch, window.scratch + maxBytes);
    plain.start = window.scratch;
    plain.end = window.scratch + encoder.encodeInto(JSON.parse(`"${raw}"`) as string, target).written;
    return plain;
  } catch {
    return span;
  }
}
