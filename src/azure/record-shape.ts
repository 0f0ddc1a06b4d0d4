import { JsonShape, ValueKind } from '../scan/json-shape.ts';
import type { ScanWindow } from '../scan/scan-window.ts';
import { scalarEnd } from './scalar-end.ts';
import type { TakenValues } from './taken-values.ts';
import { valueAfter } from './value-after.ts';

const QUOTE = 0x22;
const OPEN_BRACKET = 0x5b;
/** `n` of `null`. */
const NULL = 0x6e;
const SPACE = 0x20;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
/** White space and commas between two records, at most. */
const MAX_GAP = 64;

/** Reads records that have the members of one before, straight from their bytes. */
export interface RecordShape {
  /** Learns the shape of a whole record, which begins at an entry of the index. */
  learn(taken: TakenValues): void;
  /**
   * Takes the values of the next record, if it has the shape.
   *
   * @param found of which only the wanted values of the shape are set
   */
  take(found: Int32Array): boolean;
  /** Of the record that was taken. */
  start: number;
  end: number;
}

export function createRecordShape(window: ScanWindow): RecordShape {
  const texts = new JsonShape(window);
  let wanted: number[] = [];
  let isKnown = false;
  /** The making of the index with which it was learned last: once is enough. */
  let indexing = -1;
  const shape: RecordShape = { learn, take, start: 0, end: 0 };

  function learn(taken: TakenValues): void {
    if (indexing !== window.indexing) {
      indexing = window.indexing;
      isKnown = writeShape(window, taken, texts);
      wanted = [...new Set(taken.keys.subarray(0, taken.count))];
    }
  }

  function take(found: Int32Array): boolean {
    if (!isKnown) {
      return false;
    }
    const start = startAfter(window);
    const end = start < 0 ? 0 : texts.take(start);
    if (end === 0) {
      return false;
    }
    shape.start = start;
    shape.end = end;
    const values = window.found;
    for (let i = 0; i < wanted.length; i++) {
      const at = 2 * wanted[i]!;
      found[at] = values[at]!;
      found[at + 1] = values[at + 1]!;
    }
    return true;
  }

  return shape;
}

/** The brace of the next record; -1 where something else stands before it. */
function startAfter({ bytes, position }: ScanWindow): number {
  for (let p = position; p < position + MAX_GAP; p++) {
    const byte = bytes[p]!;
    if (byte === OPEN_BRACE) {
      return p;
    }
    if (byte > SPACE && byte !== COMMA) {
      return -1;
    }
  }
  return -1;
}

/** Writes a shape down; false where a record has none: it holds an array, or is too large. */
function writeShape(window: ScanWindow, taken: TakenValues, texts: JsonShape): boolean {
  const { bytes, index } = window;
  const { first, entries, keys, places, count } = taken;
  const last = first + entries - 1;
  /** Where the text in front of the next value begins. */
  let from = index[first]!;
  let nextTaken = 0;
  /** The number of the key whose value was taken at an entry. */
  const keyAt = (entry: number): number =>
    nextTaken < count && places[nextTaken] === entry - first ? keys[nextTaken++]! : 0;
  texts.clear();
  for (let i = first + 1; i < last; ) {
    if (bytes[index[i]!] !== QUOTE) {
      i++; // a brace
      continue;
    }
    const value = valueAfter(bytes, index[i + 1]!);
    const lead = bytes[value]!;
    i += 2;
    if (lead === OPEN_BRACE) {
      continue;
    }
    const isString = lead === QUOTE;
    const kind = isString ? ValueKind.string : lead === NULL ? ValueKind.null : ValueKind.scalar;
    const key = isString ? keyAt(i) : lead === NULL ? 0 : keyAt(i - 1);
    if (lead === OPEN_BRACKET || !texts.add(from, isString ? value + 1 : value, kind, key)) {
      return false;
    }
    from = isString ? index[i + 1]! : scalarEnd(bytes, value);
    i += isString ? 2 : 0;
  }
  return texts.add(from, index[last]! + 1, ValueKind.end, 0);
}
