import type { Revision } from '../model/decision.ts';
import { compactTime, expandedTime, startOfDay } from './compact-time.ts';
import { decay, surpriseOf } from './gain-rate.ts';
import {
  activeDays,
  countGain,
  createCensus,
  type HabitCensus,
  isSteady,
  noveltyNats,
  ownGains,
  pooledRate,
  takeCensus,
} from './habit-census.ts';
import { ScopeColumn, STRIDE } from './habit-columns.ts';
import type { Judgement } from './habit-judgement.ts';
import { type Habit, hasPinned, listHabits, longestUnused, placesOfScopes, wasUsedSince } from './habit-list.ts';
import { copyScope, inheritHabits, reviseHabits } from './habit-revision.ts';
import { HabitTable } from './habit-table.ts';
import { isLearning } from './learning.ts';
import { isSuspected, othersSuspected, reportedGains, type Suspicions, suspect, takeSuspected } from './suspicions.ts';

const DAY_S = 86_400;
/** Scopes remembered at a time; of more the quarter unused for longest is forgotten. */
const MAX_SCOPES = 1_048_576;
/** A scope is remembered for so many memories after its last use: one that wakes up is not taken for a new one. */
const SCOPE_MEMORIES = 3;

/**
 * Which values (say, places) are usual for each scope (say, principal), with a memory of some days.
 *
 * Scopes and values are numbers; scope 0 is none. Each day what is too old is forgotten at the first judgement. Memory:
 * see `HabitTable`, and some 100 bytes for each of 4,096 reported values.
 */
export class Habits {
  private readonly memoryS: number;
  private readonly table = new HabitTable();
  private scopeCount = 0;
  private readonly census: HabitCensus = createCensus();
  private readonly suspicions: Suspicions = new Map();
  /** Day of event time for which the census was taken. */
  private day = 0;
  /** Compact time before which no scope was used. */
  private earliest = Number.POSITIVE_INFINITY;

  constructor(memoryDays: number) {
    this.memoryS = memoryDays * DAY_S;
  }

  /** Notes a use of a usual value; false, and nothing noted, when the value is not usual for the scope. */
  use(scope: number, value: number, time: number): boolean {
    const { table } = this;
    const at = scope * STRIDE;
    if (!this.knows(scope)) {
      return false;
    }
    const seconds = compactTime(time);
    if (table.useFront(at, value, seconds, this.memoryS)) {
      return true;
    }
    const habit = table.findInFront(at, value);
    if (habit === 0 || table.isOver(habit, seconds, this.memoryS)) {
      return false;
    }
    table.useFirst(at, seconds);
    return true;
  }

  /** As `use`, but once a day: further uses on it change nothing. */
  useOfDay(scope: number, value: number, time: number): boolean {
    const day = startOfDay(time);
    return wasUsedSince(this.table, scope * STRIDE, value, compactTime(day)) || this.use(scope, value, day);
  }

  /** Whether a scope is learning: cheaper than `judge`, where only that is asked. */
  isLearning(scope: number, time: number): boolean {
    const seconds = compactTime(time);
    this.beginDay(seconds);
    const first = this.firstTimeOf(scope);
    const uses = this.table.scopes[scope * STRIDE + ScopeColumn.uses] ?? 0;
    return first === undefined || isLearning(first, uses, expandedTime(seconds));
  }

  /** Judges a value that is not usual. Learns nothing. */
  judge(scope: number, value: number, time: number): Judgement {
    const learning = this.isLearning(scope, time);
    const { table, suspicions } = this;
    const seconds = compactTime(time);
    const at = scope * STRIDE;
    const suspected = isSuspected(suspicions, scope, value, seconds);
    if ((table.scopes[at + ScopeColumn.firstUse] ?? 0) === 0) {
      return { isLearning: true, surprise: 0, peers: 0, isSteady: false, isPooled: false, suspected };
    }
    const steady = isSteady(table, at, seconds);
    return {
      isLearning: learning,
      surprise: this.surpriseAt(at, value, seconds),
      peers: this.census.vouchers[value] ?? 0,
      isSteady: steady,
      isPooled: pooledRate(this.census, steady) !== undefined,
      suspected,
    };
  }

  /** Other scopes of which the value was reported, and not answered, within the last 30 days. Looks at all of them. */
  othersSuspected(scope: number, value: number, time: number): number {
    return othersSuspected(this.suspicions, scope, value, compactTime(time));
  }

  /** By value, how many scopes vouch for it (see `Judgement.peers`), as counted on the day of the census. */
  vouchersAt(time: number): { day: number; counts: Int32Array } {
    this.beginDay(compactTime(time));
    return { day: this.day, counts: this.census.vouchers };
  }

  /** Notes a use of a value that was reported. It teaches nothing but, a week later, how often the scope gains values. */
  suspect(scope: number, value: number, time: number): void {
    suspect(this.suspicions, scope, value, compactTime(time));
  }

  /**
   * Makes a value usual. Values of the first day are the scope's inventory, later ones are gains.
   *
   * @param weight how much it tells of how often the scope gains values
   */
  learn(scope: number, value: number, time: number, weight = 1): void {
    const { table } = this;
    const at = scope * STRIDE;
    const seconds = compactTime(time);
    table.reserve(scope);
    const { scopes, gains } = table;
    if (scopes[at + ScopeColumn.firstUse] === 0) {
      this.addScope(at, seconds);
    } else if (seconds - scopes[at + ScopeColumn.firstUse]! > DAY_S) {
      const days = (seconds - scopes[at + ScopeColumn.gainsTime]!) / DAY_S;
      gains[at + ScopeColumn.gains] = gains[at + ScopeColumn.gains]! * decay(days) + weight;
      scopes[at + ScopeColumn.gainsTime] = seconds;
    }
    const days = (since: number): number => (seconds - since) / DAY_S;
    const isNovel = countGain(this.census, value, {
      scope: days(scopes[at + ScopeColumn.firstUse]!),
      all: days(this.earliest),
    });
    table.put(at, value, seconds, isNovel);
    table.countUse(at, seconds);
  }

  /** Somebody accepted what was reported: it is usual from now on. */
  accept(fits: (scope: number, value: number) => boolean, time: number): void {
    for (const { scope, value } of takeSuspected(this.suspicions, fits)) {
      this.learn(scope, value, time);
    }
  }

  /** A scope that is new takes over all that is usual for another, which it follows. */
  succeed(scope: number, former: number): void {
    this.scopeCount += this.firstTimeOf(scope) === undefined && copyScope(this.table, former, scope) ? 1 : 0;
  }

  /** People correct what is usual. */
  revise(kind: Revision['kind'], fits: (scope: number, value: number) => boolean): void {
    reviseHabits(this.table, kind, fits);
  }

  /** What is usual for any scope with the one value becomes so with the other: both stand for the same. */
  inherit(from: number, to: number): void {
    inheritHabits(this.table, from, to);
  }

  /** What is usual for a scope, the value used last first. */
  habitsOf(scope: number, time: number): Habit[] {
    return listHabits(this.table, scope * STRIDE, compactTime(time), this.memoryS);
  }

  knows(scope: number): boolean {
    return (this.table.scopes[scope * STRIDE + ScopeColumn.firstUse] ?? 0) !== 0;
  }

  /** First use of a scope in milliseconds; undefined when it has none. */
  firstTimeOf(scope: number): number | undefined {
    const first = this.table.scopes[scope * STRIDE + ScopeColumn.firstUse] ?? 0;
    return first === 0 ? undefined : expandedTime(first);
  }

  /** Calls for every scope that is remembered. Changes nothing. */
  forEachScope(visit: (scope: number) => void): void {
    for (const at of placesOfScopes(this.table)) {
      visit(at / STRIDE);
    }
  }

  /** Once a day of event time: forgets scopes unused for much longer than the memory, counts who vouches for what. */
  private beginDay(seconds: number): void {
    const day = Math.floor(seconds / DAY_S);
    if (day <= this.day) {
      return;
    }
    this.day = day;
    if (seconds - this.earliest > SCOPE_MEMORIES * this.memoryS) {
      this.forgetUnused(seconds);
    }
    const span = { seconds, memoryS: this.memoryS, since: this.earliest };
    this.table.spellOutTimes();
    takeCensus(this.census, this.table, span, (scope) => reportedGains(this.suspicions, scope, seconds).weight);
  }

  private surpriseAt(at: number, value: number, seconds: number): number {
    const { table, census } = this;
    const reported = reportedGains(this.suspicions, at / STRIDE, seconds, value);
    const days = (seconds - table.scopes[at + ScopeColumn.gainsTime]!) / DAY_S;
    const gained = table.gains[at + ScopeColumn.gains]! * decay(days) + reported.weight;
    const rate = surpriseOf(gained, activeDays(table, at, seconds), pooledRate(census, isSteady(table, at, seconds)));
    const own = ownGains(table, at);
    own.gained += reported.count;
    own.novel += reported.count;
    return rate + noveltyNats(census, value, own);
  }

  private forgetUnused(seconds: number): void {
    this.forEachScope((scope) => {
      const at = scope * STRIDE;
      const isOld = seconds - this.table.scopes[at + ScopeColumn.lastUse]! > SCOPE_MEMORIES * this.memoryS;
      if (isOld && !hasPinned(this.table, at)) {
        this.forget(at);
      }
    });
  }

  private addScope(at: number, seconds: number): void {
    if (this.scopeCount >= MAX_SCOPES) {
      this.forgetLongestUnused(MAX_SCOPES / 4);
    }
    this.table.scopes[at + ScopeColumn.firstUse] = seconds;
    this.earliest = Math.min(this.earliest, seconds);
    this.scopeCount++;
  }

  private forgetLongestUnused(count: number): void {
    for (const at of longestUnused(this.table, count)) {
      this.forget(at);
    }
  }

  private forget(at: number): void {
    this.table.forget(at);
    this.suspicions.delete(at / STRIDE);
    this.scopeCount--;
  }
}
