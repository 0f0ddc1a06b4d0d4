import { ActivityClass, AuthenticationFailure } from '../model/activity.ts';
import { classify, failureOf, IRRELEVANT } from './message.ts';
import { readSqlState } from './sql-state.ts';
import { stateByText } from './told-by-text.ts';

interface Span {
  start: number;
  end: number;
}

/** One entry of a server's log, whatever the format: positions in the bytes of a window. Reused for every entry. */
export interface LogEntry {
  /** First letter of the severity, as a byte. */
  severity: number;
  /** Where the five bytes of the SQLSTATE stand; -1 in logs that do not tell it. */
  state: number;
  message: Span;
  detail: Span;
  /** The statement that broke, told beside an error. */
  statement: Span;
}

/** What a judged entry is. */
export interface Judged {
  class: number;
  failure: number;
  status: number;
  /** The log does not tell the status: it is the one under which servers say such messages. */
  isStatusGuessed: boolean;
}

/** First letters of LOG, and of AUDIT, which is LOG in the audit log of EDB's server. */
const LOG = 0x4c;
const AUDIT = 0x41;

export function createLogEntry(): LogEntry {
  const span = () => ({ start: 0, end: 0 });
  return { severity: 0, state: -1, message: span(), detail: span(), statement: span() };
}

/** Forgets what lines behind another entry told. */
export function clearParts({ detail, statement }: LogEntry): void {
  detail.start = detail.end = 0;
  statement.start = statement.end = 0;
}

/** Puts class, failure and status of an entry into `judged`; false when the entry is none of our business. */
export function judgeEntry(bytes: Uint8Array, words: DataView, entry: LogEntry, judged: Judged): boolean {
  const { severity, state, message, detail } = entry;
  judged.class = classify(words, severity, state, message.start, message.end);
  if (judged.class === IRRELEVANT) {
    return false;
  }
  const isFine = severity === LOG || severity === AUDIT;
  judged.isStatusGuessed = !isFine && state < 0;
  judged.status = isFine
    ? 0
    : state < 0
      ? stateByText(words, severity, message.start, message.end)
      : readSqlState(bytes, state);
  judged.failure =
    judged.class === ActivityClass.authenticationFailure
      ? failureOf(words, message.start, message.end, detail.start, detail.end)
      : AuthenticationFailure.none;
  return true;
}
