import { isObject, type JsonObject } from './json-object.ts';

/** Members that say when something received a line, or when it was written. */
const NAME = /time|date|^_?ts$/i;
const STAMP = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(Z|[+-]\d\d:?\d\d| UTC)?$/;
const DIGITS = /^\d{10,19}(?:\.\d+)?$/;
/** Seconds since the epoch are smaller, then milliseconds, then microseconds. */
const UNITS: readonly (readonly [below: number, perMs: number])[] = [
  [1e11, 1e-3],
  [1e14, 1],
  [1e17, 1e3],
  [Number.POSITIVE_INFINITY, 1e6],
];

/** Epoch milliseconds of a time as collectors write it: ISO 8601, or a number since the epoch. Undefined: it is none. */
export function msOf(value: unknown): number | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') {
    return undefined;
  }
  if (DIGITS.test(text)) {
    const number = Number(text);
    return number / UNITS.find(([below]) => number < below)![1];
  }
  const stamp = STAMP.exec(text);
  const ms = stamp === null ? Number.NaN : Date.parse(zoned(text, stamp[1]));
  return Number.isNaN(ms) ? undefined : ms;
}

/** A time without a zone is one of UTC: query languages of stores write it so. */
function zoned(text: string, zone: string | undefined): string {
  const plain = text.replace(' ', 'T').replace(',', '.');
  return zone === undefined ? `${plain}Z` : plain.replace(/ UTC$/, 'Z');
}

/** When an object says that it received its line; nested ones may say it for it. */
export function receivedTime(object: JsonObject, depth = 2): number | undefined {
  for (const [name, value] of Object.entries(object)) {
    const ms = NAME.test(name) ? msOf(value) : undefined;
    if (ms !== undefined) {
      return ms;
    }
  }
  for (const inner of depth > 0 ? Object.values(object) : []) {
    const ms = isObject(inner) ? receivedTime(inner, depth - 1) : undefined;
    if (ms !== undefined) {
      return ms;
    }
  }
  return undefined;
}
