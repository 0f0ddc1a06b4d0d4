import type { ScanWindow } from '../scan/scan-window.ts';
import { scalarEnd } from './scalar-end.ts';

/** More than all members that are wanted of a record: duplicates of them are not worth remembering. */
const MAX_VALUES = 64;

/** Where in the last whole record the wanted values stood, by entries of the index. */
export interface TakenValues {
  /** Values; 0: nothing is remembered. */
  count: number;
  /** Of each value: the number of its key; its entry, counted from that of the record's brace; see `note`. */
  readonly keys: Uint8Array;
  readonly places: Int32Array;
  readonly gaps: Int32Array;
  /** Entry of the brace of the record, entries of all of it, and the making of the index that they belong to. */
  first: number;
  entries: number;
  indexing: number;
}

export function createTakenValues(): TakenValues {
  return {
    count: 0,
    keys: new Uint8Array(MAX_VALUES),
    places: new Int32Array(MAX_VALUES),
    gaps: new Int32Array(MAX_VALUES),
    first: 0,
    entries: 0,
    indexing: -1,
  };
}

/**
 * Notes a value that was taken.
 *
 * @param place of a string the entry of its first quote; else that of the closing quote of its key
 * @param gap 0 for a string; else how far behind that quote the value starts
 */
export function note(taken: TakenValues, key: number, place: number, gap: number): void {
  if (key !== 0) {
    const at = taken.count++;
    taken.keys[at] = key; // what does not fit is not written: `remember` sees that there were too many
    taken.places[at] = place;
    taken.gaps[at] = gap;
  }
}

/** Remembers the record that was walked. */
export function remember(window: ScanWindow, taken: TakenValues, first: number, end: number): void {
  taken.count = window.areStringsWhole && taken.count <= MAX_VALUES ? taken.count : 0;
  taken.first = first;
  taken.entries = end - first;
  taken.indexing = window.indexing;
}

/** Takes the values of a record that has the same members as the one before; false where it has not. */
export function takeAsBefore(window: ScanWindow, taken: TakenValues, first: number, found: Int32Array): boolean {
  const { count, keys, places, gaps } = taken;
  if (count === 0 || taken.indexing !== window.indexing || !window.isAlike(taken.first, first, taken.entries)) {
    return false;
  }
  const { index, bytes } = window;
  for (let i = 0; i < count; i++) {
    const at = 2 * keys[i]!;
    const place = first + places[i]!;
    const gap = gaps[i]!;
    if (gap === 0) {
      found[at] = index[place]! + 1;
      found[at + 1] = index[place + 1]!;
    } else {
      found[at] = index[place]! + gap;
      found[at + 1] = scalarEnd(bytes, found[at]!);
    }
  }
  taken.first = first;
  return true;
}
