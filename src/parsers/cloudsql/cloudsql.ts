import { plainJsonText } from '../../azure/json-text.ts';
import { createObjectWalker, Walk } from '../../azure/object-walker.ts';
import { byteText, indexOfText } from '../../lib/byte-text.ts';
import { ActivityClass } from '../../model/activity.ts';
import { failureOf } from '../../postgres/message.ts';
import { ScanWindow } from '../../scan/scan-window.ts';
import { type Parser, type ReaderOptions, type RecordReader, type Span, Step } from '../parser.ts';
import { createRecordView } from '../record-view.ts';
import { createEntryJudge } from './entry-judge.ts';
import { findEntryStart, START_BYTES } from './find-entry-start.ts';
import { createFollowingEntries } from './following-entries.ts';
import { MEMBER_KEYS } from './members.ts';
import { redactLogEntry } from './redact-log-entry.ts';
import type { SettledPrefixes } from './settled-prefixes.ts';

const SPACE = 0x20;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
/** What is shown of something that is no JSON. */
const REJECTED_BYTES = 1024;
/** Failures of which only a DETAIL tells whether the role exists. */
const FAILED_FOR_USER = byteText('authentication failed for user ');

/** Google Cloud SQL for PostgreSQL, as Cloud Logging exports it: entries as JSON lines or arrays. */
export const cloudsql: Parser = {
  id: 'cloudsql',
  engines: ['postgresql'],
  openEnd: 'object',
  namesResources: true,
  open: createCloudSqlReader,
  redact: redactLogEntry,
};

function createCloudSqlReader(options: ReaderOptions): RecordReader {
  const window = new ScanWindow('json');
  const view = createRecordView('postgresql');
  const walker = createObjectWalker(window, MEMBER_KEYS);
  const judged = createEntryJudge(window, view, walker.found, options);
  const { entry } = judged.payload;
  const following = createFollowingEntries(window, view, options);
  const settled = [judged.payload.settledPrefixes, following.settledPrefixes];
  let cursor = 0;
  /** Behind something broken, before the start of the next entry was found. */
  let isLost = false;

  function next(isEnd: boolean): Step {
    if (isLost && !findNext(isEnd)) {
      return Step.needMore;
    }
    for (;;) {
      if (cursor >= window.indexCount) {
        return readOn(isEnd);
      }
      const at = window.index[cursor]!;
      const byte = window.bytes[at];
      if (hasText(window.bytes, window.position, at) || !isOpening(byte)) {
        view.record.start = window.position;
        view.record.end = Math.min(at + REJECTED_BYTES, window.end);
        return reject('not JSON');
      }
      if (byte === OPEN_BRACE) {
        return readObject(at, isEnd);
      }
      cursor++;
      window.position = at + 1;
    }
  }

  function readObject(start: number, isEnd: boolean): Step {
    window.position = start;
    view.record.start = start;
    const walk = walker.walk(cursor);
    if (walk === Walk.cut) {
      return readOn(isEnd);
    }
    if (walk !== Walk.whole) {
      view.record.end = Math.min(start + REJECTED_BYTES, window.end);
      return reject('not JSON');
    }
    view.record.end = window.index[walker.cursor - 1]! + 1;
    const step = judged.judge();
    if (step === Step.activity && !complete(walker.cursor) && (!isEnd || window.isUnscanned) && !window.obstacle) {
      cursor = 0;
      return Step.needMore;
    }
    cursor = walker.cursor;
    window.position = view.record.end;
    return step;
  }

  /**
   * Adds what Cloud Logging holds in entries of their own: why a client was refused, which statement broke.
   *
   * @returns false when more bytes are needed to tell
   */
  function complete(behind: number): boolean {
    const isError = view.class === ActivityClass.statementError;
    const part = isError ? entry.statement : entry.detail;
    if (part.start < part.end || !(isError || needsDetail())) {
      return true;
    }
    const isTold = following.find(isError ? 'statement' : 'detail', behind);
    part.start = following.span.start;
    part.end = following.span.end;
    if (!isError) {
      view.failure = failureOf(window.words, entry.message.start, entry.message.end, part.start, part.end);
    }
    return isTold;
  }

  function needsDetail(): boolean {
    const { start, end } = entry.message;
    return (
      view.class === ActivityClass.authenticationFailure &&
      indexOfText(window.words, start, Math.min(end, start + 60), FAILED_FOR_USER) >= 0
    );
  }

  /** The index holds no further entry. */
  function readOn(isEnd: boolean): Step {
    cursor = 0;
    view.record.start = window.position;
    view.record.end = window.end;
    const { obstacle } = window;
    if (obstacle !== undefined) {
      return reject(`a record ${obstacle}`);
    }
    return isEnd && !window.isUnscanned && hasText(window.bytes, window.position, window.end)
      ? reject('a record that was torn off')
      : Step.needMore;
  }

  function reject(reason: string): Step {
    view.reason = reason;
    isLost = true;
    return Step.rejected;
  }

  function findNext(isEnd: boolean): boolean {
    const start = findEntryStart(window.bytes, window.position, window.end);
    cursor = 0;
    isLost = !window.recover(start, isEnd, START_BYTES);
    return !isLost;
  }

  /** What was unescaped already may hold backslashes of its own. */
  function plain(span: Span, maxBytes?: number): Span {
    return judged.texts.isPlain(span) || following.texts.isPlain(span) ? span : plainJsonText(window, span, maxBytes);
  }

  function forget(): void {
    cursor = 0;
    isLost = false;
  }

  return {
    window,
    view,
    next,
    findClient: () => judged.findClient(),
    findApplication: () => judged.findApplication(),
    findRequest: () => judged.findRequest(),
    protection: () => judged.protection(),
    plain,
    rewind(position) {
      window.resume(position);
      forget();
    },
    restart(offset) {
      window.restart(offset);
      forget();
    },
    save: () => ({ isLost, settled: settled.map(({ known }) => known) }),
    recall(saved) {
      const memory = saved as { isLost: boolean; settled: SettledPrefixes['known'][] };
      isLost = memory.isLost;
      for (const [i, prefixes] of settled.entries()) {
        prefixes.recall(memory.settled[i]!);
      }
    },
  };
}

/** What may stand between entries: they, and the array around them. */
function isOpening(byte: number | undefined): boolean {
  return byte === OPEN_BRACE || byte === OPEN_BRACKET || byte === CLOSE_BRACKET;
}

/** Whether more than white space and commas stands between `start` and `end`. */
function hasText(bytes: Uint8Array, start: number, end: number): boolean {
  for (let p = start; p < end; p++) {
    if (bytes[p]! > SPACE && bytes[p] !== COMMA) {
      return true;
    }
  }
  return false;
}
