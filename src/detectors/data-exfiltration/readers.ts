import { createDailyPeaks, type DailyPeaks } from '../../baselines/daily-peaks.ts';
import { createHourlyVolume, HOUR_MS, type HourlyVolume } from '../../baselines/hourly-volume.ts';
import { createSeasonalVolume, type SeasonalVolume } from '../../baselines/seasonal-volume.ts';
import { grown } from '../../lib/pair-table.ts';
import type { Id } from '../../model/activity.ts';
import type { Exhibit } from './finding-of.ts';

/** Principals watched at a time, each with some 4 kB; of more, the quarter that has been idle for longest is forgotten. */
const MAX_PRINCIPALS = 8192;
/** Numbers kept of a running hour: one cache line. */
const STRIDE = 8;
const Column = { hour: 0, sum: 1, events: 2, firstTime: 3, lastTime: 4, lookAt: 5 } as const;

/** What a principal has read before the running hour. */
export interface ReadHabits {
  hours: HourlyVolume;
  season: SeasonalVolume;
  /** The largest hour of each day, and the whole day. */
  hourPeaks: DailyPeaks;
  daySums: DailyPeaks;
  /** The day in hand, counted since the epoch: what it brought in hours that are over, and whether it was reported. */
  day: RunningDay;
}

export interface RunningDay {
  day: number;
  sum: number;
  events: number;
  firstTime: number;
  isReported: boolean;
}

/** The running hour of one principal, beside the hours before. */
export interface RunningHour {
  /** Counted since the epoch. */
  hour: number;
  /** Bytes. */
  sum: number;
  events: number;
  /** Of its events: the one that started it, and the latest. */
  firstTime: number;
  lastTime: number;
  habits: ReadHabits;
  /** Containers that it queries for the first time within a week. */
  fresh: ReadonlySet<Id>;
  /** What is shown of the hour, once it was reported. */
  exhibit: Exhibit | undefined;
}

/** Pairs of principal and container at hand: a power of two. */
const AT_HAND = 256;
/** Containers counted as new in an hour. */
const MAX_FRESH = 256;
const NOBODY: readonly Id[] = [];
const NOTHING: ReadonlySet<Id> = new Set();

/** What each principal reads: the running hour in numbers side by side, the hours before as a histogram. */
export class Readers {
  private running = new Float64Array(STRIDE);
  private readonly known = new Map<Id, ReadHabits>();
  private readonly atHand = new Int32Array(3 * AT_HAND);
  private readonly fresh = new Map<Id, Set<Id>>();
  private readonly exhibits = new Map<Id, Exhibit>();

  /** The hour that runs for a principal; 0 when it is not known. */
  hourOf(principal: Id): number {
    return this.running[principal * STRIDE + Column.hour] ?? 0;
  }

  /** Adds to the running hour; true when its sum is to be looked at. */
  add(principal: Id, bytes: number, time: number): boolean {
    const { running } = this;
    const at = principal * STRIDE;
    const sum = running[at + Column.sum]! + bytes;
    running[at + Column.sum] = sum;
    running[at + Column.events]! += 1;
    if (time > running[at + Column.lastTime]!) {
      running[at + Column.lastTime] = time;
    }
    return sum > running[at + Column.lookAt]!;
  }

  /** Whether a container was met by the principal within the hour, as far as that is at hand; it is from now on. */
  isAtHand(principal: Id, container: Id, time: number): boolean {
    const { atHand } = this;
    const hour = Math.floor(time / HOUR_MS);
    const at = 3 * ((Math.imul(principal, 31) + container) & (AT_HAND - 1));
    if (atHand[at] === hour && atHand[at + 1] === principal && atHand[at + 2] === container) {
      return true;
    }
    atHand[at] = hour;
    atHand[at + 1] = principal;
    atHand[at + 2] = container;
    return false;
  }

  /** Ids may be given to others from here on. */
  forgetAtHand(): void {
    this.atHand.fill(0);
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

  runningHour(principal: Id): RunningHour | undefined {
    const { running } = this;
    const habits = this.known.get(principal);
    if (habits === undefined) {
      return undefined;
    }
    const at = principal * STRIDE;
    return {
      hour: running[at + Column.hour]!,
      sum: running[at + Column.sum]!,
      events: running[at + Column.events]!,
      firstTime: running[at + Column.firstTime]!,
      lastTime: running[at + Column.lastTime]!,
      habits,
      fresh: this.fresh.size === 0 ? NOTHING : (this.fresh.get(principal) ?? NOTHING),
      exhibit: this.exhibits.size === 0 ? undefined : this.exhibits.get(principal),
    };
  }

  /** Starts an hour, from whose sum of `lookAt` on it is to be looked at. A new principal needs room: see `idle`. */
  start(principal: Id, time: number, lookAt: number): void {
    if (!this.known.has(principal)) {
      this.known.set(principal, createHabits(time));
    }
    if ((principal + 1) * STRIDE > this.running.length) {
      this.running = grown(this.running, Math.max(2 * this.running.length, (principal + 1) * STRIDE));
    }
    if (this.exhibits.size > 0) {
      this.exhibits.delete(principal);
    }
    if (this.fresh.size > 0) {
      this.fresh.delete(principal);
    }
    const { running } = this;
    const at = principal * STRIDE;
    running[at + Column.sum] = 0;
    running[at + Column.events] = 0;
    running[at + Column.hour] = Math.floor(time / HOUR_MS);
    running[at + Column.firstTime] = time;
    running[at + Column.lastTime] = time;
    running[at + Column.lookAt] = lookAt;
  }

  lookAgainAt(principal: Id, sum: number): void {
    this.running[principal * STRIDE + Column.lookAt] = sum;
  }

  exhibit(principal: Id, exhibit: Exhibit): void {
    this.exhibits.set(principal, exhibit);
  }

  /** Who must be forgotten before another principal is watched; mostly nobody. */
  idle(): readonly Id[] {
    if (this.known.size < MAX_PRINCIPALS) {
      return NOBODY;
    }
    const lastTime = (principal: Id) => this.running[principal * STRIDE + Column.lastTime]!;
    const byIdleness = [...this.known.keys()].sort((a, b) => lastTime(a) - lastTime(b) || a - b);
    return byIdleness.slice(0, MAX_PRINCIPALS / 4);
  }

  forget(principal: Id): void {
    this.known.delete(principal);
    this.exhibits.delete(principal);
    this.fresh.delete(principal);
    this.running.fill(0, principal * STRIDE, (principal + 1) * STRIDE);
  }

  forEach(visit: (principal: Id) => void): void {
    for (const principal of this.known.keys()) {
      visit(principal);
    }
  }
}

function createHabits(time: number): ReadHabits {
  return {
    hours: createHourlyVolume(time),
    season: createSeasonalVolume(Math.floor(time / HOUR_MS)),
    hourPeaks: createDailyPeaks(time),
    daySums: createDailyPeaks(time),
    day: { day: 0, sum: 0, events: 0, firstTime: time, isReported: false },
  };
}
