import { grown, PairTable } from '../lib/pair-table.ts';
import { compactTime, expandedTime } from './compact-time.ts';
import { SeenToday } from './seen-today.ts';

/** Pairs remembered at a time. */
const MAX_PAIRS = 1_048_576;
const DAY_S = 86_400;

/**
 * Which pairs (say, principal and address) have been seen together, with a memory of some days. A pair that is met again
 * is noted once a day. About 30 bytes a pair. When there are too many, those not seen for longest are forgotten.
 */
export class Acquaintances {
  static readonly omits = ['today'];
  private readonly memoryS: number;
  private readonly pairs = new PairTable();
  /** What `isNoted` was asked of late. */
  private today: SeenToday | undefined;
  /** Compact time at which a pair was first seen on its latest day, by slot. */
  private last = new Int32Array(0);
  /** Day of event time on which expired pairs were last forgotten. */
  private day = 0;
  /** Compact time before which no pair was learned. */
  private earliest = Number.POSITIVE_INFINITY;

  constructor(memoryDays: number) {
    this.memoryS = memoryDays * DAY_S;
  }

  isKnown(a: number, b: number, time: number): boolean {
    const slot = this.pairs.find(a, b);
    return slot !== 0 && compactTime(time) - this.last[slot]! <= this.memoryS;
  }

  /** Notes that a known pair was seen again; false, and nothing noted, for others. */
  meet(a: number, b: number, time: number): boolean {
    const slot = this.pairs.find(a, b);
    const seconds = compactTime(time);
    if (slot === 0 || seconds - this.last[slot]! > this.memoryS) {
      return false;
    }
    if (dayOf(seconds) > dayOf(this.last[slot]!)) {
      this.last[slot] = seconds;
    }
    return true;
  }

  /** Whether a pair is known and was noted on this day, so that meeting it changes nothing. `a` must be small, `b` not 0. */
  isNoted(a: number, b: number, time: number): boolean {
    const day = dayOf(compactTime(time));
    this.today ??= new SeenToday();
    if (this.today.has(a, b, day)) {
      return true;
    }
    const slot = this.pairs.find(a, b);
    const isSame = slot !== 0 && dayOf(this.last[slot]!) === day;
    if (isSame) {
      this.today.add(a, b, day);
    }
    return isSame;
  }

  learn(a: number, b: number, time: number): void {
    const seconds = compactTime(time);
    this.earliest = Math.min(this.earliest, seconds);
    this.beginDay(seconds);
    let slot = this.pairs.find(a, b);
    if (slot === 0) {
      if (this.pairs.size >= MAX_PAIRS) {
        this.today?.clear();
        this.pairs.removeOldest(MAX_PAIRS / 4, (known) => this.last[known]!);
      }
      slot = this.pairs.add(a, b);
      if (slot >= this.last.length) {
        this.last = grown(this.last, this.pairs.capacity + 1);
      }
      this.last[slot] = 0;
    }
    this.last[slot] = Math.max(this.last[slot]!, seconds);
  }

  forget(a: number, b: number): void {
    const slot = this.pairs.find(a, b);
    if (slot !== 0) {
      this.pairs.remove(slot);
      this.today?.clear();
    }
  }

  /** Who knows the one knows the other: both stand for the same. */
  inherit(a: number, from: number, to: number): void {
    const slot = this.pairs.find(a, from);
    if (slot !== 0) {
      this.learn(a, to, expandedTime(this.last[slot]!));
    }
  }

  /** Calls for every pair that is held, with when it was last noted in milliseconds. Changes nothing. */
  forEach(visit: (a: number, b: number, time: number) => void): void {
    this.pairs.forEach((slot) => {
      visit(this.pairs.first(slot), this.pairs.second(slot), expandedTime(this.last[slot]!));
    });
  }

  /** Forgets expired pairs, once a day of event time: not when ids are swept, which must change nothing. */
  private beginDay(seconds: number): void {
    const day = dayOf(seconds);
    if (day <= this.day) {
      return;
    }
    this.day = day;
    if (seconds - this.earliest <= this.memoryS) {
      return; // nothing can have expired yet
    }
    this.pairs.forEach((slot) => {
      if (seconds - this.last[slot]! > this.memoryS) {
        this.pairs.remove(slot);
      }
    });
  }
}

function dayOf(seconds: number): number {
  return Math.floor(seconds / DAY_S);
}
