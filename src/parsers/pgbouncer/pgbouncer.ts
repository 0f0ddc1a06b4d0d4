import { type ByteText, byteText, indexOfText, startsWith } from '../../lib/byte-text.ts';
import { ActivityClass, AuthenticationFailure } from '../../model/activity.ts';
import type { StampMemory } from '../../postgres/syslog-stamp.ts';
import { ScanWindow } from '../../scan/scan-window.ts';
import { type Parser, type ReaderOptions, type RecordReader, type Span, Step } from '../parser.ts';
import { createRecordView } from '../record-view.ts';
import { Ending, readEnding } from './closing.ts';
import { createLineHeadReader } from './line-head.ts';
import { createPoolerEvent, forgetEvent, readAddress, readEvent, Verb } from './read-event.ts';
import { redactPgbouncerRecord } from './redact-pgbouncer-record.ts';

const TAB = 0x09;
const NEWLINE = 0x0a;
const SLASH = 0x2f;
/** Says that the pooler was started: no connection is left of those before. */
const START = byteText('process up: ');
const USER = byteText(' user=');
const TLS = byteText(' tls=');
const NO_DATABASE = byteText('(nodb)');
const NO_USER = byteText('(nouser)');

/** PgBouncer's own log, beside the log of the server behind it: the clients that the server does not see. */
export const pgbouncer: Parser = {
  id: 'pgbouncer',
  engines: ['postgresql'],
  openEnd: 'line',
  isPooler: true,
  open: (options) => createPgbouncerReader(options, Date.now()),
  redact: redactPgbouncerRecord,
};

/** @param now milliseconds since the epoch: a syslog stamp without a year is not later */
function createPgbouncerReader(options: ReaderOptions, now: number): RecordReader {
  const window = new ScanWindow('lines');
  const view = createRecordView('postgresql');
  const heads = createLineHeadReader(options.timezone, now);
  const event = createPoolerEvent();
  let line = 0;
  /** Behind a line that is none of PgBouncer's. */
  let isLost = false;

  function next(isEnd: boolean): Step {
    const isLast = isEnd && !window.isUnscanned;
    if (isLast && window.position < window.end && window.bytes[window.end - 1] !== NEWLINE) {
      window.endLine();
      line = 0;
    }
    for (let last = recordEnd(isLast); last >= 0; last = recordEnd(isLast)) {
      view.record.start = window.position;
      view.record.end = window.index[last]!;
      window.position = view.record.end + 1;
      line = last + 1;
      const wasLost = isLost;
      const step = readRecord();
      isLost = step === Step.rejected;
      if (!(isLost && wasLost)) {
        return step;
      }
    }
    return readOn(isEnd);
  }

  /** The last line of the next record: names with line ends go on behind a tab. -1 when it is not there yet. */
  function recordEnd(isLast: boolean): number {
    let last = line;
    while (last < window.indexCount) {
      const following = window.index[last]! + 1;
      if (following >= window.end && !isLast) {
        return -1;
      }
      if (following >= window.end || window.bytes[following] !== TAB) {
        return last;
      }
      last++;
    }
    return -1;
  }

  /** The window holds no whole record any more. */
  function readOn(isEnd: boolean): Step {
    line = 0;
    const { obstacle } = window;
    if (obstacle === undefined) {
      return Step.needMore;
    }
    view.record.start = window.position;
    view.record.end = window.end;
    const newline = window.bytes.subarray(0, window.end).lastIndexOf(NEWLINE);
    window.recover(newline < window.position ? -1 : newline + 1, isEnd, 0);
    const wasLost = isLost;
    isLost = true;
    return wasLost ? Step.needMore : reject(`a record ${obstacle}`);
  }

  function readRecord(): Step {
    const { bytes, words } = window;
    const { start, end } = view.record;
    const text = heads.read(bytes, words, start, end);
    if (text < 0) {
      return reject('a line that does not begin as PgBouncer or a syslog daemon begins it');
    }
    view.time = heads.time();
    const isStart = startsWith(words, text, end, START);
    if (!isStart && !readEvent(bytes, words, text, end, event)) {
      return Step.skipped;
    }
    if (Number.isNaN(view.time)) {
      return reject(heads.problem);
    }
    if (isStart) {
      forgetEvent(event);
    }
    view.failure = AuthenticationFailure.none;
    view.class = event.isAmbiguous ? ActivityClass.logForgery : classOf();
    view.sessionHigh = event.high;
    view.sessionLow = event.low;
    return view.class === 0 ? Step.skipped : Step.activity;
  }

  function classOf(): number {
    if (!event.isClient) {
      return event.verb === Verb.link ? ActivityClass.poolerLink : 0;
    }
    if (event.verb !== Verb.closing) {
      return event.verb === Verb.attempt ? ActivityClass.connection : 0;
    }
    const ending = readEnding(window.words, event.rest.start, event.rest.end);
    if (ending < 0) {
      isProven = ending === Ending.loggedIn;
      return ActivityClass.disconnection;
    }
    const isUnknown =
      ending === AuthenticationFailure.wrongCredential &&
      startsWith(window.words, event.pool.start, event.pool.end, NO_DATABASE);
    view.failure = isUnknown ? AuthenticationFailure.unknownPrincipal : ending;
    return ActivityClass.authenticationFailure;
  }

  /** The client that left had been logged in. */
  let isProven = false;

  function reject(reason: string): Step {
    view.reason = reason;
    return Step.rejected;
  }

  function findClient(): void {
    const { bytes, words } = window;
    const { rest, pool } = event;
    copy(view.address, event.address);
    if (event.verb === Verb.attempt) {
      const tls = lastIndexOf(words, rest.start, rest.end, TLS);
      const user = lastIndexOf(words, rest.start, tls < 0 ? rest.end : tls, USER);
      set(view.database, rest.start, user < 0 ? rest.start : user);
      set(view.principal, user < 0 ? rest.start : user + USER.length, user < 0 ? rest.start : tls < 0 ? rest.end : tls);
    } else {
      const slash = bytes.subarray(0, pool.end).indexOf(SLASH, pool.start);
      set(view.database, pool.start, Math.max(pool.start, slash));
      set(view.principal, slash < 0 ? pool.end : slash + 1, pool.end);
    }
    if (event.verb === Verb.link) {
      readAddress(bytes, words, rest.start, rest.end, view.address);
    }
    dropNone(view.database, NO_DATABASE);
    dropNone(view.principal, NO_USER);
    const isUnproven = view.class === ActivityClass.disconnection && !isProven;
    if (isUnproven || event.isAmbiguous) {
      set(view.principal, pool.start, pool.start);
    }
    if (event.isAmbiguous) {
      set(view.database, pool.start, pool.start);
      set(view.address, pool.start, pool.start);
    }
  }

  /** `(nodb)` and `(nouser)` stand where there is none. */
  function dropNone(name: Span, none: ByteText): void {
    if (name.end - name.start === none.length && startsWith(window.words, name.start, name.end, none)) {
      set(name, name.start, name.start);
    }
  }

  return {
    window,
    view,
    next,
    findClient,
    findApplication: () => set(view.application, 0, 0),
    findRequest: () => set(view.statement, 0, 0),
    protection: () => 0,
    plain: (span) => span,
    rewind(position) {
      window.resume(position);
      line = 0;
      isLost = false;
    },
    restart(offset) {
      window.restart(offset);
      line = 0;
      isLost = false;
    },
    save: () => ({ isLost, stamps: heads.save() }),
    recall(saved) {
      const memory = saved as { isLost: boolean; stamps: StampMemory };
      isLost = memory.isLost;
      heads.recall(memory.stamps);
    },
  };
}

function set(span: Span, start: number, end: number): void {
  span.start = start;
  span.end = end;
}

function copy(to: Span, from: Span): void {
  set(to, from.start, from.end);
}

/** The last place of a text; -1 when there is none. */
function lastIndexOf(words: DataView, start: number, end: number, text: Parameters<typeof indexOfText>[3]): number {
  let last = -1;
  for (let at = indexOfText(words, start, end, text); at >= 0; at = indexOfText(words, at + 1, end, text)) {
    last = at;
  }
  return last;
}
