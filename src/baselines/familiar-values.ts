import { grown, PairTable } from '../lib/pair-table.ts';
import { compactTime } from './compact-time.ts';
import { NotedPairs } from './noted-pairs.ts';
import { ValueAtHand } from './value-at-hand.ts';

const DAY_S = 86_400;
/** A value is on probation for so long: who begins slowly cannot teach himself in within a week. */
const PROBATION_S = 7 * DAY_S;
/** Pairs remembered at a time. */
const MAX_PAIRS = 262_144;
const FIRST_PAIRS = 64;
/** Pairs whose day is at hand, at most. */
const MAX_NOTED = 65_536;

/**
 * Which values (say, places, tables) a scope (say, a principal) has used for longer than a week, with a memory of some
 * days. Values of the scope's own first week are familiar at once: they are its inventory. About 60 bytes a pair; when
 * there are too many, the quarter not seen for longest is forgotten.
 */
export class FamiliarValues {
  static readonly omits = ['atHand', 'noted', 'newest', 'earlier'];
  private readonly memoryS: number;
  private readonly pairs = new PairTable(FIRST_PAIRS);
  /** Compact times by slot: the second to the day. */
  private first = new Int32Array(FIRST_PAIRS + 1);
  private last = new Int32Array(FIRST_PAIRS + 1);
  private atHand = new ValueAtHand();
  /** Values that scopes use beside the one that is at hand, of the day on which they were met last. */
  private noted = new NotedPairs(FIRST_PAIRS);
  /** By the last bits of a scope, the slot that was added last to one that has these. */
  private newest = new Int32Array(FIRST_PAIRS);
  /** By slot, the one that was added before to a scope with the same last bits. */
  private earlier = new Int32Array(FIRST_PAIRS + 1);

  constructor(memoryDays: number) {
    this.memoryS = memoryDays * DAY_S;
  }

  restored(): void {
    this.noted = new NotedPairs(Math.min(this.pairs.capacity, MAX_NOTED));
    this.atHand = new ValueAtHand();
    this.linkAll();
  }

  /** Notes a use, once a day. A value that was away for longer than the memory is on probation anew. */
  meet(scope: number, value: number, time: number): void {
    const seconds = compactTime(time);
    const day = dayOf(seconds);
    if (this.atHand.is(scope, value, day)) {
      return;
    }
    if (!this.noted.has(scope, value, day)) {
      this.note(this.pairs.find(scope, value) || this.add(scope, value, seconds), seconds);
      this.noted.add(scope, value, day);
    }
    this.atHand.set(scope, value, day);
  }

  /** Notes a use, and says whether the value was familiar before: `isFamiliar`, then `meet`. */
  meetFamiliar(scope: number, value: number, time: number, since: number): boolean {
    const seconds = compactTime(time);
    const known = this.pairs.find(scope, value);
    const isFamiliar = known !== 0 && this.isSlotFamiliar(known, seconds, since);
    this.note(known || this.add(scope, value, seconds), seconds);
    return isFamiliar;
  }

  /** @param since when the scope was first seen, milliseconds */
  isFamiliar(scope: number, value: number, time: number, since: number): boolean {
    const slot = this.pairs.find(scope, value);
    return slot !== 0 && this.isSlotFamiliar(slot, compactTime(time), since);
  }

  /** How many values a scope has used for the first time between two times; those of its first week do not count. */
  gainedBetween(scope: number, from: number, to: number, since: number): number {
    const end = compactTime(to);
    const start = Math.max(compactTime(from), compactTime(since) + PROBATION_S);
    let gained = 0;
    for (let slot = this.newest[this.placeOf(scope)]!; slot !== 0; slot = this.earlier[slot]!) {
      const first = this.first[slot]!;
      gained += this.pairs.first(slot) === scope && first >= start && first <= end ? 1 : 0;
    }
    return gained;
  }

  /** Whether a scope has used another value, as far as is remembered. */
  hasOther(scope: number, value: number): boolean {
    for (let slot = this.newest[this.placeOf(scope)]!; slot !== 0; slot = this.earlier[slot]!) {
      if (this.pairs.first(slot) === scope && this.pairs.second(slot) !== value) {
        return true;
      }
    }
    return false;
  }

  /** What was reported teaches nothing. */
  forget(scope: number, value: number): void {
    const slot = this.pairs.find(scope, value);
    if (slot !== 0) {
      this.unlink(scope, slot);
      this.pairs.remove(slot);
    }
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
    return isOld && dayOf(seconds) - this.last[slot]! <= this.memoryS;
  }

  private note(slot: number, seconds: number): void {
    const day = dayOf(seconds);
    if (day - this.last[slot]! > this.memoryS) {
      this.first[slot] = seconds;
    }
    this.last[slot] = Math.max(this.last[slot]!, day);
  }

  private add(scope: number, value: number, seconds: number): number {
    if (this.pairs.size >= MAX_PAIRS) {
      this.pairs.removeOldest(MAX_PAIRS / 4, (known) => this.last[known]!);
      this.restored();
    }
    const slot = this.pairs.add(scope, value);
    if (slot >= this.first.length) {
      this.first = grown(this.first, this.pairs.capacity + 1);
      this.last = grown(this.last, this.pairs.capacity + 1);
      this.noted = new NotedPairs(Math.min(this.pairs.capacity, MAX_NOTED));
      this.linkAll();
    } else {
      this.link(slot);
    }
    this.first[slot] = seconds;
    this.last[slot] = 0;
    return slot;
  }

  private linkAll(): void {
    this.newest = new Int32Array(this.pairs.capacity);
    this.earlier = new Int32Array(this.pairs.capacity + 1);
    this.pairs.forEach((slot) => {
      this.link(slot);
    });
  }

  private link(slot: number): void {
    const place = this.placeOf(this.pairs.first(slot));
    this.earlier[slot] = this.newest[place]!;
    this.newest[place] = slot;
  }

  private unlink(scope: number, slot: number): void {
    this.noted.remove(scope, this.pairs.second(slot));
    this.atHand.forget(scope);
    const place = this.placeOf(scope);
    if (this.newest[place] === slot) {
      this.newest[place] = this.earlier[slot]!;
      return;
    }
    let later = this.newest[place]!;
    while (this.earlier[later] !== slot) {
      later = this.earlier[later]!;
    }
    this.earlier[later] = this.earlier[slot]!;
  }

  /** Capacities are powers of two. */
  private placeOf(scope: number): number {
    return scope & (this.newest.length - 1);
  }
}

/** The beginning of a day, as a compact time. */
function dayOf(seconds: number): number {
  return seconds - (seconds % DAY_S);
}
