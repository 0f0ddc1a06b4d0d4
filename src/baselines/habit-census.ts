import { grown } from '../lib/pair-table.ts';
import { DAILY_DECAY, decay, decayedDays } from './gain-rate.ts';
import { HabitColumn, ScopeColumn, STRIDE } from './habit-columns.ts';
import type { HabitTable } from './habit-table.ts';
import { isSole, soleValue } from './sole-habit.ts';

const DAY_S = 86_400;
/** A habit vouches for its value before others from this age on: an intruder's first days vouch for nothing. */
const VOUCHING_S = 7 * DAY_S;
/** Share of the days since its first use from which a scope is used steadily, as programs are. */
const STEADY_SHARE = 0.9;
/** An account that is hardly used is not free to come from anywhere. */
const LEAST_SHARE = 1 / 3;
/** Decayed days that must be known of others before they tell anything of one. */
const MIN_POOL_DAYS = 20;

/** Gains and decayed active days of all scopes of one kind: steady ones, and others. */
interface Pool {
  gains: number;
  days: number;
}

/** What all scopes together tell of one; counted once a day of event time. Plain data. */
export interface HabitCensus {
  /** By value, the scopes whose habits vouch for it. */
  vouchers: Int32Array;
  /** By value, the scopes for which it is usual, however new. */
  holders: Int32Array;
  /** Decayed number of values that scopes gained, and of those that nobody had: see `noveltyNats`. */
  gained: number;
  novel: number;
  steady: Pool;
  others: Pool;
}

export function createCensus(): HabitCensus {
  return {
    vouchers: new Int32Array(8),
    holders: new Int32Array(8),
    gained: 0,
    novel: 0,
    steady: { gains: 0, days: 0 },
    others: { gains: 0, days: 0 },
  };
}

/** Decayed days on which a scope was used: days watched, times the share of them on which it came, a third at least. */
export function activeDays(table: HabitTable, at: number, seconds: number): number {
  const age = seconds - table.scopes[at + ScopeColumn.firstUse]!;
  return Math.max(LEAST_SHARE, activeShare(table, at, age / DAY_S)) * decayedDays(age);
}

/** Whether a scope is used nearly every day, as programs are and people are not. */
export function isSteady(table: HabitTable, at: number, seconds: number): boolean {
  const age = (seconds - table.scopes[at + ScopeColumn.firstUse]!) / DAY_S;
  return age >= 7 && activeShare(table, at, age) >= STEADY_SHARE;
}

/** Gains on an active day, as scopes like this one have them; undefined where too little is known of them. */
export function pooledRate(census: HabitCensus, steady: boolean): number | undefined {
  const { gains, days } = steady ? census.steady : census.others;
  return days < MIN_POOL_DAYS ? undefined : gains / days;
}

/**
 * Counts who vouches for which value, and how often scopes gain values.
 *
 * A habit that expires within the day vouches no more: so a scope is never its own peer. What was usual for somebody
 * in the first week of all vouches from then on: there was nothing to compare it with.
 *
 * @param reportedGains of a scope, beside those that were learned
 */
export function takeCensus(
  census: HabitCensus,
  table: HabitTable,
  span: { seconds: number; memoryS: number; since: number },
  reportedGains: (scope: number) => number,
): void {
  census.gained *= DAILY_DECAY;
  census.novel *= DAILY_DECAY;
  countVouchers(census, table, span);
  const { scopes, gains } = table;
  const { seconds } = span;
  census.steady = { gains: 0, days: 0 };
  census.others = { gains: 0, days: 0 };
  for (let at = STRIDE; at < scopes.length; at += STRIDE) {
    if (scopes[at + ScopeColumn.firstUse] !== 0) {
      const pool = isSteady(table, at, seconds) ? census.steady : census.others;
      const learned = decayed(gains[at + ScopeColumn.gains]!, (seconds - scopes[at + ScopeColumn.gainsTime]!) / DAY_S);
      pool.gains += Math.min(1, learned + reportedGains(at / STRIDE)); // who roams tells little of others
      pool.days += activeDays(table, at, seconds);
    }
  }
}

function countVouchers(
  { vouchers, holders }: HabitCensus,
  { habits, habitsEnd, scopes }: HabitTable,
  { seconds, memoryS, since }: { seconds: number; memoryS: number; since: number },
): void {
  vouchers.fill(0);
  holders.fill(0);
  const count = (value: number, first: number, last: number): void => {
    const isOld =
      last - first >= VOUCHING_S || (last > first && first - since < VOUCHING_S && seconds - since > VOUCHING_S);
    if (seconds - last <= memoryS - DAY_S) {
      holders[value]!++;
      vouchers[value]! += isOld ? 1 : 0;
    }
  };
  const { value, firstUse, lastUse } = HabitColumn;
  for (let habit = STRIDE; habit < habitsEnd; habit += STRIDE) {
    count(habits[habit + value]!, habits[habit + firstUse]!, habits[habit + lastUse]!);
  }
  for (let at = STRIDE; at < scopes.length; at += STRIDE) {
    if (isSole(scopes, at)) {
      count(soleValue(scopes, at), scopes[at + ScopeColumn.firstUse]!, scopes[at + ScopeColumn.lastUse]!);
    }
  }
}

/**
 * Notes that a value became usual for a scope, and says whether nobody had it.
 *
 * @param days since the first use of the scope, and of any: what nobody had is a gain of all, also by a new scope
 */
export function countGain(census: HabitCensus, value: number, days: { scope: number; all: number }): boolean {
  reserveValue(census, value);
  const isNovel = census.holders[value] === 0;
  if (days.scope > 1 || (isNovel && days.all > 1)) {
    census.gained++;
    census.novel += isNovel ? 1 : 0;
  }
  census.holders[value]!++;
  return isNovel;
}

/**
 * Nats by which a value that nobody has is odder than one that others have: −ln of the share of such values among all
 * that were gained, by anybody or by the scope itself. Where people go from office to VPN, which others use, somebody
 * from a third place stands out, unless it is one who roams.
 *
 * @param own values that the scope gained, and those of them that nobody had before
 */
export function noveltyNats(
  { holders, gained, novel }: HabitCensus,
  value: number,
  own: { gained: number; novel: number },
): number {
  const share = Math.max((novel + 1) / (gained + 1), own.novel / (own.gained + 1));
  return (holders[value] ?? 0) > 0 ? 0 : -Math.log(share);
}

/** The values that a scope gained after its first day, and those of them that nobody had before. */
export function ownGains(table: HabitTable, at: number): { gained: number; novel: number } {
  const { scopes, habits } = table;
  let gained = 0;
  let novel = 0;
  for (let h = scopes[at + ScopeColumn.head]!; h > 0; h = habits[h + HabitColumn.next]!) {
    if (habits[h + HabitColumn.firstUse]! - scopes[at + ScopeColumn.firstUse]! > DAY_S) {
      gained++;
      novel += habits[h + HabitColumn.isNovel]!;
    }
  }
  return { gained, novel };
}

/** Makes room for a value. */
function reserveValue(census: HabitCensus, value: number): void {
  if (value >= census.vouchers.length) {
    const length = Math.max(2 * census.vouchers.length, value + 1);
    census.vouchers = grown(census.vouchers, length);
    census.holders = grown(census.holders, length);
  }
}

/** Most scopes have gained nothing, and are many: for them no power is worked out. */
function decayed(gained: number, days: number): number {
  return gained === 0 ? 0 : gained * decay(days);
}

function activeShare({ scopes }: HabitTable, at: number, age: number): number {
  return Math.min(1, scopes[at + ScopeColumn.activeDays]! / Math.max(1, Math.floor(age)));
}
