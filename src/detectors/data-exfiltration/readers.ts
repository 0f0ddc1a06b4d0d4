import { createHourlyVolume, HOUR_MS, type HourlyVolume } from '../../baselines/hourly-volume.ts';
import { grown } from '../../lib/pair-table.ts';
import type { Id } from '../../model/activity.ts';
import type { Exhibit } from './finding-of.ts';

/** Principals watched at a time; of more, the quarter that has been idle for longest is forgotten. */
const MAX_PRINCIPALS = 16_384;
/** Numbers kept of a running hour: one cache line. */
const STRIDE = 8;
const Column = { hour: 0, sum: 1, events: 2, firstTime: 3, lastTime: 4, lookAt: 5 } as const;

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
  volume: HourlyVolume;
  /** What is shown of the hour, once it was reported. */
  exhibit: Exhibit | undefined;
}

const NOBODY: readonly Id[] = [];

/** What each principal reads: the running hour in numbers side by side, the hours before as a histogram. */
export class Readers {
  private running = new Float64Array(STRIDE);
  private readonly volumes = new Map<Id, HourlyVolume>();
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

  runningHour(principal: Id): RunningHour | undefined {
    const { running } = this;
    const volume = this.volumes.get(principal);
    if (volume === undefined) {
      return undefined;
    }
    const at = principal * STRIDE;
    return {
      hour: running[at + Column.hour]!,
      sum: running[at + Column.sum]!,
      events: running[at + Column.events]!,
      firstTime: running[at + Column.firstTime]!,
      lastTime: running[at + Column.lastTime]!,
      volume,
      exhibit: this.exhibits.size === 0 ? undefined : this.exhibits.get(principal),
    };
  }

  /** Starts an hour, from whose sum of `lookAt` on it is to be looked at. A new principal needs room: see `idle`. */
  start(principal: Id, time: number, lookAt: number): void {
    if (!this.volumes.has(principal)) {
      this.volumes.set(principal, createHourlyVolume(time));
    }
    if ((principal + 1) * STRIDE > this.running.length) {
      this.running = grown(this.running, Math.max(2 * this.running.length, (principal + 1) * STRIDE));
    }
    if (this.exhibits.size > 0) {
      this.exhibits.delete(principal);
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
    if (this.volumes.size < MAX_PRINCIPALS) {
      return NOBODY;
    }
    const lastTime = (principal: Id) => this.running[principal * STRIDE + Column.lastTime]!;
    const byIdleness = [...this.volumes.keys()].sort((a, b) => lastTime(a) - lastTime(b) || a - b);
    return byIdleness.slice(0, MAX_PRINCIPALS / 4);
  }

  forget(principal: Id): void {
    this.volumes.delete(principal);
    this.exhibits.delete(principal);
    this.running.fill(0, principal * STRIDE, (principal + 1) * STRIDE);
  }

  forEach(visit: (principal: Id) => void): void {
    for (const principal of this.volumes.keys()) {
      visit(principal);
    }
  }
}
