import { hasByte } from '../lib/byte-text.ts';
import { MAX_NAME_BYTES } from '../lib/names.ts';
import type { ScanWindow } from '../scan/scan-window.ts';

const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
/** What the letter behind a backslash stands for. */
const ESCAPES = new Map(
  Object.entries({ '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }).map(
    ([letter, text]) => [letter.charCodeAt(0), text.charCodeAt(0)],
  ),
);
/** U+FFFD, which stands for half of a character. */
const REPLACEMENT = 0xfffd;
const plain = { start: 0, end: 0 };

/**
 * The text of a JSON string: itself, or, where it has escapes, a copy without them in the window's scratch.
 * What is no valid escape is taken as it stands.
 */
export function plainJsonText(
  window: ScanWindow,
  span: { start: number; end: number },
  maxBytes = MAX_NAME_BYTES,
): { start: number; end: number } {
  if (!window.mayHaveEscapes || !hasByte(window.words, span.start, span.end, BACKSLASH)) {
    return span;
  }
  plain.start = window.scratch;
  plain.end = unescapeJson(window.bytes, span.start, span.end, window.scratch, maxBytes);
  return plain;
}

/**
 * Writes the text of a JSON string without its escapes to another place of the same memory; the areas must not overlap.
 * It is cut between characters when it is longer than `maxBytes`.
 *
 * @returns its end
 */
export function unescapeJson(bytes: Uint8Array, start: number, end: number, to: number, maxBytes: number): number {
  const limit = to + maxBytes;
  let out = to;
  let p = start;
  while (p < end) {
    const byte = bytes[p]!;
    if (byte !== BACKSLASH) {
      if (out + utf8Length(byte) > limit) {
        break;
      }
      bytes[out++] = byte;
      p++;
      continue;
    }
    const code = escapedCode(bytes, p, end);
    const length = code < 0 ? 1 : code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
    if (out + length > limit) {
      break;
    }
    out = putCharacter(bytes, out, code < 0 ? BACKSLASH : code);
    p += code < 0 ? 1 : bytes[p + 1] !== LETTER_U ? 2 : code < 0x1_0000 ? 6 : 12;
  }
  return out;
}

/** Bytes of a character by its first one; its other bytes then find their room, one by one. */
function utf8Length(lead: number): number {
  return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** The character that the escape at `p` stands for; -1 when it is none. */
function escapedCode(bytes: Uint8Array, p: number, end: number): number {
  if (p + 1 >= end) {
    return -1;
  }
  if (bytes[p + 1] !== LETTER_U) {
    return ESCAPES.get(bytes[p + 1]!) ?? -1;
  }
  const unit = fourHexDigits(bytes, p + 2, end);
  if (unit < 0xd800 || unit > 0xdfff) {
    return unit;
  }
  const isPair = unit < 0xdc00 && bytes[p + 6] === BACKSLASH && bytes[p + 7] === LETTER_U;
  const second = isPair ? fourHexDigits(bytes, p + 8, end) : -1;
  return second >= 0xdc00 && second <= 0xdfff ? 0x1_0000 + ((unit - 0xd800) << 10) + second - 0xdc00 : REPLACEMENT;
}

function fourHexDigits(bytes: Uint8Array, start: number, end: number): number {
  if (start + 4 > end) {
    return -1;
  }
  let value = 0;
  for (let p = start; p < start + 4; p++) {
    const byte = bytes[p]!;
    const letter = byte | 0x20;
    const digit =
      byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : Number.NaN;
    value = value * 16 + digit;
  }
  return Number.isNaN(value) ? -1 : value;
}

function putCharacter(bytes: Uint8Array, at: number, code: number): number {
  let out = at;
  if (code < 0x80) {
    bytes[out++] = code;
    return out;
  }
  if (code < 0x800) {
    bytes[out++] = 0xc0 | (code >> 6);
  } else {
    if (code < 0x1_0000) {
      bytes[out++] = 0xe0 | (code >> 12);
    } else {
      bytes[out++] = 0xf0 | (code >> 18);
      bytes[out++] = 0x80 | ((code >> 12) & 63);
    }
    bytes[out++] = 0x80 | ((code >> 6) & 63);
  }
  bytes[out++] = 0x80 | (code & 63);
  return out;
}
