import type { ScanWindow } from '../../scan/scan-window.ts';
import type { Span } from '../parser.ts';
import type { LineTable } from './line-table.ts';

const TAB = 0x09;
const NEWLINE = 0x0a;
const SPACE = 0x20;
const HASH = 0x23;
/** Longer texts are cut: what is judged stands near the beginning. Three quarters of the window's scratch page. */
const MAX_JOINED_BYTES = 48 * 1024;
/** PostgreSQL splits at 900 bytes (PG_SYSLOG_LIMIT in elog.c), before a character that would not fit whole. */
const FULL_PART_BYTES = 890;
/** Where rsyslog's escapes of control characters end: `#000` to `#037`, and `#177`. */
const MAX_CONTROL = 0x1f;
const DELETE = 0x7f;

/** Where the unescaped texts of names and statements go, behind the joined text; the window's page ends behind it. */
const PLAIN_OFFSET = MAX_JOINED_BYTES;
const MAX_PLAIN_BYTES = 15 * 1024;

/**
 * Puts the text of an entry together from its parts, in the window's scratch memory: escapes of control characters
 * (`#011`) undone, line ends where the parts were split at them.
 *
 * @returns where it ends; it begins at `window.scratch`
 */
export function joinParts(window: ScanWindow, table: LineTable, head: number): number {
  const { bytes, scratch } = window;
  const limit = scratch + MAX_JOINED_BYTES;
  let out = copy(bytes, table.textOf(head), table.endOf(head), scratch, limit);
  let partStart = scratch;
  for (let line = table.nextOf(head); line !== 0 && out < limit; line = table.nextOf(line)) {
    const isFull = out - partStart >= FULL_PART_BYTES;
    const at = out;
    partStart = out + 1;
    out = copy(bytes, table.textOf(line), table.endOf(line), partStart, limit);
    bytes[at] = NEWLINE;
    if (bytes[partStart] === SPACE || (isFull && bytes[partStart] !== TAB)) {
      bytes.copyWithin(at, partStart, out); // split between two words, or inside a long one
      partStart = at;
      out--;
    }
  }
  return out;
}

/** A text of several lines without the tab that PostgreSQL puts behind each of its line ends. */
export function plainText({ bytes, scratch }: ScanWindow, { start, end }: Span, maxBytes: number): Span {
  const body = bytes.subarray(0, end); // without an end, a search goes through all of the memory
  if (end <= start || body.indexOf(NEWLINE, start) < 0) {
    return { start, end };
  }
  const first = scratch + PLAIN_OFFSET;
  const limit = first + Math.min(maxBytes, MAX_PLAIN_BYTES);
  let out = first;
  for (let p = start; p < end && out < limit; p++) {
    bytes[out++] = bytes[p]!;
    p += bytes[p] === NEWLINE && bytes[p + 1] === TAB ? 1 : 0;
  }
  return { start: first, end: out };
}

/** Copies a text without its escapes; says where the copy ends. */
function copy(bytes: Uint8Array, start: number, end: number, to: number, limit: number): number {
  let out = to;
  for (let p = start; p < end && out < limit; p++) {
    const control = bytes[p] === HASH && p + 3 < end ? controlAt(bytes, p + 1) : -1;
    bytes[out++] = control < 0 ? bytes[p]! : control;
    p += control < 0 ? 0 : 3;
  }
  return out;
}

/** The control character that three octal digits stand for; -1 when they do not. */
function controlAt(bytes: Uint8Array, at: number): number {
  const value = ((bytes[at]! - 0x30) << 6) | ((bytes[at + 1]! - 0x30) << 3) | (bytes[at + 2]! - 0x30);
  const areOctal = isOctal(bytes[at]!) && isOctal(bytes[at + 1]!) && isOctal(bytes[at + 2]!);
  return areOctal && (value <= MAX_CONTROL || value === DELETE) ? value : -1;
}

function isOctal(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x37;
}
