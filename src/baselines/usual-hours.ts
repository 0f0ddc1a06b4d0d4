import { bitCount } from '../lib/bit-count.ts';
import { grown } from '../lib/pair-table.ts';
import type { Revision } from '../model/decision.ts';

const HOUR_MS = 3_600_000;
const HOURS_A_DAY = 24;
/** What was used teaches so many hours later: a week. */
const DELAY_HOURS = 7 * HOURS_A_DAY;
/** Half of the memory: usual hours are kept in two halves, of which the older one is dropped. */
const HALF_HOURS = 30 * HOURS_A_DAY;
/** An hour is usual where one so near to it is: clocks change, and people stay longer when a month ends. */
const NEAR_HOURS = 2;
const STRIDE = 13;
/** Hours of the day from which it is round the clock: nobody works so many. */
const ROUND_HOURS = 20;
/**
 * Columns of a scope. Hours are counted since the epoch, 0 is none. Sets of hours are bits, one an hour of the day:
 * `now` of this week, `last` of the one before, `usual` of those before that, each on working days and at weekends.
 */
const Column = {
  first: 0,
  latest: 1,
  nowWork: 2,
  nowRest: 3,
  lastWork: 4,
  lastRest: 5,
  usualWork: 6,
  usualRest: 7,
  older: 8,
  turned: 9,
  active: 10,
  pinnedWork: 11,
  pinnedRest: 12,
} as const;

export type DayKind = 'working days' | 'weekends';
/** Where the hours of each kind of day are kept, those that count first. */
const COLUMNS = {
  'working days': { usual: Column.usualWork, pinned: Column.pinnedWork, waiting: [Column.nowWork, Column.lastWork] },
  weekends: { usual: Column.usualRest, pinned: Column.pinnedRest, waiting: [Column.nowRest, Column.lastRest] },
} as const;
export const DAY_KINDS = Object.keys(COLUMNS) as DayKind[];

/**
 * At which hours of the day each scope (say, a principal) is usually active, on working days and at weekends (UTC).
 *
 * An hour is usual when it, or one within two hours of it, was used a week ago or earlier, or in the first week: a
 * change of clocks or a longer day changes nothing, and who begins to come at night does not make the night usual within a week.
 * Memory is 30 to 60 days, but of what people pinned. 56 bytes for each number up to the highest scope.
 */
export class UsualHours {
  static readonly omits = ['latest'];
  private rows = new Int32Array(64 * STRIDE);
  /** By scope, the hour that was noted last: what is asked for with each record lies close together. */
  private latest = new Int32Array(64);

  restored(): void {
    this.latest = new Int32Array(this.rows.length / STRIDE);
    this.forEachScope((scope) => {
      this.latest[scope] = this.rows[scope * STRIDE + Column.latest]!;
    });
  }

  /** When a scope was first seen, milliseconds to the hour; undefined when it was not. */
  firstTimeOf(scope: number): number | undefined {
    const first = this.rows[scope * STRIDE + Column.first] ?? 0;
    return first === 0 ? undefined : first * HOUR_MS;
  }

  /** The last hour in which a scope was active, milliseconds. */
  lastTimeOf(scope: number): number {
    return (this.rows[scope * STRIDE + Column.latest] ?? 0) * HOUR_MS;
  }

  /** Hours in which a scope was active. */
  countOf(scope: number): number {
    return this.rows[scope * STRIDE + Column.active] ?? 0;
  }

  /** Whether a scope is active at nearly all hours of the day, as programs are. */
  isRoundTheClock(scope: number): boolean {
    const at = scope * STRIDE;
    const { rows } = this;
    const bits =
      (rows[at + Column.usualWork] ?? 0) | (rows[at + Column.usualRest] ?? 0) | (rows[at + Column.older] ?? 0);
    return bitCount(bits) >= ROUND_HOURS;
  }

  /** The hours that are usual on such days, ascending; none where nothing is known of them. */
  hoursOf(scope: number, days: DayKind): number[] {
    return hoursIn(this.bitsAt(scope * STRIDE, days));
  }

  isPinned(scope: number, days: DayKind): boolean {
    return (this.rows[scope * STRIDE + COLUMNS[days].pinned] ?? 0) !== 0;
  }

  /** People correct what is usual on such days: all of its hours become unusual, or stay usual for ever. */
  revise(kind: Revision['kind'], scope: number, days: DayKind): void {
    const at = scope * STRIDE;
    const { rows } = this;
    const { usual, pinned, waiting } = COLUMNS[days];
    if (kind !== 'forget') {
      rows[at + pinned] = kind === 'pin' ? this.bitsAt(at, days) : 0;
      return;
    }
    const other = days === 'weekends' ? Column.usualWork : Column.usualRest;
    rows[at + other]! |= rows[at + Column.older]!;
    for (const column of [usual, pinned, Column.older, ...waiting]) {
      rows[at + column] = 0;
    }
  }

  /** Notes activity; true for the first one of an hour. Cheap within the hour that was noted last. */
  note(scope: number, time: number): boolean {
    const hour = Math.floor(time / HOUR_MS);
    return this.latest[scope] !== hour && this.noteHour(scope, hour);
  }

  /** Whether a scope is seldom active around a time; never so in its first week. */
  isUnusual(scope: number, time: number): boolean {
    const at = scope * STRIDE;
    const { rows } = this;
    const hour = Math.floor(time / HOUR_MS);
    const first = rows[at + Column.first] ?? 0;
    if (first === 0 || hour - first < DELAY_HOURS) {
      return false;
    }
    const isRest = isWeekend(hour);
    const bits = this.bitsAt(at, isRest ? 'weekends' : 'working days');
    const hours = isRest && bits === 0 ? this.bitsAt(at, 'working days') : bits;
    return (hours & around(hour)) === 0;
  }

  /** Calls for every scope that was seen. Changes nothing. */
  forEachScope(visit: (scope: number) => void): void {
    for (let at = STRIDE; at < this.rows.length; at += STRIDE) {
      if (this.rows[at + Column.first] !== 0) {
        visit(at / STRIDE);
      }
    }
  }

  forget(scope: number): void {
    this.rows.fill(0, scope * STRIDE, (scope + 1) * STRIDE);
    this.latest[scope] = 0;
  }

  private bitsAt(at: number, days: DayKind): number {
    const { usual, pinned } = COLUMNS[days];
    const { rows } = this;
    return (rows[at + usual] ?? 0) | (rows[at + pinned] ?? 0) | (rows[at + Column.older] ?? 0);
  }

  private noteHour(scope: number, hour: number): boolean {
    const at = scope * STRIDE;
    if (at + STRIDE > this.rows.length) {
      const scopes = 2 * (scope + 1);
      this.rows = grown(this.rows, scopes * STRIDE);
      this.latest = grown(this.latest, scopes);
    }
    const { rows } = this;
    if (rows[at + Column.first] === 0) {
      rows[at + Column.first] = hour;
      rows[at + Column.turned] = hour;
    }
    if (hour < rows[at + Column.latest]!) {
      return false; // late: its hour was noted, or is as good as unknown
    }
    const { bit, isRest, weekStart } = placeOf(hour);
    this.passWeeks(at, hour, weekStart);
    const isFirstWeek = hour - rows[at + Column.first]! < DELAY_HOURS;
    const work = isFirstWeek ? Column.usualWork : Column.nowWork;
    const rest = isFirstWeek ? Column.usualRest : Column.nowRest;
    rows[at + (isRest ? rest : work)]! |= bit;
    rows[at + Column.latest] = hour;
    this.latest[scope] = hour;
    rows[at + Column.active]!++;
    return true;
  }

  /** Each Monday what was used in the week before last joins what is usual; once in 30 days the older half is dropped. */
  private passWeeks(at: number, hour: number, weekStart: number): void {
    const { rows } = this;
    const latest = rows[at + Column.latest]!;
    const weeks = latest === 0 || latest >= weekStart ? 0 : weekOf(hour) - weekOf(latest);
    for (let n = 0; n < Math.min(2, weeks); n++) {
      rows[at + Column.usualWork]! |= rows[at + Column.lastWork]!;
      rows[at + Column.usualRest]! |= rows[at + Column.lastRest]!;
      rows[at + Column.lastWork] = rows[at + Column.nowWork]!;
      rows[at + Column.lastRest] = rows[at + Column.nowRest]!;
      rows[at + Column.nowWork] = 0;
      rows[at + Column.nowRest] = 0;
    }
    if (hour - rows[at + Column.turned]! >= HALF_HOURS) {
      rows[at + Column.older] = rows[at + Column.usualWork]! | rows[at + Column.usualRest]!;
      rows[at + Column.usualWork] = 0;
      rows[at + Column.usualRest] = 0;
      rows[at + Column.turned] = hour;
    }
  }
}

/** Hours of the day of a set of them. */
function hoursIn(bits: number): number[] {
  return Array.from({ length: HOURS_A_DAY }, (_, hour) => hour).filter((hour) => ((bits >>> hour) & 1) === 1);
}

/** The bits of an hour of the day and of those near it. */
function around(hour: number): number {
  const first = (hour + HOURS_A_DAY - NEAR_HOURS) % HOURS_A_DAY;
  const bits = ((1 << (2 * NEAR_HOURS + 1)) - 1) << first;
  return bits | (bits >>> HOURS_A_DAY);
}

/** Where an hour lies in its week. */
interface HourPlace {
  hour: number;
  /** Of a set of hours of the day. */
  bit: number;
  isRest: boolean;
  /** The first hour of the week. */
  weekStart: number;
}

/** That of the hour that was asked for last: in a log they are mostly the same. */
let known: HourPlace = { hour: -1, bit: 0, isRest: false, weekStart: 0 };

function placeOf(hour: number): HourPlace {
  if (hour !== known.hour) {
    const weekStart = (7 * weekOf(hour) - 3) * HOURS_A_DAY;
    known = { hour, bit: 1 << (hour % HOURS_A_DAY), isRest: isWeekend(hour), weekStart };
  }
  return known;
}

/** The epoch was a Thursday. */
function weekOf(hour: number): number {
  return Math.floor((hour / HOURS_A_DAY + 3) / 7);
}

/** Saturday or Sunday, UTC. */
function isWeekend(hour: number): boolean {
  return (Math.floor(hour / HOURS_A_DAY) + 3) % 7 >= 5;
}
