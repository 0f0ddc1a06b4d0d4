import { createTimestampReader } from '../../lib/timestamp.ts';
import { ActivityClass, AuthenticationFailure } from '../../model/activity.ts';
import { cutPort } from '../../postgres/cut-port.ts';
import { findStatement } from '../../postgres/find-statement.ts';
import { createLogEntry, judgeEntry } from '../../postgres/judge-entry.ts';
import { findApplicationName } from '../../postgres/message.ts';
import { protectionOf } from '../../postgres/protection-of.ts';
import { readSessionId } from '../../postgres/session-id.ts';
import type { ScanWindow } from '../../scan/scan-window.ts';
import { type ReaderOptions, type RecordView, type Span, Step } from '../parser.ts';
import { Member } from './members.ts';

/** Says what a line of CloudNativePG is. */
export interface LineJudge {
  /** Fills the view from what the walk through the line found. */
  judge(): Step;
  findClient(): void;
  findApplication(): void;
  findRequest(): void;
  protection(): number;
}

/** @param found of the walk through the line */
export function createLineJudge(
  window: ScanWindow,
  view: RecordView,
  found: Int32Array,
  options: ReaderOptions,
): LineJudge {
  const timestamps = createTimestampReader(options.timezone);
  const entry = createLogEntry();
  const { message } = entry;
  /** The line is one of pgaudit, which the operator has taken apart. */
  let isAudit = false;

  function judge(): Step {
    const time = found[2 * Member.log_time]!;
    if (time === 0) {
      // the operator and its other programs write into the same stream
      const isOfOperator = found[2 * Member.logger] !== 0 || found[2 * Member.msg] !== 0;
      return isOfOperator ? Step.skipped : reject('not a line of CloudNativePG');
    }
    view.time = timestamps.read(window.bytes, window.words, time, found[2 * Member.log_time + 1]!);
    if (Number.isNaN(view.time)) {
      return reject(timestamps.problem);
    }
    isAudit = found[2 * Member.audit_statement] !== 0;
    put(Member.message, message);
    const severity = found[2 * Member.error_severity]!;
    if (severity === 0 || (message.start === 0 && !isAudit)) {
      return reject('not the members of a record of CloudNativePG');
    }
    if (isEmpty(Member.connection_from)) {
      return Step.skipped; // the server's own processes have no client
    }
    const idEnd = found[2 * Member.session_id + 1]!;
    if (idEnd === 0 || readSessionId(window.bytes, found[2 * Member.session_id]!, idEnd, view) !== idEnd) {
      return reject('not the members of a record of CloudNativePG');
    }
    return isAudit ? audited() : judgeMessage(severity);
  }

  function judgeMessage(severity: number): Step {
    entry.severity = window.bytes[severity]!;
    entry.state = isEmpty(Member.sql_state_code) ? -1 : found[2 * Member.sql_state_code]!;
    put(Member.detail, entry.detail);
    return judgeEntry(window.bytes, window.words, entry, view) ? Step.activity : Step.skipped;
  }

  function audited(): Step {
    view.class = ActivityClass.statement;
    view.failure = AuthenticationFailure.none;
    view.status = 0;
    return Step.activity;
  }

  function reject(reason: string): Step {
    view.reason = reason;
    return Step.rejected;
  }

  function findClient(): void {
    put(Member.user_name, view.principal);
    put(Member.database_name, view.database);
    put(Member.connection_from, view.address);
    cutPort(window.bytes, view.address);
  }

  function findApplication(): void {
    if (view.class === ActivityClass.authentication) {
      findApplicationName(window.words, message.start, message.end, view.application);
    } else {
      put(Member.application_name, view.application);
    }
  }

  function findRequest(): void {
    if (isAudit) {
      put(Member.audit_statement, view.statement);
    } else if (view.class === ActivityClass.statement) {
      findStatement(window.words, message.start, message.end, view.statement);
    } else {
      put(Member.query, view.statement);
    }
  }

  function isEmpty(member: number): boolean {
    return found[2 * member] === found[2 * member + 1];
  }

  function put(member: number, span: Span): void {
    span.start = found[2 * member]!;
    span.end = found[2 * member + 1]!;
  }

  return {
    judge,
    findClient,
    findApplication,
    findRequest,
    protection: () => (isAudit ? 0 : protectionOf(window.words, message.start, message.end)),
  };
}
