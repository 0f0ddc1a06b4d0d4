import { byteText, startsWith } from '../../lib/byte-text.ts';
import type { ScanWindow } from '../../scan/scan-window.ts';
import type { Span } from '../parser.ts';

/** What PostgreSQL calls itself unless `syslog_ident` says otherwise. */
const IDENT = byteText('postgres');
/** An escaped tab. */
const TAB_ESCAPE = byteText('#011');
const TAB = 0x09;
const SPACE = 0x20;
/** A severity stands behind the prefix, which is shorter. */
const SEVERITY_WITHIN = 400;
const SEVERITIES = ['LOG:  ', 'FATAL:  ', 'ERROR:  ', 'WARNING:  ', 'NOTICE:  '].map(byteText);

/** Whether a program has the name that PostgreSQL gives itself. */
export function isPostgres(words: DataView, { start, end }: Span): boolean {
  return startsWith(words, start, end, IDENT);
}

/**
 * Whether a line of PostgreSQL's without sequence number, and without the prefix that is expected, goes on with an
 * entry. One that goes on begins with a blank, or it has no severity of its own.
 */
export function isContinuation(window: ScanWindow, start: number, end: number): boolean {
  const { bytes, words } = window;
  if (bytes[start] === TAB || bytes[start] === SPACE || startsWith(words, start, end, TAB_ESCAPE)) {
    return true;
  }
  const limit = Math.min(end, start + SEVERITY_WITHIN);
  for (let p = start; p < limit; p++) {
    if ((p === start || bytes[p - 1] === SPACE) && SEVERITIES.some((word) => startsWith(words, p, end, word))) {
      return false;
    }
  }
  return true;
}
