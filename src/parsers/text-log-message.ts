import { ActivityClass } from '../model/activity.ts';
import { auditRows } from '../postgres/audit-rows.ts';
import { findRecorded } from '../postgres/find-recorded.ts';
import { findStatement } from '../postgres/find-statement.ts';
import type { LogEntry } from '../postgres/judge-entry.ts';
import type { PrefixFields } from '../postgres/log-line-prefix-fields.ts';
import { findApplicationName } from '../postgres/message.ts';
import { protectionOf } from '../postgres/protection-of.ts';
import type { ScanWindow } from '../scan/scan-window.ts';
import type { RecordReader, RecordView } from './parser.ts';
import { copy } from './text-log-client.ts';

/** What is asked of an entry's message, after the entry has been told. */
type Asked = Required<
  Pick<RecordReader, 'findApplication' | 'findRequest' | 'recordedStatement' | 'rowCount' | 'protection'>
>;

export interface MessageTeller extends Asked {
  /** Where the names end that the message tells, or where it begins. */
  behindNames: number;
}

export function createMessageTeller(
  window: ScanWindow,
  fields: PrefixFields,
  view: RecordView,
  entry: LogEntry,
): MessageTeller {
  const { message } = entry;
  const recorded = { start: 0, end: 0 };

  function findApplication(): void {
    if (view.class === ActivityClass.authentication) {
      findApplicationName(window.words, message.start, message.end, view.application, teller.behindNames);
    } else {
      copy(fields.application, view.application);
    }
  }

  function findRequest(): void {
    if (view.class === ActivityClass.statement) {
      findStatement(window.words, message.start, message.end, view.statement);
    } else {
      copy(entry.statement, view.statement);
    }
  }

  const teller: MessageTeller = {
    behindNames: 0,
    findApplication,
    findRequest,
    recordedStatement: () =>
      view.class === ActivityClass.statement ? findRecorded(window.words, message, recorded) : undefined,
    rowCount: () => auditRows(window.words, message.start, message.end),
    protection: () => protectionOf(window.words, message.start, message.end),
  };
  return teller;
}
