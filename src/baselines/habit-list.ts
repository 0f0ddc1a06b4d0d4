import { expandedTime } from './compact-time.ts';
import { HabitColumn, ScopeColumn, STRIDE } from './habit-columns.ts';
import type { HabitTable } from './habit-table.ts';
import { isSole, soleValue } from './sole-habit.ts';

/** A value that is usual for a scope. Times in milliseconds since the epoch. */
export interface Habit {
  value: number;
  firstTime: number;
  lastTime: number;
  uses: number;
  /** It is usual however seldom it comes. */
  isPinned?: true;
}

/** What is usual for the scope at a place of the table, the value used last first. Times are compact. */
export function listHabits(table: HabitTable, at: number, seconds: number, memoryS: number): Habit[] {
  const { scopes, habits } = table;
  const found: Habit[] = [];
  if (isSole(scopes, at)) {
    return soleHabit(scopes, at, seconds, memoryS);
  }
  for (let h = scopes[at + ScopeColumn.head] ?? 0; h !== 0; h = habits[h + HabitColumn.next]!) {
    const last = table.lastUseOf(at, h);
    const isPinned = habits[h + HabitColumn.isPinned] !== 0;
    if (isPinned || seconds - last <= memoryS) {
      found.push({
        value: habits[h + HabitColumn.value]!,
        firstTime: expandedTime(habits[h + HabitColumn.firstUse]!),
        lastTime: expandedTime(last),
        uses: table.usesOf(at, h),
        ...(isPinned && { isPinned }),
      });
    }
  }
  return found.sort((a, b) => b.lastTime - a.lastTime);
}

function soleHabit(scopes: Int32Array, at: number, seconds: number, memoryS: number): Habit[] {
  const last = scopes[at + ScopeColumn.lastUse]!;
  const firstTime = expandedTime(scopes[at + ScopeColumn.firstUse]!);
  const sole = {
    value: soleValue(scopes, at),
    firstTime,
    lastTime: expandedTime(last),
    uses: scopes[at + ScopeColumn.uses]!,
  };
  return seconds - last <= memoryS ? [sole] : [];
}

/** Places of the scopes that are remembered. */
export function placesOfScopes({ scopes }: HabitTable): number[] {
  const known: number[] = [];
  for (let at = STRIDE; at < scopes.length; at += STRIDE) {
    if (scopes[at + ScopeColumn.firstUse] !== 0) {
      known.push(at);
    }
  }
  return known;
}

/** Places of the scopes that were unused for longest; those with pinned habits are none of them. */
export function longestUnused(table: HabitTable, count: number): number[] {
  const { scopes } = table;
  const known = placesOfScopes(table).filter((at) => !hasPinned(table, at));
  known.sort((a, b) => scopes[a + ScopeColumn.lastUse]! - scopes[b + ScopeColumn.lastUse]! || a - b);
  return known.slice(0, count);
}

/** Whether a scope has a habit that is pinned. */
export function hasPinned({ scopes, habits }: HabitTable, at: number): boolean {
  for (let h = scopes[at + ScopeColumn.head] ?? 0; h > 0; h = habits[h + HabitColumn.next]!) {
    if (habits[h + HabitColumn.isPinned] !== 0) {
      return true;
    }
  }
  return false;
}

/** Whether a scope used a value since a time. Changes nothing, not even the order of its habits. */
export function wasUsedSince(table: HabitTable, at: number, value: number, seconds: number): boolean {
  const { scopes, habits } = table;
  if (isSole(scopes, at)) {
    return soleValue(scopes, at) === value && scopes[at + ScopeColumn.lastUse]! >= seconds;
  }
  for (let h = scopes[at + ScopeColumn.head] ?? 0; h !== 0; h = habits[h + HabitColumn.next]!) {
    if (habits[h + HabitColumn.value] === value) {
      return table.lastUseOf(at, h) >= seconds;
    }
  }
  return false;
}
