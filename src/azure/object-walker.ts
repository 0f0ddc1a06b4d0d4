import { byteText, startsWith } from '../lib/byte-text.ts';
import type { ScanWindow } from '../scan/scan-window.ts';
import { createRecordShape } from './record-shape.ts';
import { scalarEnd } from './scalar-end.ts';
import { createTakenValues, note, remember, takeAsBefore } from './taken-values.ts';
import { valueAfter } from './value-after.ts';

const QUOTE = 0x22;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
/** `n` of `null`: as if the key were not there. */
const NULL = 0x6e;

/** How a walk through one object ended. */
export const Walk = { whole: 0, cut: 1, broken: 2, records: 3 } as const;
export type Walk = (typeof Walk)[keyof typeof Walk];

/** Which values a walk takes: those of some keys, by the object that they stand in. */
export interface WantedKeys {
  /** Values taken: as many as `find` knows. */
  count: number;
  /**
   * The number of a key from 1 on; 0 for a key that is not wanted. The key stands at `start`.
   *
   * @param scope of the object that the key stands in: 1 is the record itself
   */
  find: (words: DataView, scope: number, start: number, length: number) => number;
  /** By number of a key: the scope of the object that is its value; 0 where nothing in it is wanted. */
  scopes: Uint8Array;
}

/** Scope of a record itself. */
const RECORD = 1;
/** Objects in objects, as far as their scopes are remembered; Azure's records nest four deep. */
const MAX_DEPTH = 32;

/**
 * Walks through JSON objects along the structure that the scan found. Records of one exporter have the same members in
 * the same order: one like the record before is not walked, its values are taken from where they stood in that.
 */
export interface ObjectWalker {
  /**
   * Walks the object whose brace is entry `cursor` of the index.
   *
   * - `whole`: it ended at entry `cursor - 1`.
   * - `cut`: the index ends inside it. `broken`: it is no JSON.
   * - `records`: it is an envelope; `cursor` is behind the bracket of its `"records": [`.
   */
  walk(cursor: number): Walk;
  cursor: number;
  /**
   * Takes the next record, behind `window.position`, if it has the members of one before: without an index. False where
   * it has not, or it is not whole, or nothing is known yet.
   */
  takeNext(): boolean;
  /** Of the record that `takeNext` took. */
  readonly start: number;
  readonly end: number;
  /**
   * Start and end of the value of each wanted key; both 0 when it was not there. A string's value stands without its
   * quotes.
   */
  readonly found: Int32Array;
}

export function createObjectWalker(window: ScanWindow, wanted: WantedKeys): ObjectWalker {
  const found = new Int32Array(2 * (wanted.count + 1));
  /** The scope of the object around each depth. */
  const outer = new Uint8Array(MAX_DEPTH + 1);
  // taken out of their object, whose shape V8 may deprecate: then it would optimize `walk` in vain, over and over
  const { find, scopes } = wanted;
  const taken = createTakenValues();
  const shape = createRecordShape(window);
  const walker = { walk, cursor: 0, takeNext, start: 0, end: 0, found };

  function takeNext(): boolean {
    found.fill(0);
    if (!shape.take(found)) {
      return false;
    }
    walker.start = shape.start;
    walker.end = shape.end;
    return true;
  }

  function walk(first: number): Walk {
    found.fill(0);
    if (takeAsBefore(window, taken, first, found)) {
      walker.cursor = first + taken.entries;
      if (window.isLazy) {
        shape.learn(taken);
      }
      return Walk.whole;
    }
    taken.count = 0;
    const ended = walkAnew(first);
    if (ended === Walk.whole) {
      remember(window, taken, first, walker.cursor);
    }
    return ended;
  }

  function walkAnew(first: number): Walk {
    const { bytes, words, index, indexCount, areStringsWhole } = window;
    let depth = 1;
    let scope = RECORD;
    let i = first + 1;
    while (i < indexCount) {
      const at = index[i]!;
      const byte = bytes[at];
      if (byte === CLOSE_BRACE) {
        i++;
        if (--depth === 0) {
          walker.cursor = i;
          return Walk.whole;
        }
        scope = depth < MAX_DEPTH ? outer[depth]! : 0;
        continue;
      }
      const keyEnd = index[i + 1]!;
      if (byte !== QUOTE || (!areStringsWhole && i + 1 < indexCount && bytes[keyEnd] !== QUOTE)) {
        return Walk.broken;
      }
      i += 2;
      if (i >= indexCount) {
        break;
      }
      // the usual case, `"key":"value"`, is told from the index alone
      const value = index[i] === keyEnd + 2 ? keyEnd + 2 : valueAfter(bytes, keyEnd);
      const lead = bytes[value];
      if (lead === QUOTE) {
        const end = index[i + 1]!;
        if (i + 1 >= indexCount) {
          break;
        }
        if (!areStringsWhole && bytes[end] !== QUOTE) {
          return Walk.broken;
        }
        i += 2;
        const key = scope === 0 ? 0 : find(words, scope, at + 1, keyEnd - at - 1);
        found[2 * key] = value + 1;
        found[2 * key + 1] = end;
        note(taken, key, i - 2 - first, 0);
      } else if (lead === OPEN_BRACE) {
        if (depth < MAX_DEPTH) {
          outer[depth] = scope;
        }
        scope = scope === 0 || depth >= MAX_DEPTH ? 0 : scopes[find(words, scope, at + 1, keyEnd - at - 1)]!;
        depth++;
        i++;
      } else if (lead === OPEN_BRACKET) {
        if (depth === 1 && startsWith(window.words, at + 1, keyEnd, RECORDS) && keyEnd - at - 1 === RECORDS.length) {
          walker.cursor = i + 1;
          return Walk.records;
        }
        i = skipArray(i);
      } else if (!isScalar(lead!)) {
        return Walk.broken;
      } else if (lead !== NULL) {
        const key = scope === 0 ? 0 : find(words, scope, at + 1, keyEnd - at - 1);
        found[2 * key] = value;
        found[2 * key + 1] = scalarEnd(bytes, value);
        note(taken, key, i - 1 - first, value - keyEnd);
      }
    }
    return Walk.cut;
  }

  /** The entry behind the array that opens at entry `i`; the end of the index when it does not end there. */
  function skipArray(i: number): number {
    const { bytes, index, indexCount } = window;
    let open = 0;
    for (let k = i; k < indexCount; k++) {
      const byte = bytes[index[k]!];
      open += byte === OPEN_BRACKET ? 1 : byte === CLOSE_BRACKET ? -1 : 0;
      if (open === 0) {
        return k + 1;
      }
    }
    return indexCount;
  }

  return walker;
}

/** Whether a number, `true`, `false` or `null` may begin so. */
function isScalar(lead: number): boolean {
  return (lead >= 0x30 && lead <= 0x39) || lead === 0x2d || lead === 0x74 || lead === 0x66 || lead === NULL;
}

const RECORDS = byteText('records');
