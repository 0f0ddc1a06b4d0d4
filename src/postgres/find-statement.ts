import { byteText, indexOfText, startsWith } from '../lib/byte-text.ts';

interface Span {
  start: number;
  end: number;
}

const STATEMENT = byteText('statement: ');
const EXECUTE = byteText('execute ');
const REPLICATION_COMMAND = byteText('received replication command: ');
const DURATION = byteText('duration: ');
const MILLISECONDS = byteText(' ms ');
const COLON = byteText(': ');
export const AUDIT = byteText('AUDIT: ');
/** Fields of pgaudit's record before the statement (github.com/pgaudit/pgaudit, Format). */
export const AUDIT_NAMES = 7;

const SPACE = 0x20;
const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Puts into `span` where the SQL stands in a message of class statement (`statement: …`, `execute name: …`, the same
 * behind a duration, a replication command, pgaudit's record); empty where it has none.
 */
export function findStatement(words: DataView, start: number, end: number, span: Span): void {
  const at = behindDuration(words, start, end);
  if (startsWith(words, at, end, STATEMENT)) {
    span.start = at + STATEMENT.length;
  } else if (startsWith(words, at, end, EXECUTE)) {
    const colon = indexOfText(words, at, end, COLON);
    span.start = colon < 0 ? end : colon + COLON.length;
  } else if (startsWith(words, at, end, REPLICATION_COMMAND)) {
    span.start = at + REPLICATION_COMMAND.length;
  } else if (startsWith(words, at, end, AUDIT)) {
    findAudited(words, at + AUDIT.length, end, span);
    return;
  } else {
    span.start = end;
  }
  span.end = end;
}

/** Where a message goes on behind the duration that it may begin with; its end where that is all. */
export function behindDuration(words: DataView, start: number, end: number): number {
  if (!startsWith(words, start, end, DURATION)) {
    return start;
  }
  const behind = indexOfText(words, start, Math.min(end, start + 40), MILLISECONDS);
  return behind < 0 ? end : behindSpace(words, behind + MILLISECONDS.length, end);
}

/** The server writes two spaces; programs that pass lines on may leave one. */
function behindSpace(words: DataView, at: number, end: number): number {
  return at < end && words.getUint8(at) === SPACE ? at + 1 : at;
}

/** `SESSION,1,1,READ,SELECT,TABLE,public.t,"select …",<none>`: fields with a comma, a quote or a newline are quoted. */
function findAudited(words: DataView, start: number, end: number, span: Span): void {
  let at = start;
  for (let field = 0; field < AUDIT_NAMES; field++) {
    at = readField(words, at, end, span) + 1;
  }
  readField(words, Math.min(at, end), end, span);
}

/**
 * Puts the inside of a field into `span`; where the field ends: at its comma, or at the end of all. The message may be
 * quoted itself: in csvlog each quote stands twice, in JSON behind a backslash.
 */
export function readField(words: DataView, start: number, end: number, span: Span): number {
  const isEscaped = start + 1 < end && words.getUint8(start) === BACKSLASH && words.getUint8(start + 1) === QUOTE;
  const run = quotesAt(words, start, end, isEscaped);
  const unit = isEscaped || run % 2 === 0 ? 2 : 1;
  const isQuoted = run > 0;
  if (!isEscaped && run === 2 && endsAt(words, start + run, end)) {
    span.start = span.end = start + run; // empty, in quotes
    return span.end;
  }
  span.start = isQuoted ? start + unit : start;
  span.end = isQuoted ? insideEnd(words, span.start, end, unit, isEscaped) : start;
  let at = span.end;
  while (!endsAt(words, at, end)) {
    at++;
  }
  span.end = isQuoted ? span.end : at;
  return at;
}

/** Where the closing quote of a field stands: quotes within come in pairs. */
function insideEnd(words: DataView, start: number, end: number, unit: number, isEscaped: boolean): number {
  for (let p = start; p < end; p++) {
    const run = quotesAt(words, p, end, isEscaped);
    if ((run / unit) % 2 === 1) {
      return p + run - unit;
    }
    p += Math.max(0, run - 1);
  }
  return end;
}

/** Bytes of the quotes that follow each other at a place. */
function quotesAt(words: DataView, start: number, end: number, isEscaped: boolean): number {
  let p = start;
  if (isEscaped) {
    while (p + 1 < end && words.getUint8(p) === BACKSLASH && words.getUint8(p + 1) === QUOTE) {
      p += 2;
    }
    return p - start;
  }
  while (p < end && words.getUint8(p) === QUOTE) {
    p++;
  }
  return p - start;
}

function endsAt(words: DataView, at: number, end: number): boolean {
  return at >= end || words.getUint8(at) === COMMA;
}
