import { createPackedTexts, type PackedTexts } from '../../azure/packed-texts.ts';
import { byteText, indexOfText } from '../../lib/byte-text.ts';
import { createTimestampReader } from '../../lib/timestamp.ts';
import { ActivityClass, AuthenticationFailure } from '../../model/activity.ts';
import { findClient as findClientInMessage } from '../../postgres/find-client.ts';
import { findStatement } from '../../postgres/find-statement.ts';
import { judgeEntry } from '../../postgres/judge-entry.ts';
import { findApplicationName } from '../../postgres/message.ts';
import { protectionOf } from '../../postgres/protection-of.ts';
import type { ScanWindow } from '../../scan/scan-window.ts';
import { type ReaderOptions, type RecordView, type Span, Step } from '../parser.ts';
import { Member } from './members.ts';
import { createPayload, type Payload } from './payload.ts';

/** Classes whose messages name the client. */
const NAMING =
  ActivityClass.connection |
  ActivityClass.authentication |
  ActivityClass.authenticationFailure |
  ActivityClass.disconnection;
/** Stands in the names of the logs of PostgreSQL: `…/logs/cloudsql.googleapis.com%2Fpostgres.log`. */
const POSTGRES = byteText('postgres');
const DASH = 0x2d;
const ONE = 0x31;

/** Says what an entry of Cloud Logging is. */
export interface EntryJudge {
  /** Fills the view from what the walk through the entry found. */
  judge(): Step;
  findClient(): void;
  findApplication(): void;
  findRequest(): void;
  protection(): number;
  readonly payload: Payload;
  readonly texts: PackedTexts;
}

/** @param found of the walk through the entry */
export function createEntryJudge(
  window: ScanWindow,
  view: RecordView,
  found: Int32Array,
  options: ReaderOptions,
): EntryJudge {
  const texts = createPackedTexts(window, 'record');
  const timestamps = createTimestampReader(undefined);
  const payload = createPayload(window, texts, options);
  const { entry } = payload;
  const text: Span = { start: 0, end: 0 };
  /** The entry is one of pgAudit. */
  let isAudit = false;

  function judge(): Step {
    texts.clear();
    const start = found[2 * Member.timestamp]!;
    view.time =
      start === 0 ? Number.NaN : timestamps.read(window.bytes, window.words, start, found[2 * Member.timestamp + 1]!);
    isAudit = found[2 * Member.statement] !== 0 || found[2 * Member.databaseSessionId] !== 0;
    put(Member.databaseId, view.resource);
    put(found[2 * Member.textPayload] === 0 ? Member.message : Member.textPayload, text);
    if (isAudit) {
      return judgeAudit();
    }
    if (text.start === 0 || isOfOtherLog()) {
      return Number.isNaN(view.time) || found[2 * Member.logName] === 0
        ? reject('not an entry of Cloud Logging')
        : Step.skipped;
    }
    return judgeLine();
  }

  function reject(reason: string): Step {
    view.reason = reason;
    return Step.rejected;
  }

  /** The export of a whole project holds the logs of other services, too. */
  function isOfOtherLog(): boolean {
    const start = found[2 * Member.logName]!;
    return start !== 0 && indexOfText(window.words, start, found[2 * Member.logName + 1]!, POSTGRES) < 0;
  }

  /** pgAudit's record of a statement; a long one comes in chunks, of which the first says enough. */
  function judgeAudit(): Step {
    if (Number.isNaN(view.time)) {
      return reject('a record without a time');
    }
    const chunk = found[2 * Member.chunkIndex]!;
    const isFirst = chunk === 0 || (found[2 * Member.chunkIndex + 1]! === chunk + 1 && window.bytes[chunk] === ONE);
    if (!isFirst) {
      return Step.skipped;
    }
    view.class = ActivityClass.statement;
    view.failure = AuthenticationFailure.none;
    view.status = 0;
    view.sessionHigh = 0;
    view.sessionLow = wholeNumber(found[2 * Member.databaseSessionId]!, found[2 * Member.databaseSessionId + 1]!);
    return Step.activity;
  }

  function judgeLine(): Step {
    payload.read(text, view.resource);
    const { fields, kind } = payload;
    if (Number.isNaN(view.time)) {
      view.time = kind === 'none' ? Number.NaN : fields.time;
    }
    if (Number.isNaN(view.time)) {
      return reject('a record without a time');
    }
    if (kind === 'none' && looksLikeHead()) {
      return reject('a line without the log_line_prefix that is configured, or without a severity in English');
    }
    if (kind !== 'entry' || payload.isBackground || !judgeEntry(window.bytes, window.words, entry, view)) {
      return Step.skipped;
    }
    view.sessionHigh = fields.sessionHigh;
    view.sessionLow = fields.sessionLow;
    return Step.activity;
  }

  /** Whether a text begins as lines do, with a date; else it goes on with the entry before. */
  function looksLikeHead(): boolean {
    return window.bytes[text.start + 4] === DASH && window.bytes[text.start + 7] === DASH;
  }

  function findClient(): void {
    if (isAudit) {
      put(Member.user, view.principal);
      put(Member.database, view.database);
      view.address.start = view.address.end = 0;
      return;
    }
    const { principal, database, address } = payload.fields;
    if ((view.class & NAMING) !== 0) {
      view.principal.start = view.principal.end = 0;
      view.database.start = view.database.end = 0;
      view.address.start = view.address.end = 0;
      findClientInMessage(window.words, entry.message.start, entry.message.end, view);
      prefer(principal, view.principal);
      prefer(database, view.database);
      prefer(address, view.address);
      return;
    }
    copy(principal, view.principal);
    copy(database, view.database);
    copy(address, view.address);
  }

  function findApplication(): void {
    view.application.start = view.application.end = 0;
    if (isAudit) {
      return;
    }
    if (view.class === ActivityClass.authentication) {
      findApplicationName(window.words, entry.message.start, entry.message.end, view.application);
    }
    prefer(payload.fields.application, view.application);
  }

  function findRequest(): void {
    if (isAudit) {
      put(Member.statement, view.statement);
    } else if (view.class === ActivityClass.statement) {
      findStatement(window.words, entry.message.start, entry.message.end, view.statement);
    } else {
      copy(entry.statement, view.statement);
    }
  }

  function protection(): number {
    return isAudit ? 0 : protectionOf(window.words, entry.message.start, entry.message.end);
  }

  function put(member: number, span: Span): void {
    span.start = found[2 * member]!;
    span.end = found[2 * member + 1]!;
  }

  function wholeNumber(start: number, end: number): number {
    let value = 0;
    for (let p = start; p < end; p++) {
      const digit = window.bytes[p]! - 0x30;
      if (digit < 0 || digit > 9) {
        return 0;
      }
      value = (Math.imul(value, 10) + digit) | 0;
    }
    return value;
  }

  return { judge, findClient, findApplication, findRequest, protection, payload, texts };
}

function copy(from: Span, to: Span): void {
  to.start = from.start;
  to.end = from.end;
}

/** What a prefix tells goes before what a message tells. */
function prefer(told: Span, span: Span): void {
  if (told.start < told.end) {
    copy(told, span);
  }
}
