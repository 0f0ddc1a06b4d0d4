import type { SpooledRows } from './spooled-rows.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Files that are made at once: what is of other days, the oldest, shares one. */
const MAX_PERIODS = 400;
/** Rows that a key of order has room for beside the milliseconds of a day. */
const MAX_ROWS = 2 ** 26;

/** Rows that go into one file. */
export interface Period {
  /** Its beginning, epoch milliseconds. */
  period: number;
  /** Rows, by resource, then time, then place in the spool. */
  order: Uint32Array;
}

/**
 * Which rows go into which file: hours of the newest day, and days before it, since a history of weeks is no heap of small
 * files. Rows of a resource must have been added one behind the other, as they lie in the spool.
 */
export function periodsOf({ count, time, codes: { resource } }: SpooledRows): Period[] {
  const newestDay = floorTo(
    time.subarray(0, count).reduce((a, b) => Math.max(a, b), 0),
    DAY_MS,
  );
  const files = new Map<number, number[][]>();
  for (let from = 0, to = 0; from < count; from = to) {
    const days = new Map<number, number[]>();
    for (; to < count && resource[to] === resource[from]; to++) {
      const period = floorTo(time[to]!, time[to]! < newestDay ? DAY_MS : HOUR_MS);
      push(days, period, to);
    }
    for (const [period, rows] of days) {
      push(files, period, rows);
    }
  }
  return capped(files).map(([period, parts]) => ({ period, order: ordered(time, parts) }));
}

function capped(files: Map<number, number[][]>): [number, number[][]][] {
  const newestFirst = [...files].sort(([a], [b]) => b - a);
  const rest = newestFirst.splice(MAX_PERIODS - 1);
  return rest.length === 0 ? newestFirst : [...newestFirst, [rest.at(-1)![0], rest.flatMap(([, parts]) => parts)]];
}

function ordered(time: Float64Array, parts: readonly number[][]): Uint32Array {
  const order = new Uint32Array(parts.reduce((sum, rows) => sum + rows.length, 0));
  let at = 0;
  for (const rows of parts) {
    const keys = new Float64Array(rows.length);
    const first = rows.reduce((least, row) => Math.min(least, time[row]!), Number.POSITIVE_INFINITY);
    for (let i = 0; i < rows.length; i++) {
      keys[i] = (time[rows[i]!]! - first) * MAX_ROWS + rows[i]!; // sorts ten times as fast as by a comparison
    }
    keys.sort();
    for (let i = 0; i < keys.length; i++) {
      order[at++] = keys[i]! % MAX_ROWS;
    }
  }
  return order;
}

function push<T>(lists: Map<number, T[]>, key: number, value: T): void {
  const list = lists.get(key);
  if (list === undefined) {
    lists.set(key, [value]);
  } else {
    list.push(value);
  }
}

function floorTo(time: number, unit: number): number {
  return Math.floor(time / unit) * unit;
}
