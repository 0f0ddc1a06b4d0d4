import { isDataPlaneRequests, Member, MEMBER_KEYS, memberOf, wholeNumber } from '../../azure/data-plane-request.ts';
import { plainJsonText } from '../../azure/json-text.ts';
import { createTimestampReader } from '../../lib/timestamp.ts';
import { ActivityClass } from '../../model/activity.ts';
import { ScanWindow } from '../../scan/scan-window.ts';
import { type Parser, type RecordReader, type Span, Step } from '../parser.ts';
import { createRecordView } from '../record-view.ts';
import { findRecordStart, START_BYTES } from './find-record-start.ts';
import { createObjectWalker, Walk } from '../../azure/object-walker.ts';
import { redactAzureRecord } from './redact-azure-record.ts';

const OPEN_BRACE = 0x7b;
const NEWLINE = 0x0a;

/** Azure diagnostic records in each of their envelopes: `{"records":[…]}`, an array, JSON lines. */
export const azure: Parser = {
  id: 'azure',
  engine: 'cosmosdb',
  open: createAzureReader,
  redact: redactAzureRecord,
};

function createAzureReader(): RecordReader {
  const window = new ScanWindow('json');
  const view = createRecordView('cosmosdb');
  const timestamps = createTimestampReader(undefined);
  const walker = createObjectWalker(window, MEMBER_KEYS, take);
  const tokenUser: Span = { start: 0, end: 0 };
  const key: Span = { start: 0, end: 0 };
  let isDataPlane = false;
  let statusCode = 0;
  let cursor = 0;
  /** Behind a broken record, before the start of the next one was found. */
  let isLost = false;

  function next(isEnd: boolean): Step {
    if (isLost && !findNext(isEnd)) {
      return Step.needMore;
    }
    while (cursor < window.indexCount) {
      const at = window.index[cursor]!;
      const byte = window.bytes[at];
      if (byte === OPEN_BRACE) {
        const step = readObject(at, isEnd);
        if (step !== undefined) {
          return step;
        }
        continue;
      }
      if (byte === NEWLINE) {
        view.record.start = window.position;
        view.record.end = at;
        return reject('not JSON');
      }
      cursor++; // brackets, and what else an envelope holds
      window.position = at + 1;
    }
    return readOn(isEnd);
  }

  /** Undefined when the object was an envelope. */
  function readObject(start: number, isEnd: boolean): Step | undefined {
    view.record.start = start;
    clear();
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
    return walk === Walk.whole ? judge() : undefined;
  }

  function judge(): Step {
    if (Number.isNaN(view.time)) {
      view.reason = 'no time';
      return Step.rejected;
    }
    if (!isDataPlane) {
      return Step.skipped;
    }
    const principal = view.principal;
    if (principal.start === principal.end) {
      const other = tokenUser.start < tokenUser.end ? tokenUser : key;
      principal.start = other.start;
      principal.end = other.end;
    }
    const isDenied = statusCode === 401 || statusCode === 403;
    view.class = isDenied ? ActivityClass.dataAccessDenied : ActivityClass.dataAccess;
    return Step.activity;
  }

  function take(depth: number, keyStart: number, keyEnd: number, start: number, end: number): void {
    switch (memberOf(window.words, depth, keyStart, keyEnd)) {
      case Member.time:
        view.time = timestamps.read(window.bytes, window.words, start, end);
        break;
      case Member.category:
        isDataPlane = isDataPlaneRequests(window.words, start, end);
        break;
      case Member.principalId:
        set(view.principal, start, end);
        break;
      case Member.tokenUser:
        set(tokenUser, start, end);
        break;
      case Member.keyType:
      case Member.authTokenType:
        if (key.start === key.end) {
          set(key, start, end);
        }
        break;
      case Member.clientIpAddress:
        set(view.address, start, end);
        break;
      case Member.userAgent:
        set(view.application, start, end);
        break;
      case Member.databaseName:
        set(view.database, start, end);
        break;
      case Member.statusCode:
        statusCode = wholeNumber(window.bytes, start, end);
        break;
      case Member.responseLength:
        view.responseBytes = wholeNumber(window.bytes, start, end);
        break;
    }
  }

  function clear(): void {
    view.time = Number.NaN;
    view.responseBytes = 0;
    isDataPlane = false;
    statusCode = 0;
    view.principal.end = view.principal.start;
    view.database.end = view.database.start;
    view.address.end = view.address.start;
    view.application.end = view.application.start;
    tokenUser.end = tokenUser.start;
    key.end = key.start;
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
    return isEnd && !window.isUnscanned && hasText() ? reject('a record that was torn off') : Step.needMore;
  }

  /** Whether more than white space and punctuation is left. */
  function hasText(): boolean {
    return window.indexCount > 0 || window.bytes.subarray(window.position, window.end).some((byte) => byte > 0x20 && byte !== 0x2c);
  }

  function reject(reason: string): Step {
    view.reason = reason;
    isLost = true;
    return Step.rejected;
  }

  /** Goes to where a record may start; what lies between is part of the broken one. */
  function findNext(isEnd: boolean): boolean {
    const start = findRecordStart(window.bytes, window.position, window.end);
    isLost = start < 0;
    cursor = 0;
    window.resume(isLost ? (isEnd ? window.end : Math.max(window.position, window.end - START_BYTES)) : start);
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
    findApplication: () => {}, // taken with the rest
    plain: (span) => plainJsonText(window, span),
    rewind(position) {
      window.resume(position);
      forget();
    },
    restart() {
      window.restart();
      forget();
    },
  };
}

function set(span: Span, start: number, end: number): void {
  span.start = start;
  span.end = end;
}
