import { bitCount } from '../lib/bit-count.ts';
import { grown } from '../lib/pair-table.ts';
import type { Revision } from '../model/decision.ts';
import { around, HOURS_A_DAY, hoursIn, isWeekend, placeOf, weekOf } from './hours-of-day.ts';
import { hoursOfRows } from './hours-of-rows.ts';

const HOUR_MS = 3_600_000;
/** What was used teaches so many hours later: a week. */
const DELAY_HOURS = 7 * HOURS_A_DAY;
/** Half of the memory: usual hours are kept in two halves, of which the older one is dropped. */
const HALF_HOURS = 30 * HOURS_A_DAY;
const STRIDE = 12;
const FIRST_SCOPES = 64;
/** Hours of the day from which it is round the clock: nobody works so many. */
const ROUND_HOURS = 20;
/**
 * Columns of a row. Hours are counted since the epoch, 0 is none. Sets of hours are bits, one an hour of the day:
 * `now` of this week, `last` of the one before, `usual` of those before that, each on working days and at weekends.
 */
const Column = {
  first: 0,
  nowWork: 1,
  nowRest: 2,
  lastWork: 3,
  lastRest: 4,
  usualWork: 5,
  usualRest: 6,
  older: 7,
  turned: 8,
  active: 9,
  pinnedWork: 10,
  pinnedRest: 11,
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
 * Memory is 30 to 60 days, but of what people pinned. Many are active in one hour and never again: all that is known of
 * them is that hour. 8 bytes for each number up to the highest scope, 48 for each that was active in two hours.
 */
export class UsualHours {
  /** By scope, the hour that was noted last: what is asked for with each record lies close together. */
  private latest = new Int32Array(FIRST_SCOPES);
  /** By scope, the number of its row; 0: it was active in no hour but `latest`. */
  private places = new Int32Array(FIRST_SCOPES);
  private rows = new Int32Array(STRIDE);
  private highest = 0;
  private free: number[] = [];

  restored(): void {
    if (this.places === undefined) {
      Object.assign(this, hoursOfRows(this.rows)); // a state of 0.1
    }
  }

  /** When a scope was first seen, milliseconds to the hour; undefined when it was not. */
  firstTimeOf(scope: number): number | undefined {
    const first = this.firstHourOf(scope);
    return first === 0 ? undefined : first * HOUR_MS;
  }

  /** The last hour in which a scope was active, milliseconds. */
  lastTimeOf(scope: number): number {
    return (this.latest[scope] ?? 0) * HOUR_MS;
  }

  /** Hours in which a scope was active. */
  countOf(scope: number): number {
    const at = this.rowOf(scope);
    return at === 0 ? Math.sign(this.latest[scope] ?? 0) : this.rows[at + Column.active]!;
  }

  /** Whether a scope is active at nearly all hours of the day, as programs are. */
  isRoundTheClock(scope: number): boolean {
    const at = this.rowOf(scope);
    const { rows } = this;
    const bits = rows[at + Column.usualWork]! | rows[at + Column.usualRest]! | rows[at + Column.older]!;
    return at !== 0 && bitCount(bits) >= ROUND_HOURS;
  }

  /** The hours that are usual on such days, ascending; none where nothing is known of them. */
  hoursOf(scope: number, days: DayKind): number[] {
    return hoursIn(this.bitsOf(scope, days));
  }

  isPinned(scope: number, days: DayKind): boolean {
    return this.rows[this.rowOf(scope) + COLUMNS[days].pinned] !== 0;
  }

  /** People correct what is usual on such days: all of its hours become unusual, or stay usual for ever. */
  revise(kind: Revision['kind'], scope: number, days: DayKind): void {
    if (this.firstHourOf(scope) === 0) {
      return;
    }
    const at = this.rowOf(scope) || this.addRow(scope);
    const { rows } = this;
    const { usual, pinned, waiting } = COLUMNS[days];
    if (kind !== 'forget') {
      rows[at + pinned] = kind === 'pin' ? this.bitsOf(scope, days) : 0;
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
    const hour = Math.floor(time / HOUR_MS);
    const first = this.firstHourOf(scope);
    if (first === 0 || hour - first < DELAY_HOURS) {
      return false;
    }
    const isRest = isWeekend(hour);
    const bits = this.bitsOf(scope, isRest ? 'weekends' : 'working days');
    const hours = isRest && bits === 0 ? this.bitsOf(scope, 'working days') : bits;
    return (hours & around(hour)) === 0;
  }

  /** Calls for every scope that was seen. Changes nothing. */
  forEachScope(visit: (scope: number) => void): void {
    for (let scope = 1; scope < this.latest.length; scope++) {
      if (this.latest[scope] !== 0) {
        visit(scope);
      }
    }
  }

  forget(scope: number): void {
    const at = this.rowOf(scope);
    if (at !== 0) {
      this.rows.fill(0, at, at + STRIDE);
      this.places[scope] = 0;
      this.free.push(at / STRIDE);
    }
    this.latest[scope] = 0;
  }

  /** Where the row of a scope lies. At 0 lies one of zeros. */
  private rowOf(scope: number): number {
    return STRIDE * (this.places[scope] ?? 0);
  }

  private firstHourOf(scope: number): number {
    const at = this.rowOf(scope);
    return at === 0 ? (this.latest[scope] ?? 0) : this.rows[at + Column.first]!;
  }

  private bitsOf(scope: number, days: DayKind): number {
    const at = this.rowOf(scope);
    if (at === 0) {
      const { bit, isRest, hour } = placeOf(this.latest[scope] ?? 0);
      return hour !== 0 && isRest === (days === 'weekends') ? bit : 0;
    }
    const { usual, pinned } = COLUMNS[days];
    const { rows } = this;
    return rows[at + usual]! | rows[at + pinned]! | rows[at + Column.older]!;
  }

  private noteHour(scope: number, hour: number): boolean {
    if (scope >= this.latest.length) {
      this.latest = grown(this.latest, 2 * (scope + 1));
      this.places = grown(this.places, 2 * (scope + 1));
    }
    const latest = this.latest[scope]!;
    if (hour < latest) {
      return false; // late: its hour was noted, or is as good as unknown
    }
    if (latest !== 0) {
      this.noteInRow(this.rowOf(scope) || this.addRow(scope), hour, latest);
    }
    this.latest[scope] = hour;
    return true;
  }

  /** Gives a scope a row, which says what its first hour says. */
  private addRow(scope: number): number {
    const place = this.free.pop() ?? ++this.highest;
    const at = STRIDE * place;
    if (at + STRIDE > this.rows.length) {
      this.rows = grown(this.rows, 2 * (at + STRIDE));
    }
    this.places[scope] = place;
    const { bit, isRest, hour } = placeOf(this.latest[scope]!);
    this.rows[at + Column.first] = hour;
    this.rows[at + Column.turned] = hour;
    this.rows[at + Column.active] = 1;
    this.rows[at + (isRest ? Column.usualRest : Column.usualWork)] = bit;
    return at;
  }

  private noteInRow(at: number, hour: number, latest: number): void {
    const { rows } = this;
    const { bit, isRest, weekStart } = placeOf(hour);
    this.passWeeks(at, hour, latest >= weekStart ? 0 : weekOf(hour) - weekOf(latest));
    const isFirstWeek = hour - rows[at + Column.first]! < DELAY_HOURS;
    const work = isFirstWeek ? Column.usualWork : Column.nowWork;
    const rest = isFirstWeek ? Column.usualRest : Column.nowRest;
    rows[at + (isRest ? rest : work)]! |= bit;
    rows[at + Column.active]!++;
  }

  /** Each Monday what was used in the week before last joins what is usual; once in 30 days the older half is dropped. */
  private passWeeks(at: number, hour: number, weeks: number): void {
    const { rows } = this;
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
