import { unescapeJson } from '../../azure/json-text.ts';
import { hasByte } from '../../lib/byte-text.ts';
import { MAX_NAME_BYTES } from '../../lib/names.ts';
import { createTimestampReader } from '../../lib/timestamp.ts';
import { ActivityClass, AuthenticationFailure } from '../../model/activity.ts';
import { auditRows } from '../../postgres/audit-rows.ts';
import { findRecorded } from '../../postgres/find-recorded.ts';
import { findStatement } from '../../postgres/find-statement.ts';
import { createLogEntry, judgeEntry } from '../../postgres/judge-entry.ts';
import { createLineClock } from '../../postgres/log-line-prefix-clock.ts';
import { COMMON_MESSAGES, findApplicationName, IRRELEVANT, likelyApplicationName } from '../../postgres/message.ts';
import { protectionOf } from '../../postgres/protection-of.ts';
import { readSessionId } from '../../postgres/session-id.ts';
import { JsonlogRecords, MEMBER_WORDS, NEWLINE_WORD } from '../../scan/jsonlog-records.ts';
import { ScanWindow } from '../../scan/scan-window.ts';
import { UNJUDGED } from '../../scan/taken-records.ts';
import { type Parser, type ReaderOptions, type RecordReader, type Span, Step } from '../parser.ts';
import { createRecordView } from '../record-view.ts';
import { findRecordStart, START_BYTES } from './find-record-start.ts';
import { createLineWalker, lineEnd } from './line-walker.ts';
import { createMemberPlaces } from './member-places.ts';
import { Member, WRITTEN_KEYS } from './members.ts';
import { redactJsonRecord } from './redact-json-record.ts';

const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;

/** PostgreSQL's jsonlog (since 15): one object a line. Strings are escaped, so no name can forge a record. */
export const jsonlog: Parser = {
  id: 'jsonlog',
  engines: ['postgresql'],
  open: createJsonlogReader,
  redact: redactJsonRecord,
};

function createJsonlogReader(options: ReaderOptions): RecordReader {
  const window = new ScanWindow('jsonLines');
  const view = createRecordView('postgresql');
  const timestamps = createTimestampReader(options.timezone);
  const clock = createLineClock(timestamps);
  const walker = createLineWalker(window);
  const usual = new JsonlogRecords(window, WRITTEN_KEYS, COMMON_MESSAGES);
  const { taken } = usual;
  const entry = createLogEntry();
  const unescaped: Span = { start: 0, end: 0 };
  const recorded: Span = { start: 0, end: 0 };
  const members = createMemberPlaces(window.found);
  /** The next line's place among the window's records. */
  let line = 0;
  /** Behind what is no record, before the start of the next one was found. */
  let isLost = false;

  function next(isEnd: boolean): Step {
    if (isLost && !findNext(isEnd)) {
      return Step.needMore;
    }
    if (taken.left > 0) {
      return give();
    }
    const { bytes, index, records, recordCount } = window;
    while (line < recordCount) {
      if (usual.take(line, line === 0 ? 0 : records[line - 1]!)) {
        return give();
      }
      const start = window.position;
      const entry = line === 0 ? 0 : records[line - 1]!;
      const newline = index[records[line++]! - 1]!;
      window.position = newline + 1;
      const end = lineEnd(bytes, start, newline);
      if (end > start) {
        view.record.start = start;
        view.record.end = end;
        return readLine(start, end, entry);
      }
    }
    return readOn(isEnd);
  }

  /** The next record of those that were taken at once. */
  function give(): Step {
    const at = taken.give(view);
    line++;
    window.position = taken.words[at + NEWLINE_WORD]! + 1;
    if (view.class === IRRELEVANT) {
      return Step.skipped;
    }
    members.turnTo(taken.words, at + MEMBER_WORDS);
    members.put(Member.message, entry.message);
    if (view.class === UNJUDGED) {
      return judgeMembers();
    }
    view.failure = AuthenticationFailure.none;
    view.status = 0;
    return Step.activity;
  }

  function readLine(start: number, end: number, entryOfLine: number): Step {
    if (window.bytes[start] === OPEN_BRACE && walker.walk(start, end, entryOfLine)) {
      return judge();
    }
    line--;
    window.position = start;
    return reject('not a JSON object on a line');
  }

  function judge(): Step {
    const { bytes, found } = window;
    members.turnTo(found, 0);
    const time = found[2 * Member.timestamp]!;
    view.time = time === 0 ? Number.NaN : clock.read(window, time, found[2 * Member.timestamp + 1]!);
    if (Number.isNaN(view.time)) {
      return refuse(time === 0 ? 'a record without a time' : timestamps.problem);
    }
    taken.noteMinute(view.time, time, found[2 * Member.timestamp + 1]!);
    const severity = found[2 * Member.error_severity]!;
    members.put(Member.message, entry.message);
    if (severity === 0 || entry.message.start === 0) {
      return refuse('not the members of a jsonlog record');
    }
    if (found[2 * Member.remote_host] === 0) {
      return Step.skipped; // the server's own processes have no client
    }
    const idEnd = found[2 * Member.session_id + 1]!;
    if (idEnd === 0 || readSessionId(bytes, found[2 * Member.session_id]!, idEnd, view) !== idEnd) {
      return refuse('not the members of a jsonlog record');
    }
    return judgeMembers();
  }

  function judgeMembers(): Step {
    const { bytes, words } = window;
    const state = members.startOf(Member.state_code);
    entry.severity = bytes[members.startOf(Member.error_severity)]!;
    entry.state = state === 0 ? -1 : state;
    members.put(Member.detail, entry.detail);
    return judgeEntry(bytes, words, entry, view) ? Step.activity : Step.skipped;
  }

  /** Rejects a record that is whole: the next one follows it. */
  function refuse(reason: string): Step {
    view.reason = reason;
    return Step.rejected;
  }

  function reject(reason: string): Step {
    isLost = true;
    return refuse(reason);
  }

  /** The index holds no further line. */
  function readOn(isEnd: boolean): Step {
    line = 0;
    view.record.start = window.position;
    view.record.end = window.end;
    const { obstacle } = window;
    if (obstacle !== undefined) {
      return reject(`a record ${obstacle}`);
    }
    if (!isEnd || window.isUnscanned || window.position === window.end) {
      return Step.needMore;
    }
    window.endLine();
    return next(isEnd);
  }

  /** Goes to the next line that starts as records do; what lies between is part of the broken one. */
  function findNext(isEnd: boolean): boolean {
    const start = findRecordStart(window.bytes, window.position, window.end);
    line = 0;
    isLost = !window.recover(start, isEnd, START_BYTES);
    return !isLost;
  }

  function findClient(): void {
    members.put(Member.user, view.principal);
    members.put(Member.dbname, view.database);
    members.put(Member.remote_host, view.address);
    if (window.bytes[view.address.start] === OPEN_BRACKET) {
      view.address.end = view.address.start; // `[local]`: a Unix socket
    }
  }

  function findApplication(): void {
    if (view.class === ActivityClass.authentication) {
      const { start, end } = entry.message;
      const likely = likelyApplicationName(start, members.lengthOf(Member.user), members.lengthOf(Member.dbname));
      findApplicationName(window.words, start, end, view.application, likely);
    } else {
      members.put(Member.application_name, view.application);
    }
  }

  function findRequest(): void {
    if (view.class === ActivityClass.statement) {
      findStatement(window.words, entry.message.start, entry.message.end, view.statement);
    } else {
      members.put(Member.statement, view.statement);
    }
  }

  /** The text itself, or, where it has escapes, a copy without them in the window's scratch. */
  function plain(span: Span, maxBytes = MAX_NAME_BYTES): Span {
    if (!hasByte(window.words, span.start, span.end, BACKSLASH)) {
      return span;
    }
    unescaped.start = window.scratch;
    unescaped.end = unescapeJson(window.bytes, span.start, span.end, window.scratch, maxBytes);
    return unescaped;
  }

  function forget(): void {
    line = 0;
    taken.left = 0;
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
      view.class === ActivityClass.statement ? findRecorded(window.words, entry.message, recorded) : undefined,
    rowCount: () => auditRows(window.words, entry.message.start, entry.message.end),
    protection: () => protectionOf(window.words, entry.message.start, entry.message.end),
    plain,
    rewind(position) {
      window.resume(position);
      forget();
    },
    restart(offset) {
      window.restart(offset);
      forget();
    },
    save: () => ({ isLost }),
    recall(saved) {
      isLost = (saved as { isLost: boolean }).isLost;
    },
  };
}
