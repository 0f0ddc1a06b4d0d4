import { byteText, indexOfText, startsWith } from '../lib/byte-text.ts';

interface Span {
  start: number;
  end: number;
}

const STATEMENT = byteText('statement: ');
const EXECUTE = byteText('execute ');
const DURATION = byteText('duration: ');
const MILLISECONDS = byteText(' ms  ');
const COLON = byteText(': ');
const AUDIT = byteText('AUDIT: ');
const COMMA = byteText(',');
/** Fields of pgaudit's record before the statement; none of them is quoted unless an object's name holds a comma. */
const AUDIT_NAMES = 7;

/**
 * Puts into `span` where the SQL stands in a message of class statement (`statement: …`, `execute name: …`, the same
 * behind a duration, pgaudit's record); empty where it has none.
 */
export function findStatement(words: DataView, start: number, end: number, span: Span): void {
  let at = start;
  if (startsWith(words, at, end, DURATION)) {
    const behind = indexOfText(words, at, Math.min(end, at + 40), MILLISECONDS);
    at = behind < 0 ? end : behind + MILLISECONDS.length;
  }
  if (startsWith(words, at, end, STATEMENT)) {
    span.start = at + STATEMENT.length;
  } else if (startsWith(words, at, end, EXECUTE)) {
    const colon = indexOfText(words, at, end, COLON);
    span.start = colon < 0 ? end : colon + COLON.length;
  } else if (startsWith(words, at, end, AUDIT)) {
    span.start = auditedStatement(words, at + AUDIT.length, end);
  } else {
    span.start = end;
  }
  span.end = end;
}

/** `SESSION,1,1,READ,SELECT,TABLE,public.t,"select …",<none>`: from the statement on. */
function auditedStatement(words: DataView, start: number, end: number): number {
  let at = start;
  for (let field = 0; field < AUDIT_NAMES; field++) {
    const comma = indexOfText(words, at, end, COMMA);
    if (comma < 0) {
      return end;
    }
    at = comma + 1;
  }
  return at;
}
