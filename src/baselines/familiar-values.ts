import { grown, PairTable } from '../lib/pair-table.ts';
import { compactTime } from './compact-time.ts';

const DAY_S = 86_400;
/** A value is on probation for so long: who begins slowly cannot teach himself in within a week. */
const PROBATION_S = 7 * DAY_S;
/** Pairs remembered at a time. */
const MAX_PAIRS = 262_144;

/**
 * Which values (say, places, tables) a scope (say, a principal) has used for longer than a week, with a memory of some
 * days. Values of the scope's own first week are familiar at once: they are its inventory. About 35 bytes a pair; when
 * there are too many, the quarter not seen for longest is forgotten.
 */
export class FamiliarValues {
  static readonly omits = ['latest'];
  private readonly memoryS: number;
  private readonly pairs = new PairTable(64);
  /** Compact times by slot. */
  private first = new Int32Array(65);
  private last = new Int32Array(65);
  /** By scope: the value met last, and the day. Most scopes use one value again and again. */
  private latest = new Int32Array(0);

  constructor(memoryDays: number) {
    this.memoryS = memoryDays * DAY_S;
  }

  /**
   * Notes a use, to the day where a value is used again and again. One that was away for longer than the memory is on
   * probation anew.
   */
  meet(scope: number, value: number, time: number): void {
    const seconds = compactTime(time);
    const day = Math.floor(seconds / DAY_S);
    const at = 2 * scope;
    if (at >= this.latest.length) {
      this.latest = grown(this.latest, 4 * (scope + 1));
    }
    if (this.latest[at] === value && this.latest[at + 1] === day) {
      return;
    }
    this.latest[at] = value;
    this.latest[at + 1] = day;
    this.note(this.pairs.find(scope, value) || this.add(scope, value, seconds), seconds);
  }

  /** Notes a use, and says whether the value was familiar before: `isFamiliar`, then `meet`. */
  meetFamiliar(scope: number, value: number, time: number, since: number): boolean {
    const seconds = compactTime(time);
    const slot = this.pairs.find(scope, value);
    if (slot === 0) {
      this.add(scope, value, seconds);
      return false;
    }
    const isFamiliar = this.isSlotFamiliar(slot, seconds, since);
    this.note(slot, seconds);
    return isFamiliar;
  }

  /** @param since when the scope was first seen, milliseconds */
  isFamiliar(scope: number, value: number, time: number, since: number): boolean {
    const slot = this.pairs.find(scope, value);
    return slot !== 0 && this.isSlotFamiliar(slot, compactTime(time), since);
  }

  /**
   * How many values a scope has used for the first time between two times; those of its first week do not count. Looks
   * at all pairs: for those who ask seldom.
   */
  gainedBetween(scope: number, from: number, to: number, since: number): number {
    const end = compactTime(to);
    const start = Math.max(compactTime(from), compactTime(since) + PROBATION_S);
    let gained = 0;
    this.pairs.forEach((slot) => {
      const first = this.first[slot]!;
      gained += this.pairs.first(slot) === scope && first >= start && first <= end ? 1 : 0;
    });
    return gained;
  }

  /** What was reported teaches nothing. */
  forget(scope: number, value: number): void {
    const slot = this.pairs.find(scope, value);
    if (slot !== 0) {
      this.pairs.remove(slot);
    }
    this.latest[2 * scope] = 0;
  }

  restored(): void {
    this.latest = new Int32Array(0);
  }

  /** Calls for every pair that is held. Changes nothing. */
  forEach(visit: (scope: number, value: number) => void): void {
    this.pairs.forEach((slot) => {
      visit(this.pairs.first(slot), this.pairs.second(slot));
    });
  }

  private isSlotFamiliar(slot: number, seconds: number, since: number): boolean {
    const first = this.first[slot]!;
    const isOld = seconds - first >= PROBATION_S || first - compactTime(since) < PROBATION_S;
    return isOld && seconds - this.last[slot]! <= this.memoryS;
  }

  private note(slot: number, seconds: number): void {
    if (seconds - this.last[slot]! > this.memoryS) {
      this.first[slot] = seconds;
    }
    if (Math.floor(seconds / DAY_S) > Math.floor(this.last[slot]! / DAY_S)) {
      this.last[slot] = seconds; // to the day: what `latest` remembers, and forgets in a restart, changes nothing
    }
  }

  private add(scope: number, value: number, seconds: number): number {
    if (this.pairs.size >= MAX_PAIRS) {
      for (const oldest of this.pairs.oldest(MAX_PAIRS / 4, (known) => this.last[known]!)) {
        this.pairs.remove(oldest);
      }
      this.latest.fill(0);
    }
    const slot = this.pairs.add(scope, value);
    if (slot >= this.first.length) {
      this.first = grown(this.first, this.pairs.capacity + 1);
      this.last = grown(this.last, this.pairs.capacity + 1);
    }
    this.first[slot] = seconds;
    this.last[slot] = seconds;
    return slot;
  }
}
