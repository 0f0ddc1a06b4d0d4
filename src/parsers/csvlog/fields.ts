import { hasByte } from '../../lib/byte-text.ts';
import { MAX_NAME_BYTES } from '../../lib/names.ts';
import type { ScanWindow } from '../../scan/scan-window.ts';
import type { RecordView, Span } from '../parser.ts';
import { Column } from './column.ts';

const QUOTE = 0x22;
const DOT = 0x2e;

/** Columns that PostgreSQL quotes whenever they hold anything, and that we believe. */
const QUOTED = [Column.userName, Column.databaseName, Column.connectionFrom, Column.message, Column.detail];

/**
 * The inside of a field as it stands (quotes doubled); empty for an empty field.
 *
 * @param separator place in the index of the comma or newline that ends the field
 */
export function inside(window: ScanWindow, separator: number, span: Span): void {
  const start = window.index[separator - 1]! + 1;
  const end = window.index[separator]!;
  const isQuoted = window.bytes[start] === QUOTE && end - start > 1;
  span.start = isQuoted ? start + 1 : start;
  span.end = isQuoted ? end - 1 : end;
}

/** Where the text of a field begins that PostgreSQL does not quote, and a program that copied the log may have. */
export function fieldStart({ bytes, index }: ScanWindow, separator: number): number {
  const start = index[separator - 1]! + 1;
  return bytes[start] === QUOTE ? start + 1 : start;
}

/**
 * Whether a field is empty, or quoted as PostgreSQL quotes. What stands inside another field and looks like a record
 * is not: there, every quote is doubled.
 */
function isQuoted(window: ScanWindow, separator: number): boolean {
  const { bytes, index } = window;
  const start = index[separator - 1]! + 1;
  const end = index[separator]!;
  if (start === end) {
    return true;
  }
  if (end - start < 2 || bytes[start] !== QUOTE || bytes[end - 1] !== QUOTE) {
    return false;
  }
  for (let p = start + 1; p < end - 1; p++) {
    if (bytes[p] === QUOTE && (++p === end - 1 || bytes[p] !== QUOTE)) {
      return false;
    }
  }
  return true;
}

/** Whether a field stands without quotes, as what copies a log writes it where nothing in it asks for them. */
export function isBare({ bytes, words, index }: ScanWindow, separator: number): boolean {
  const start = index[separator - 1]! + 1;
  return bytes[start] !== QUOTE && !hasByte(words, start, index[separator]!, QUOTE);
}

/**
 * @param first the first separator of a record
 * @param isSpare whether the log is a copy with no quotes but where they are needed
 */
export function areFieldsQuoted(window: ScanWindow, first: number, isSpare: boolean): boolean {
  return QUOTED.every((column) => isQuoted(window, first + column) || (isSpare && isBare(window, first + column)));
}

/**
 * Whether the kind of backend stands where it must: a quote, then a letter. When a torn record leaves a quote open, the
 * insides of fields are read as records; every quote in there is doubled, and their closing quote is followed by a comma.
 *
 * @param first the first separator of a record
 * @param isSpare whether the log is a copy with no quotes but where they are needed
 */
export function hasBackendType({ bytes, index }: ScanWindow, first: number, isSpare: boolean): boolean {
  const start = index[first + Column.backendType - 1]! + 1;
  const isQuoted = bytes[start] === QUOTE;
  const letter = bytes[isQuoted ? start + 1 : start]! | 0x20;
  return (isQuoted || isSpare) && letter >= 0x61 && letter <= 0x7a;
}

/**
 * Columns written by 12 and earlier (23), by 13 (which added backend_type), and from 14 on (26, with leader_pid and query_id).
 * What copies a log through a table may lose the last one.
 */
const FEWEST_COLUMNS = 23;
const MOST_COLUMNS = 26;
/** Of the audit log of EDB's server, 13 and later, which has three more. */
const AUDIT_COLUMNS = [27, 29];

/**
 * Whether a record has as many columns as csvlog has. Those of EDB's audit log must end in the tags of the command and of the
 * audit and the type of the event, each in quotes, which two torn records do not.
 *
 * @param first the first separator of the record
 */
export function hasColumnsOfRecord(window: ScanWindow, first: number, columns: number): boolean {
  return columns <= MOST_COLUMNS
    ? columns >= FEWEST_COLUMNS
    : AUDIT_COLUMNS.includes(columns) && endsInTags(window, first + columns);
}

/** @param end behind the last separator of the record */
function endsInTags({ bytes, index }: ScanWindow, end: number): boolean {
  return [4, 3, 2].every((back) => bytes[index[end - back]! + 1] === QUOTE);
}

const plain: Span = { start: 0, end: 0 };

/** The text of a quoted field's inside: itself, or, where quotes are doubled in it, a copy in the window's scratch. */
export function plainText(window: ScanWindow, span: Span, maxBytes = MAX_NAME_BYTES): Span {
  if (!hasByte(window.words, span.start, span.end, QUOTE)) {
    return span;
  }
  const { bytes } = window;
  let out = window.scratch;
  for (let p = span.start; p < span.end && out < window.scratch + maxBytes; p++) {
    bytes[out++] = bytes[p]!;
    p += bytes[p] === QUOTE ? 1 : 0;
  }
  plain.start = window.scratch;
  plain.end = out;
  return plain;
}

/** `6b01cb6d.40b8`: start of the backend in seconds since the epoch, and its pid, both in hexadecimal. */
export function readSessionId(window: ScanWindow, separator: number, view: RecordView): boolean {
  const { bytes, words, index } = window;
  const start = fieldStart(window, separator);
  const end = index[separator]! - (start - index[separator - 1]! - 1);
  if (bytes[start + 8] === DOT) {
    view.sessionHigh = (hexDigits(words.getInt32(start, true)) << 16) | hexDigits(words.getInt32(start + 4, true));
    view.sessionLow = hexNumber(bytes, start + 9, end);
    return view.sessionLow >= 0;
  }
  const dot = bytes.indexOf(DOT, start);
  if (dot < start || dot >= end) {
    return false;
  }
  view.sessionHigh = hexNumber(bytes, start, dot);
  view.sessionLow = hexNumber(bytes, dot + 1, end);
  return view.sessionHigh >= 0 && view.sessionLow >= 0;
}

/** The value of four hexadecimal digits that stand in a little-endian word. */
function hexDigits(word: number): number {
  const nibbles = (word & 0x0f0f0f0f) + 9 * ((word >>> 6) & 0x01010101);
  return ((nibbles & 15) << 12) | ((nibbles & 0xf00) | ((nibbles >>> 12) & 0xf0)) | ((nibbles >>> 24) & 15);
}

/** The value of at most seven hexadecimal digits; -1 when there are others. */
function hexNumber(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let p = start; p < end; p++) {
    const byte = bytes[p]!;
    const digit = byte <= 0x39 ? byte - 0x30 : byte - 0x57;
    if (digit < 0 || digit > 15 || value > 0x0fffffff) {
      return -1;
    }
    value = value * 16 + digit;
  }
  return value | 0;
}
