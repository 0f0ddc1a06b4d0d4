import { narrowed } from '../lib/narrowed.ts';

/** Columns of 0.1. */
const STRIDE = 13;
const LATEST = 1;
const OTHERS = [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** What `UsualHours` keeps, of a state of 0.1: there each scope had a row, at its number, with the hour noted last in it. */
export function hoursOfRows(wide: Int32Array) {
  const latest = narrowed(wide, STRIDE, [LATEST]);
  const rows = narrowed(wide, STRIDE, OTHERS);
  rows.fill(0, 0, OTHERS.length); // nobody's
  const places = latest.map((hour, scope) => (hour === 0 ? 0 : scope));
  return { latest, places, rows, highest: latest.length - 1, free: [] as number[] };
}
