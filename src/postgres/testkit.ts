import type { LogBytes } from './log-line-prefix-fields.ts';

/** As many bytes lie behind a line in a window. */
const PADDING = 64;

/** A text as it lies in a window: its bytes, what follows them, and where it ends. */
export function logBytes(text: string): LogBytes & { end: number } {
  const encoded = new TextEncoder().encode(text);
  const bytes = new Uint8Array(encoded.length + PADDING);
  bytes.set(encoded);
  return { bytes, words: new DataView(bytes.buffer), end: encoded.length };
}

/** What a part of such a text says. */
export function textAt({ bytes }: LogBytes, { start, end }: { start: number; end: number }): string {
  return new TextDecoder().decode(bytes.subarray(start, end));
}
