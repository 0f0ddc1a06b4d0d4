import { addPeak } from '../../baselines/daily-peaks.ts';
import { HOUR_MS } from '../../baselines/hourly-volume.ts';
import { grown } from '../../lib/pair-table.ts';
import type { Id } from '../../model/activity.ts';
import type { Exhibit } from './finding-of.ts';
import { addHabitualHour, createReadHabits, type ReadHabits, type RunningHour } from './read-habits.ts';
import { Column, MAX_WAITING, STRIDE } from './reader-columns.ts';

/** Principals watched at a time, each with some 5 kB; of more, the quarter that has been idle for longest is forgotten. */
const MAX_PRINCIPALS = 8192;
/** Containers with ids below this are noted in bits: words are few, and containers among the first. */
const MET_BITS = 64;
const DAY_HOURS = 24;

/** Containers counted as new in an hour. */
const MAX_FRESH = 256;
const NOBODY: readonly Id[] = [];
const NOTHING: ReadonlySet<Id> = new Set();

/**
 * What each principal reads: the running hour in numbers side by side, the hours before as a histogram. Hours that are
 * over join it several at a time: it lies far away, and nobody looks at it for most of them.
 */
export class Readers {
  /** By principal, where its numbers lie in `rows`; 0: not known. The first row is nobody's, and empty. */
  private places = new Int32Array(8);
  private rows = new Float64Array(STRIDE);
  /** By row. */
  private readonly habits: (ReadHabits | undefined)[] = [undefined];
  private readonly free: number[] = [];
  private readonly fresh = new Map<Id, Set<Id>>();
  private readonly exhibits = new Map<Id, Exhibit>();

  /** The hour that runs for a principal; 0 when it is not known. */
  hourOf(principal: Id): number {
    return this.rows[this.placeOf(principal) + Column.hour]!;
  }

  /** Adds to the running hour; true when its sum is to be looked at. */
  add(principal: Id, bytes: number, time: number): boolean {
    const { rows } = this;
    const at = this.placeOf(principal);
    const sum = rows[at + Column.sum]! + bytes;
    rows[at + Column.sum] = sum;
    rows[at + Column.events]! += 1;
    if (time > rows[at + Column.lastTime]!) {
      rows[at + Column.lastTime] = time;
    }
    return sum > rows[at + Column.lookAt]!;
  }

  /** Whether a container that was familiar was met by the principal on the day of an hour, as far as that is at hand. */
  isMet(principal: Id, container: Id, hour: number): boolean {
    const { rows } = this;
    const at = this.placeOf(principal);
    return (
      container < MET_BITS &&
      rows[at + Column.metDay] === Math.floor(hour / DAY_HOURS) &&
      ((rows[at + Column.met + (container >> 5)]! >>> (container & 31)) & 1) === 1
    );
  }

  /** Notes that a container that is familiar was met. */
  meet(principal: Id, container: Id, hour: number): void {
    if (container >= MET_BITS) {
      return;
    }
    const { rows } = this;
    const at = this.placeOf(principal);
    const day = Math.floor(hour / DAY_HOURS);
    if (rows[at + Column.metDay] !== day) {
      this.forgetMet(principal);
      rows[at + Column.metDay] = day;
    }
    rows[at + Column.met + (container >> 5)]! |= 1 << (container & 31);
  }

  /** What was met is to be looked up again. */
  forgetMet(principal: Id): void {
    this.rows.fill(0, this.placeOf(principal) + Column.metDay, this.placeOf(principal) + Column.over);
  }

  /** Adds a container to those that are new in the running hour; true for the first time. */
  addFresh(principal: Id, container: Id): boolean {
    const containers = this.fresh.get(principal) ?? new Set<Id>();
    if (containers.has(container) || containers.size >= MAX_FRESH) {
      return false;
    }
    this.fresh.set(principal, containers.add(container));
    return true;
  }

  isExhibited(principal: Id): boolean {
    return this.exhibits.size > 0 && this.exhibits.has(principal);
  }

  /** The running hour of a principal that is known, with all hours before it. */
  runningHour(principal: Id): RunningHour {
    const { rows } = this;
    const at = this.placeOf(principal);
    this.join(at);
    return {
      hour: rows[at + Column.hour]!,
      sum: rows[at + Column.sum]!,
      events: rows[at + Column.events]!,
      firstTime: rows[at + Column.firstTime]!,
      lastTime: rows[at + Column.lastTime]!,
      habits: this.habits[at / STRIDE]!,
      day: {
        sum: rows[at + Column.daySum]!,
        events: rows[at + Column.dayEvents]!,
        firstTime: rows[at + Column.dayFirstTime]!,
      },
      fresh: this.fresh.get(principal) ?? NOTHING,
      exhibit: this.exhibits.get(principal),
    };
  }

  /** Starts an hour, from whose sum of `lookAt` on it is to be looked at. A new principal needs room: see `idle`. */
  start(principal: Id, time: number, lookAt: number): void {
    const at = this.placeOf(principal) || this.makePlace(principal, time);
    if (this.exhibits.size > 0) {
      this.exhibits.delete(principal);
    }
    if (this.fresh.size > 0) {
      this.fresh.delete(principal);
    }
    const { rows } = this;
    rows[at + Column.sum] = 0;
    rows[at + Column.events] = 0;
    rows[at + Column.hour] = Math.floor(time / HOUR_MS);
    rows[at + Column.firstTime] = time;
    rows[at + Column.lastTime] = time;
    rows[at + Column.lookAt] = lookAt;
  }

  /** Lets the running hour join those before it, and its day. What the day has brought by then. */
  end(principal: Id): number {
    const { rows } = this;
    const at = this.placeOf(principal);
    const hour = rows[at + Column.hour]!;
    const sum = rows[at + Column.sum]!;
    const waiting = rows[at + Column.waiting]!;
    rows[at + Column.over + 2 * waiting] = hour;
    rows[at + Column.over + 2 * waiting + 1] = sum;
    rows[at + Column.waiting] = waiting + 1;
    if (waiting + 1 === MAX_WAITING) {
      this.join(at);
    }
    const day = Math.floor(hour / DAY_HOURS);
    if (rows[at + Column.day] !== day) {
      this.beginDay(at, day);
    }
    rows[at + Column.daySum]! += sum;
    rows[at + Column.dayEvents]! += rows[at + Column.events]!;
    return rows[at + Column.daySum]!;
  }

  /** What the day in hand has brought by now does not count. */
  forgetDay(principal: Id): void {
    this.rows[this.placeOf(principal) + Column.daySum] = 0;
  }

  /** The day in hand was reported: it teaches nothing. */
  noteDayReported(principal: Id): void {
    this.rows[this.placeOf(principal) + Column.isDayReported] = 1;
  }

  lookAgainAt(principal: Id, sum: number): void {
    this.rows[this.placeOf(principal) + Column.lookAt] = sum;
  }

  exhibit(principal: Id, exhibit: Exhibit): void {
    this.exhibits.set(principal, exhibit);
  }

  /** Who must be forgotten before another principal is watched; mostly nobody. */
  idle(): readonly Id[] {
    if (this.habits.length - 1 - this.free.length < MAX_PRINCIPALS) {
      return NOBODY;
    }
    const principals: Id[] = [];
    this.forEach((principal) => {
      principals.push(principal);
    });
    const lastTime = (principal: Id) => this.rows[this.placeOf(principal) + Column.lastTime]!;
    return principals.sort((a, b) => lastTime(a) - lastTime(b) || a - b).slice(0, MAX_PRINCIPALS / 4);
  }

  forget(principal: Id): void {
    const at = this.placeOf(principal);
    this.exhibits.delete(principal);
    this.fresh.delete(principal);
    this.habits[at / STRIDE] = undefined;
    this.rows.fill(0, at, at + STRIDE);
    this.places[principal] = 0;
    this.free.push(at);
  }

  forEach(visit: (principal: Id) => void): void {
    for (let at = STRIDE; at < STRIDE * this.habits.length; at += STRIDE) {
      if (this.rows[at + Column.principal] !== 0) {
        visit(this.rows[at + Column.principal]!);
      }
    }
  }

  private placeOf(principal: Id): number {
    return principal < this.places.length ? this.places[principal]! : 0;
  }

  private makePlace(principal: Id, time: number): number {
    const at = this.free.pop() ?? STRIDE * this.habits.length;
    this.habits[at / STRIDE] = createReadHabits(time);
    if (at + STRIDE > this.rows.length) {
      this.rows = grown(this.rows, 2 * this.rows.length);
    }
    if (principal >= this.places.length) {
      this.places = grown(this.places, 2 * (principal + 1));
    }
    this.rows[at + Column.principal] = principal;
    this.places[principal] = at;
    return at;
  }

  private beginDay(at: number, day: number): void {
    const { rows } = this;
    const over = rows[at + Column.day]!;
    if (over > 0 && rows[at + Column.isDayReported] === 0) {
      addPeak(this.habits[at / STRIDE]!.daySums, over * DAY_HOURS * HOUR_MS, rows[at + Column.daySum]!);
    }
    rows[at + Column.day] = day;
    rows[at + Column.daySum] = 0;
    rows[at + Column.dayEvents] = 0;
    rows[at + Column.dayFirstTime] = rows[at + Column.firstTime]!;
    rows[at + Column.isDayReported] = 0;
  }

  /** Hours that wait join those before. */
  private join(at: number): void {
    const { rows } = this;
    const habits = this.habits[at / STRIDE]!;
    const end = at + Column.over + 2 * rows[at + Column.waiting]!;
    for (let over = at + Column.over; over < end; over += 2) {
      addHabitualHour(habits, rows[over]!, rows[over + 1]!);
    }
    rows[at + Column.waiting] = 0;
  }
}
