import { hashText } from '../../lib/hash-text.ts';

/** Values looked at in one statement, and how much of each. */
const MAX_VALUES = 32;
const MAX_LENGTH = 64;
const VALUE = /'(?:[^']|'')*'|(?<![\w$.])\d+(?:\.\d+)?/g;
const PARAMETER = /\$\d/;
const LIMIT = /\b(?:limit|fetch\s+(?:first|next))\s+(\d{1,9})\b/i;
const NUMBER = /^'?(\d{1,30})(?:\.\d*)?'?$/;
const DATE = /^'(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?/;
const UUID = /^'([\da-f]{6})[\da-f]{2}-[\da-f]{4}-/i;
/** What is kept of a value: 24 bits, so that long numbers, as of cards and telephones, are none any longer. */
const RANGE = 0x1000000;
/** Numbers with fewer digits are exact. */
const SAFE_DIGITS = 16;
/** Numbers that a range has at least. */
const WIDE = 100;
/** Marks what has an order, and is no number of anything. */
const NO_NUMBER = 0.5;

/**
 * How the values of a statement follow those of the one before, of the same shape. `onward`: one value, or the first of two,
 * went up and all others stayed, as with the next page, the next range, or the next key, which may have two parts.
 */
export interface Succession {
  kind: 'same' | 'onward' | 'other';
  /** By how much the first number that changed went up; 0 where it went down, NaN where no number changed. */
  advance: number;
}

/**
 * What stands for the values of a statement: the last bits of numbers and dates (in seconds), the first ones of UUIDs; of
 * other texts a negative hash, which has no order. Undefined where values travel apart from the statement.
 */
export function valuesOf(sql: string): number[] | undefined {
  if (PARAMETER.test(sql)) {
    return undefined;
  }
  return (sql.match(VALUE) ?? []).slice(0, MAX_VALUES).map((value) => codeOf(value.slice(0, MAX_LENGTH)));
}

function codeOf(value: string): number {
  const number = NUMBER.exec(value)?.[1];
  if (number !== undefined) {
    return number.length < SAFE_DIGITS ? Number(number) % RANGE : Number(BigInt(number) % BigInt(RANGE));
  }
  const date = DATE.exec(value)
    ?.slice(1)
    .map((part) => Number(part ?? 0));
  if (date !== undefined) {
    const [year, month, ...rest] = date as [number, number, number, number, number, number];
    return (Math.floor(Date.UTC(year, month - 1, ...rest) / 1000) % RANGE) + NO_NUMBER;
  }
  const uuid = UUID.exec(value)?.[1];
  return uuid === undefined ? -1 - (hashText(value) >>> 8) : Number.parseInt(uuid, 16) + NO_NUMBER;
}

/** Values that are not known are `other` ones. */
export function successionOf(before: readonly number[] | undefined, after: readonly number[] | undefined): Succession {
  if (before === undefined || after === undefined || before.length !== after.length) {
    return { kind: 'other', advance: Number.NaN };
  }
  const steps = after.map((value, n) => advanceOf(before[n]!, value)).filter((step) => step !== undefined);
  const isOnward = steps.length <= 2 && (steps[0] ?? 0) > 0;
  const kind = steps.length === 0 ? 'same' : isOnward ? 'onward' : 'other';
  return { kind, advance: steps.find(Number.isInteger) ?? Number.NaN };
}

/**
 * Whether two ranges of numbers adjoin: each has two ends that change, and the one begins where the other ends, or at the
 * number behind that. Narrow ones, as of weeks and years, are none.
 */
export function adjoin(before: readonly number[] | undefined, after: readonly number[] | undefined): boolean {
  if (before === undefined || after === undefined || before.length !== after.length) {
    return false;
  }
  const [first, last, ...more] = [...after.keys()].filter((n) => after[n] !== before[n]);
  if (first === undefined || last === undefined || more.length > 0) {
    return false;
  }
  const [start, end, formerEnd] = [after[first]!, after[last]!, before[last]!];
  return end - start >= WIDE && (start === formerEnd || start === formerEnd + 1);
}

/** Undefined where a value stayed as it was; not above 0 where it went down; a fraction where it is no number. */
function advanceOf(before: number, value: number): number | undefined {
  if (value === before) {
    return;
  }
  const up = (value - before + RANGE) % RANGE; // what passes the range goes on at its beginning
  if (value < 0 || before < 0 || !Number.isInteger(up)) {
    return Number.NaN;
  }
  const isUp = up < RANGE / 2;
  return Number.isInteger(value) ? (isUp ? up : 0) : isUp ? NO_NUMBER : -NO_NUMBER;
}

/** Rows that a statement asks for at most; undefined where it sets no limit. */
export function limitOf(sql: string): number | undefined {
  const limit = LIMIT.exec(sql)?.[1];
  return limit === undefined ? undefined : Number(limit);
}
