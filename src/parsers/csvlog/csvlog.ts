import { createTimestampReader } from '../../lib/timestamp.ts';
import { ActivityClass, AuthenticationFailure } from '../../model/activity.ts';
import { auditRows } from '../../postgres/audit-rows.ts';
import { cutPort } from '../../postgres/cut-port.ts';
import { findRecorded } from '../../postgres/find-recorded.ts';
import { findStatement } from '../../postgres/find-statement.ts';
import {
  COMMON_MESSAGES,
  classify,
  failureOf,
  findApplicationName,
  IRRELEVANT,
  likelyApplicationName,
} from '../../postgres/message.ts';
import { protectionOf } from '../../postgres/protection-of.ts';
import { readSqlState } from '../../postgres/sql-state.ts';
import { CsvlogRecords } from '../../scan/csvlog-records.ts';
import { ScanWindow } from '../../scan/scan-window.ts';
import { type Parser, type ReaderOptions, type RecordReader, type Span, Step } from '../parser.ts';
import { createRecordView } from '../record-view.ts';
import { Column } from './column.ts';
import {
  areFieldsQuoted,
  fieldStart,
  hasBackendType,
  hasColumnsOfRecord,
  inside,
  isBare,
  plainText,
  readSessionId,
} from './fields.ts';
import { findRecordStart, START_BYTES } from './find-record-start.ts';
import { isHeader } from './is-header.ts';
import { redactCsvRecord } from './redact-csv-record.ts';

const NEWLINE = 0x0a;
const QUOTE = 0x22;
/** First letter of the severity LOG. */
const LOG = 0x4c;

/** PostgreSQL's csvlog, written by the server itself: fields are quoted, so no name can forge a line. */
export const csvlog: Parser = {
  id: 'csvlog',
  engines: ['postgresql'],
  open: createCsvlogReader,
  redact: redactCsvRecord,
};

function createCsvlogReader(options: ReaderOptions): RecordReader {
  const window = new ScanWindow('csv');
  const view = createRecordView('postgresql');
  const timestamps = createTimestampReader(options.timezone);
  const usual = new CsvlogRecords(window, COMMON_MESSAGES);
  const message: Span = { start: 0, end: 0 };
  const detail: Span = { start: 0, end: 0 };
  const recorded: Span = { start: 0, end: 0 };
  let record = 0;
  let separator = 0;
  /** First separator of the record in view. */
  let firstSeparator = 0;
  /** Behind a broken record, before the start of the next one was found. */
  let isLost = false;
  /** A record of this file was broken: what follows may be the inside of a field that looks like records. */
  let isSuspicious = false;
  /** Whether the file is a copy with no quotes but where they are needed: its first client tells, and none later. */
  let isSpare: boolean | undefined;

  function next(isEnd: boolean): Step {
    if (isLost && !findNext(isEnd)) {
      return Step.needMore;
    }
    if (usual.taken.left === 0) {
      if (record >= window.recordCount) {
        return readOn(isEnd);
      }
      if (isSuspicious || !usual.take(record, separator)) {
        return readRecord();
      }
    }
    firstSeparator = usual.give(view);
    stepOver();
    if (view.class === IRRELEVANT) {
      return Step.skipped;
    }
    isSpare = false;
    inside(window, firstSeparator + Column.message, message);
    view.failure = AuthenticationFailure.none;
    view.status = 0;
    return Step.activity;
  }

  function stepOver(): void {
    separator = window.records[record++]!;
    window.position = view.record.end + 1;
  }

  /** A record that is not as most are. */
  function readRecord(): Step {
    const first = separator;
    view.record.start = window.position;
    view.record.end = window.index[window.records[record]! - 1]!;
    const columns = window.records[record]! - first;
    const step = hasColumnsOfRecord(window, first, columns)
      ? readColumns(first, columns)
      : reject('not the columns of a csvlog record');
    if (step !== Step.rejected) {
      stepOver();
    }
    return step;
  }

  /** The index holds no further record. */
  function readOn(isEnd: boolean): Step {
    record = 0;
    separator = 0;
    view.record.start = window.position;
    view.record.end = window.end;
    const obstacle = window.obstacle;
    if (obstacle !== undefined) {
      return reject(`a record ${obstacle}`);
    }
    if (!isEnd || window.isUnscanned || window.position === window.end) {
      return Step.needMore;
    }
    if (window.bytes[window.end - 1] !== NEWLINE) {
      window.endLine();
      return next(isEnd);
    }
    return reject('a record that was torn off');
  }

  function reject(reason: string): Step {
    view.reason = reason;
    isLost = true;
    isSuspicious = true;
    return Step.rejected;
  }

  /** Goes to the next line that starts as records do; what lies between is part of the broken record. */
  function findNext(isEnd: boolean): boolean {
    const start = findRecordStart(window.bytes, window.position, window.end);
    record = 0;
    separator = 0;
    isLost = !window.recover(start, isEnd, START_BYTES);
    return !isLost;
  }

  function readColumns(first: number, columns: number): Step {
    const { bytes, words, index } = window;
    const lead = bytes[view.record.start] === QUOTE ? 1 : 0; // what copies a log may quote each field
    view.time = timestamps.read(bytes, words, view.record.start + lead, index[first]! - lead);
    if (Number.isNaN(view.time)) {
      return isHeader(bytes, view.record.start + lead) ? Step.skipped : reject(timestamps.problem);
    }
    usual.taken.noteMinute(view.time, view.record.start, index[first]!);
    if (index[first + Column.connectionFrom - 1]! + 1 === index[first + Column.connectionFrom]) {
      return Step.skipped; // the server's own processes have no client
    }
    isSpare ??= !isSuspicious && isBare(window, first + Column.connectionFrom);
    const isChecked = isSuspicious || columns <= Column.backendType;
    if (
      !readSessionId(window, first + Column.sessionId, view) ||
      !(isChecked ? areFieldsQuoted(window, first, isSpare) : hasBackendType(window, first, isSpare))
    ) {
      return reject('a field that is not quoted as csvlog quotes');
    }
    const severity = bytes[fieldStart(window, first + Column.errorSeverity)]!;
    const state = fieldStart(window, first + Column.sqlState);
    inside(window, first + Column.message, message);
    view.class = classify(words, severity, state, message.start, message.end);
    if (view.class === IRRELEVANT) {
      return Step.skipped;
    }
    firstSeparator = first;
    view.failure = AuthenticationFailure.none;
    view.status = severity === LOG ? 0 : readSqlState(bytes, state);
    if (view.class === ActivityClass.authenticationFailure) {
      inside(window, first + Column.detail, detail);
      view.failure = failureOf(words, message.start, message.end, detail.start, detail.end);
    }
    return Step.activity;
  }

  function findClient(): void {
    inside(window, firstSeparator + Column.userName, view.principal);
    inside(window, firstSeparator + Column.databaseName, view.database);
    inside(window, firstSeparator + Column.connectionFrom, view.address);
    cutPort(window.bytes, view.address);
  }

  function findApplication(): void {
    if (view.class === ActivityClass.authentication) {
      const { principal, database } = view;
      inside(window, firstSeparator + Column.userName, principal);
      inside(window, firstSeparator + Column.databaseName, database);
      const likely = likelyApplicationName(message.start, lengthOf(principal), lengthOf(database));
      findApplicationName(window.words, message.start, message.end, view.application, likely);
    } else {
      inside(window, firstSeparator + Column.applicationName, view.application);
    }
  }

  function findRequest(): void {
    if (view.class === ActivityClass.statement) {
      findStatement(window.words, message.start, message.end, view.statement);
    } else {
      inside(window, firstSeparator + Column.query, view.statement);
    }
  }

  function forget(): void {
    record = 0;
    separator = 0;
    usual.taken.left = 0;
    isLost = false;
  }

  return {
    window,
    view,
    next,
    findClient,
    findApplication,
    findRequest,
    recordedStatement: () =>
      view.class === ActivityClass.statement ? findRecorded(window.words, message, recorded) : undefined,
    rowCount: () => auditRows(window.words, message.start, message.end),
    protection: () => protectionOf(window.words, message.start, message.end),
    plain: (span, maxBytes) => plainText(window, span, maxBytes),
    rewind(position) {
      window.resume(position);
      forget();
    },
    restart(offset) {
      window.restart(offset);
      forget();
      isSuspicious = false;
      isSpare = undefined;
    },
    save: () => ({ isLost, isSuspicious, isSpare }),
    recall(saved) {
      ({ isLost, isSuspicious, isSpare } = saved as { isLost: boolean; isSuspicious: boolean; isSpare?: boolean });
    },
  };
}

function lengthOf({ start, end }: Span): number {
  return end - start;
}
