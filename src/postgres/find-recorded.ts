import { startsWith } from '../lib/byte-text.ts';
import { AUDIT, behindDuration } from './find-statement.ts';

interface Span {
  start: number;
  end: number;
}

const COMMA = 0x2c;
/** Fields of pgaudit's record that differ each time: its kind, and the numbers of statement and substatement. */
const AUDIT_COUNTS = 3;
/** Longer, they are none of pgaudit's. */
const MAX_COUNTS_BYTES = 40;

/**
 * Puts into `span` what of a message of class statement is the same when the same comes again: all but a duration in
 * front, and pgaudit's numbers.
 */
export function findRecorded(words: DataView, { start, end }: Readonly<Span>, span: Span): Span {
  const behind = behindDuration(words, start, end);
  span.start = startsWith(words, behind, end, AUDIT) ? behindCounts(words, behind + AUDIT.length, end) : behind;
  span.end = end;
  return span;
}

function behindCounts(words: DataView, start: number, end: number): number {
  const limit = Math.min(end, start + MAX_COUNTS_BYTES);
  let commas = 0;
  for (let p = start; p < limit; p++) {
    commas += words.getUint8(p) === COMMA ? 1 : 0;
    if (commas === AUDIT_COUNTS) {
      return p + 1;
    }
  }
  return start;
}
