import { plainJsonText } from '../../azure/json-text.ts';
import { MEMBER_KEYS } from '../../azure/member-keys.ts';
import { createObjectWalker, Walk } from '../../azure/object-walker.ts';
import { ActivityClass } from '../../model/activity.ts';
import { ScanWindow } from '../../scan/scan-window.ts';
import { type Parser, type ReaderOptions, type RecordReader, Step } from '../parser.ts';
import { createRecordView } from '../record-view.ts';
import { findRecordStart, START_BYTES } from './find-record-start.ts';
import { createFollowingStatement } from './following-statement.ts';
import { createSessionOrigins, type SessionOrigins } from './own-connections.ts';
import { createRecordJudge } from './record-judge.ts';
import { redactAzureRecord } from './redact-azure-record.ts';

/** What data-plane requests are, of which a view tells all. */
const REQUESTS = ActivityClass.dataAccess | ActivityClass.dataAccessDenied;
const OPEN_BRACE = 0x7b;
const QUOTE = 0x22;
const SPACE = 0x20;
const COMMA = 0x2c;
const COLON = 0x3a;

/** Azure's diagnostic records and Activity Log in each of their envelopes: `{"records":[…]}`, an array, JSON lines. */
export const azure: Parser = {
  id: 'azure',
  engines: ['postgresql', 'cosmosdb'],
  openEnd: 'object',
  namesResources: true,
  defaultPrefix: '%t-%c-',
  open: createAzureReader,
  redact: redactAzureRecord,
};

function createAzureReader(options: ReaderOptions): RecordReader {
  const window = new ScanWindow('json');
  const view = createRecordView('cosmosdb');
  const walker = createObjectWalker(window, MEMBER_KEYS);
  const following = createFollowingStatement(window, view, options);
  const origins = createSessionOrigins();
  const judged = createRecordJudge({ window, view, found: walker.found }, options, following.span, origins);
  const { texts } = judged;
  window.isLazy = true;
  let cursor = 0;
  /** Behind a broken record, before the start of the next one was found. */
  let isLost = false;

  function next(isEnd: boolean): Step {
    if (isLost && !findNext(isEnd)) {
      return Step.needMore;
    }
    if (!window.isIndexed) {
      const step = readAlike();
      if (step !== undefined) {
        return step;
      }
      window.makeIndex(); // all that is left of the block is read by it
      cursor = 0;
    }
    while (cursor < window.indexCount) {
      const at = window.index[cursor]!;
      const byte = window.bytes[at];
      if (byte === OPEN_BRACE) {
        if (hasWord(window.bytes, window.position, at)) {
          return rejectWord(at);
        }
        const step = readObject(at, isEnd);
        if (step !== undefined) {
          return step;
        }
        continue;
      }
      if (byte === QUOTE) {
        const step = passString(at, isEnd);
        if (step !== undefined) {
          return step;
        }
        continue;
      }
      cursor++; // a bracket
      window.position = at + 1;
    }
    return readOn(isEnd);
  }

  /** Reads a record like those before it. Undefined where it is another, or what follows must be known. */
  function readAlike(): Step | undefined {
    if (!walker.takeNext()) {
      return undefined;
    }
    view.record.start = walker.start;
    view.record.end = walker.end;
    const step = judged.judge();
    if (isError(step)) {
      return undefined;
    }
    window.position = walker.end;
    return step;
  }

  /** The statement of an error may stand in a record behind it. */
  function isError(step: Step): boolean {
    return step === Step.activity && view.class === ActivityClass.statementError;
  }

  /** Passes over a string that an envelope holds beside its records. Undefined when it is one. */
  function passString(start: number, isEnd: boolean): Step | undefined {
    const { bytes, index } = window;
    const end = index[cursor + 1]!;
    let before = start - 1;
    while (before >= window.position && bytes[before]! <= SPACE) {
      before--;
    }
    const isOpening = !hasWord(bytes, Math.max(before, window.position), start);
    const isCut = cursor + 1 >= window.indexCount;
    if (isOpening && isCut) {
      window.position = start;
      return readOn(isEnd);
    }
    if (!isOpening || bytes[end] !== QUOTE) {
      view.record.start = window.position;
      view.record.end = isCut ? start : end;
      return reject('not JSON');
    }
    cursor += 2;
    window.position = end + 1;
    return undefined;
  }

  /** What stands before the record at `at` is none. */
  function rejectWord(at: number): Step {
    view.record.start = window.position;
    view.record.end = at;
    window.position = at;
    view.reason = 'not JSON';
    return Step.rejected;
  }

  /** Undefined when the object was an envelope. */
  function readObject(start: number, isEnd: boolean): Step | undefined {
    view.record.start = start;
    const walk = walker.walk(cursor);
    if (walk === Walk.cut) {
      window.position = start;
      return readOn(isEnd);
    }
    if (walk === Walk.broken) {
      window.position = start;
      view.record.end = Math.min(start + 1024, window.end);
      return reject('not JSON');
    }
    cursor = walker.cursor;
    window.position = window.index[cursor - 1]! + 1;
    view.record.end = window.position;
    return walk === Walk.whole ? judgeRecord(start, isEnd) : undefined;
  }

  /** The record behind an error must have been read, too. */
  function judgeRecord(start: number, isEnd: boolean): Step {
    const step = judged.judge();
    if (isError(step) && !following.find(cursor) && (!isEnd || window.isUnscanned)) {
      const behind = window.position;
      window.position = start;
      if (window.obstacle === undefined) {
        cursor = 0;
        return Step.needMore;
      }
      window.position = behind;
    }
    return step;
  }

  /** The index holds no further record. */
  function readOn(isEnd: boolean): Step {
    cursor = 0;
    const obstacle = window.obstacle;
    view.record.start = window.position;
    view.record.end = window.end;
    if (obstacle !== undefined) {
      return reject(`a record ${obstacle}`);
    }
    return isEnd && !window.isUnscanned && hasWord(window.bytes, window.position, window.end)
      ? reject('a record that was torn off')
      : Step.needMore;
  }

  function reject(reason: string): Step {
    view.reason = reason;
    isLost = true;
    return Step.rejected;
  }

  /** Goes to where a record may start; what lies between is part of the broken one. */
  function findNext(isEnd: boolean): boolean {
    const start = findRecordStart(window.bytes, window.position, window.end);
    cursor = 0;
    isLost = !window.recover(start, isEnd, START_BYTES);
    return !isLost;
  }

  function forget(): void {
    cursor = 0;
    isLost = false;
  }

  return {
    window,
    view,
    next,
    findClient: () => judged.reader.findClient(),
    findApplication: () => judged.reader.findApplication(),
    findRequest: () => judged.reader.findRequest(),
    protection: () => judged.reader.protection?.() ?? 0,
    plain: (span, maxBytes) =>
      // without a backslash in the block, which is usual, all texts are plain
      !window.mayHaveEscapes || texts.isPlain(span) || following.texts.isPlain(span)
        ? span
        : plainJsonText(window, span, maxBytes),
    isSelfContained: () => !window.mayHaveEscapes && (view.class & REQUESTS) !== 0,
    rewind(position) {
      window.resume(position);
      forget();
    },
    restart(offset) {
      window.restart(offset);
      forget();
    },
    save: () => ({ isLost, origins: origins.known }),
    recall(saved) {
      const memory = saved as { isLost: boolean; origins: SessionOrigins['known'] };
      isLost = memory.isLost;
      origins.recall(memory.origins);
    },
  };
}

/** Whether more than white space, commas and colons stands between `start` and `end`. */
function hasWord(bytes: Uint8Array, start: number, end: number): boolean {
  for (let p = start; p < end; p++) {
    const byte = bytes[p]!;
    if (byte > SPACE && byte !== COMMA && byte !== COLON) {
      return true;
    }
  }
  return false;
}
