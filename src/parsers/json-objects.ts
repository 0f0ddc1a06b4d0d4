import { type ObjectWalker, Walk } from '../azure/object-walker.ts';
import type { ScanWindow } from '../scan/scan-window.ts';
import { type RecordView, Step } from './parser.ts';

const NEWLINE = 0x0a;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
/** What is shown of something that is no JSON. */
const REJECTED_BYTES = 1024;
/** White space in front of an object, and between its brace and its first key, at most. */
const MAX_SPACE = 30;
/** Bytes that decide whether an object starts: as many must be kept when none was found. */
const START_BYTES = 128;

/** Goes through the JSON objects of a source, which stand on lines of their own, or in arrays. */
export interface JsonObjects {
  next(isEnd: boolean): Step;
  /** Starts at `window.position` anew. */
  forget(): void;
  /** Behind something broken, before the start of the next object was found. */
  isLost: boolean;
}

type BehindHeader = (words: DataView, start: number, end: number) => number;

/**
 * @param judge says what the walked object is, which ends before entry `behind` of the index; `needMore` where what
 *   follows must be known, and may still come
 * @param behindHeader where a line's own text starts, for those that stand behind what somebody else writes
 */
export function createJsonObjects(
  window: ScanWindow,
  view: RecordView,
  walker: ObjectWalker,
  judge: (behind: number, mayMoreCome: boolean) => Step,
  behindHeader: BehindHeader = (_, start) => start,
): JsonObjects {
  let cursor = 0;
  const objects: JsonObjects = {
    next,
    forget() {
      cursor = 0;
      objects.isLost = false;
    },
    isLost: false,
  };

  function next(isEnd: boolean): Step {
    if (objects.isLost && !findNext(isEnd)) {
      return Step.needMore;
    }
    for (;;) {
      if (cursor >= window.indexCount) {
        return readOn(isEnd);
      }
      const at = window.index[cursor]!;
      const byte = window.bytes[at];
      if (hasText(window.position, at) || !isOpening(byte)) {
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
    const step = judge(walker.cursor, (!isEnd || window.isUnscanned) && window.obstacle === undefined);
    if (step === Step.needMore) {
      cursor = 0;
      return step;
    }
    cursor = walker.cursor;
    window.position = view.record.end;
    return step;
  }

  /** The index holds no further object. */
  function readOn(isEnd: boolean): Step {
    cursor = 0;
    view.record.start = window.position;
    view.record.end = window.end;
    const { obstacle } = window;
    if (obstacle !== undefined) {
      return reject(`a record ${obstacle}`);
    }
    return isEnd && !window.isUnscanned && hasText(window.position, window.end)
      ? reject('a record that was torn off')
      : Step.needMore;
  }

  function reject(reason: string): Step {
    view.reason = reason;
    objects.isLost = true;
    return Step.rejected;
  }

  function findNext(isEnd: boolean): boolean {
    const start = findObjectStart(window.position, window.end);
    cursor = 0;
    objects.isLost = !window.recover(start, isEnd, START_BYTES);
    return !objects.isLost;
  }

  /** Whether more than white space, commas and a header stands between `start` and `end`. */
  function hasText(start: number, end: number): boolean {
    const { bytes, words } = window;
    const first = afterBlank(bytes, start, end);
    return first < end && afterBlank(bytes, behindHeader(words, first, end), end) < end;
  }

  /**
   * Where the next line starts an object, behind `from`: a brace, then a quote, white space allowed. Inside a JSON
   * string no such line can stand: its newlines and its quotes are escaped. -1 when there is none before `end`.
   */
  function findObjectStart(from: number, end: number): number {
    const block = window.bytes.subarray(0, end); // without an end, a search goes through all of the memory
    for (let p = block.indexOf(NEWLINE, from); p >= 0; p = block.indexOf(NEWLINE, p + 1)) {
      const brace = afterSpace(block, behindHeader(window.words, p + 1, end));
      if (block[brace] === OPEN_BRACE && block[afterSpace(block, brace + 1)] === QUOTE) {
        return brace;
      }
    }
    return -1;
  }

  return objects;
}

/** Behind white space and commas. */
function afterBlank(bytes: Uint8Array, start: number, end: number): number {
  let p = start;
  while (p < end && (bytes[p]! <= SPACE || bytes[p] === COMMA)) {
    p++;
  }
  return p;
}

/** What may stand between objects: they, and the array around them. */
function isOpening(byte: number | undefined): boolean {
  return byte === OPEN_BRACE || byte === OPEN_BRACKET || byte === CLOSE_BRACKET;
}

function afterSpace(bytes: Uint8Array, start: number): number {
  let p = start;
  while (
    p < start + MAX_SPACE &&
    (bytes[p] === SPACE || bytes[p] === 0x09 || bytes[p] === 0x0d || bytes[p] === NEWLINE)
  ) {
    p++;
  }
  return p;
}
