import { hasByte } from '../../lib/byte-text.ts';
import { MAX_NAME_BYTES } from '../../lib/names.ts';
import { ActivityClass, AuthenticationFailure } from '../../model/activity.ts';
import { auditRows } from '../../postgres/audit-rows.ts';
import { findStatement } from '../../postgres/find-statement.ts';
import { judgeEntry } from '../../postgres/judge-entry.ts';
import { findApplicationName } from '../../postgres/message.ts';
import { protectionOf } from '../../postgres/protection-of.ts';
import { createSyslogHeaderReader, type SyslogHeader } from '../../postgres/syslog-header.ts';
import type { StampMemory } from '../../postgres/syslog-stamp.ts';
import { ScanWindow } from '../../scan/scan-window.ts';
import { type Parser, type ReaderOptions, type RecordReader, Step } from '../parser.ts';
import { createRecordView } from '../record-view.ts';
import { createEntryReader, type EntryMemory, isInName } from './entry-reader.ts';
import { findWho } from './find-who.ts';
import { joinParts, plainText } from './join-parts.ts';
import { createLineTable, LineKind } from './line-table.ts';
import { redactSyslogRecord } from './redact-syslog-record.ts';
import { isContinuation, isPostgres } from './unnumbered-line.ts';

const NEWLINE = 0x0a;
const HASH = 0x23;
const OPENING = ActivityClass.connection | ActivityClass.credentialAccepted | ActivityClass.authentication;

/** PostgreSQL's log as a syslog daemon writes it into a file (`log_destination = 'syslog'`). */
export const syslog: Parser = {
  id: 'syslog',
  engines: ['postgresql'],
  openEnd: 'line',
  defaultPrefix: '',
  open: (options) => createSyslogReader(options, Date.now()),
  redact: redactSyslogRecord,
};

/** @param now milliseconds since the epoch: a stamp without a year is not later */
export function createSyslogReader(options: ReaderOptions, now: number): RecordReader {
  const window = new ScanWindow('lines');
  const view = createRecordView('postgresql');
  const headers = createSyslogHeaderReader(options.timezone, now);
  const entries = createEntryReader(options.logLinePrefix, options.timezone);
  const lines = createLineTable(window, headers, kindOfText);
  const { text } = entries;
  const hasPrefix = (options.logLinePrefix ?? '') !== '';
  /** What the message itself tells. */
  const client = createRecordView('postgresql');
  let line = 0;
  let isFilled = false;
  /** Behind a line that is no syslog line. */
  let isLost = false;

  /** Of a text without the number of a part: only its words tell. */
  function kindOfText(header: SyslogHeader, start: number, end: number): number {
    const isOurs = header.isContainer || isPostgres(window.words, header.program);
    if ((isOurs || hasPrefix) && entries.isEntry(window, start, end)) {
      return LineKind.head;
    }
    if (!isOurs) {
      return LineKind.foreign;
    }
    return isContinuation(window, start, end) ? LineKind.part : LineKind.head;
  }

  function next(isEnd: boolean): Step {
    if (isEnd && !window.isUnscanned && window.position < window.end && window.bytes[window.end - 1] !== NEWLINE) {
      window.endLine();
      forget();
    }
    if (!isFilled) {
      lines.fill();
      line = 0;
      isFilled = true;
    }
    const isLast = isEnd && !window.isUnscanned;
    for (; line < lines.count; ) {
      const kind = lines.kindOf(line);
      if (kind === LineKind.head && !isLast && !lines.isWhole(line) && window.obstacle === undefined) {
        break;
      }
      const wasLost = isLost;
      isLost = kind === LineKind.headless;
      const step = isLost && wasLost ? Step.needMore : readLine(kind);
      pass(line);
      if (step !== Step.needMore) {
        return step;
      }
    }
    return readOn(isEnd);
  }

  /** Goes behind a line and those that go on with it at once. */
  function pass(head: number): void {
    let last = head;
    while (lines.nextOf(last) === last + 1) {
      last++;
    }
    window.position = lines.endOf(last) + 1;
    line = last + 1;
  }

  /** The window holds no further record. */
  function readOn(isEnd: boolean): Step {
    isFilled = false;
    const obstacle = line < lines.count ? undefined : window.obstacle;
    if (obstacle === undefined) {
      return Step.needMore;
    }
    view.record.start = window.position;
    view.record.end = window.end;
    const newline = window.bytes.subarray(0, window.end).indexOf(NEWLINE, window.position);
    window.recover(newline < 0 ? -1 : newline + 1, isEnd, 0);
    const wasLost = isLost;
    isLost = true;
    return wasLost ? Step.needMore : reject(`a record ${obstacle}`);
  }

  function readLine(kind: number): Step {
    let last = line;
    while (lines.nextOf(last) === last + 1) {
      last++;
    }
    view.record.start = lines.startOf(line);
    view.record.end = lines.endOf(last);
    if (kind === LineKind.headless) {
      return reject('a line that does not begin as a syslog daemon begins it');
    }
    headers.read(window.bytes, window.words, view.record.start, lines.endOf(line));
    if (kind === LineKind.head) {
      return readEntry();
    }
    view.time = headers.time();
    return Step.skipped;
  }

  function readEntry(): Step {
    const { bytes, words } = window;
    const start = lines.textOf(line);
    const end = lines.endOf(line);
    const isWhole = lines.nextOf(line) === 0 && !hasByte(words, start, end, HASH);
    const isEntry = isWhole
      ? entries.read(window, start, end)
      : entries.read(window, window.scratch, joinParts(window, lines, line));
    if (!isEntry) {
      return reject('does not begin with `logLinePrefix:` of the configuration and a severity');
    }
    readTime();
    const isRelevant = judgeEntry(bytes, words, text.entry, view);
    if (!isRelevant && !text.isForged) {
      return Step.skipped;
    }
    if (Number.isNaN(view.time)) {
      return reject('tells no time: neither the syslog daemon nor `log_line_prefix` writes one');
    }
    const isOpening = isRelevant && (view.class & OPENING) !== 0;
    if (text.isForged || (isOpening && isInName(words, text.entry.message))) {
      view.class = ActivityClass.logForgery;
      view.failure = AuthenticationFailure.none;
      view.status = 0;
    }
    const hasSession = text.sessionHigh !== 0;
    view.sessionHigh = hasSession ? text.sessionHigh : lines.processOf(line);
    view.sessionLow = hasSession ? text.sessionLow : lines.pidOf(line) || text.pid; // a container's header has none
    return Step.activity;
  }

  /** The prefix tells the time better: with milliseconds, a year and a zone. */
  function readTime(): void {
    if (!Number.isNaN(text.time)) {
      headers.learn(text.time);
    } else if (text.sessionHigh !== 0) {
      headers.learnRoughly(1000 * (text.sessionHigh >>> 0));
    }
    view.time = Number.isNaN(text.time) ? headers.time() : text.time;
  }

  function reject(reason: string): Step {
    view.reason = reason;
    return Step.rejected;
  }

  function findApplication(): void {
    const { message } = text.entry;
    view.application.start = text.application.start;
    view.application.end = text.application.end;
    if (view.class === ActivityClass.authentication) {
      findApplicationName(window.words, message.start, message.end, view.application);
    }
  }

  function findRequest(): void {
    const { message, statement } = text.entry;
    view.statement.start = statement.start;
    view.statement.end = statement.end;
    if (view.class === ActivityClass.statement) {
      findStatement(window.words, message.start, message.end, view.statement);
    }
  }

  function forget(): void {
    isFilled = false;
    isLost = false;
  }

  return {
    window,
    view,
    next,
    findClient: () => findWho(window, view, text, client),
    findApplication,
    findRequest,
    rowCount: () => auditRows(window.words, text.entry.message.start, text.entry.message.end),
    protection: () => protectionOf(window.words, text.entry.message.start, text.entry.message.end),
    plain: (name, maxBytes = MAX_NAME_BYTES) => plainText(window, name, maxBytes),
    rewind(position) {
      window.resume(position);
      forget();
    },
    restart(offset) {
      window.restart(offset);
      forget();
    },
    save: () => ({ isLost, stamps: headers.save(), entries: entries.save() }),
    recall(saved) {
      const memory = saved as { isLost: boolean; stamps: StampMemory; entries: EntryMemory };
      isLost = memory.isLost;
      headers.recall(memory.stamps);
      entries.recall(memory.entries);
    },
  };
}
