import { startsWith } from '../lib/byte-text.ts';
import { AUDIT, AUDIT_NAMES, readField } from './find-statement.ts';

const COMMA = 0x2c;
const ZERO = 0x30;
/** More digits are no number of rows. */
const MAX_DIGITS = 15;
const field = { start: 0, end: 0 };

/**
 * Rows that a statement returned or changed, as pgaudit tells behind its parameters where `pgaudit.log_rows` is on; -1
 * where a message does not tell. Source: github.com/pgaudit/pgaudit, Format.
 */
export function auditRows(words: DataView, start: number, end: number): number {
  if (!startsWith(words, start, end, AUDIT) || !endsWithNumber(words, start, end)) {
    return -1;
  }
  let at = start + AUDIT.length;
  for (let i = 0; i < AUDIT_NAMES + 2; i++) {
    at = readField(words, Math.min(at, end), end, field) + 1; // the statement and its parameters follow the names
  }
  return at > end ? -1 : numberOf(words, at, end);
}

/** Nearly all messages that tell no rows end otherwise: statements need not be gone through. */
function endsWithNumber(words: DataView, start: number, end: number): boolean {
  for (let p = end - 1; p > start && p > end - MAX_DIGITS; p--) {
    if (!isDigit(words.getUint8(p))) {
      return p < end - 1 && words.getUint8(p) === COMMA;
    }
  }
  return false;
}

function numberOf(words: DataView, start: number, end: number): number {
  let value = 0;
  for (let p = start; p < end; p++) {
    if (!isDigit(words.getUint8(p))) {
      return -1;
    }
    value = 10 * value + words.getUint8(p) - ZERO;
  }
  return value;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 0x39;
}
