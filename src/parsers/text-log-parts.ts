import { byteText, indexOfText } from '../lib/byte-text.ts';
import { ActivityClass } from '../model/activity.ts';
import type { LogEntry } from '../postgres/judge-entry.ts';
import type { PrefixFields } from '../postgres/log-line-prefix-fields.ts';
import { failureOf } from '../postgres/message.ts';
import type { ScanWindow } from '../scan/scan-window.ts';
import type { RecordView } from './parser.ts';
import type { TextEntry } from './text-log-entry.ts';
import type { SupplementFinder } from './text-log-supplements.ts';
import type { UsualEntries } from './text-log-usual.ts';

/** Failures of which only a DETAIL tells whether the role exists. */
const FAILED_FOR_USER = byteText('authentication failed for user ');

/** Finds what the lines behind an entry tell that its own do not: why a login failed, which statement broke. */
export interface PartFinder {
  /** The last line of the entry with its supplements; -1 when more bytes are needed. Puts what they tell into the view. */
  find(entry: TextEntry, isLast: boolean): number;
}

export function createPartFinder(
  window: ScanWindow,
  supplements: SupplementFinder,
  fields: PrefixFields,
  view: RecordView,
  logEntry: LogEntry,
  usual: UsualEntries | undefined,
): PartFinder {
  const { message } = logEntry;

  function find(entry: TextEntry, isLast: boolean): number {
    const isError = view.class === ActivityClass.statementError;
    if (!isError && !needsDetail()) {
      return entry.lastLine;
    }
    const kind = isError ? 'statement' : 'detail';
    if (!usual?.findDirect(kind, supplements.found) && !supplements.find(entry, kind, fields, isLast)) {
      return -1;
    }
    const { text } = supplements.found;
    const part = isError ? logEntry.statement : logEntry.detail;
    part.start = text.start;
    part.end = text.end;
    if (!isError) {
      view.failure = failureOf(window.words, message.start, message.end, text.start, text.end);
    }
    return supplements.found.lastLine;
  }

  function needsDetail(): boolean {
    const { start, end } = message;
    const isFailure = view.class === ActivityClass.authenticationFailure;
    return isFailure && indexOfText(window.words, start, Math.min(end, start + 60), FAILED_FOR_USER) >= 0;
  }

  return { find };
}
