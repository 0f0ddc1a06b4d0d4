import type { Revision } from '../model/decision.ts';
import { HabitColumn, ScopeColumn, STRIDE } from './habit-columns.ts';
import { listHabits, placesOfScopes } from './habit-list.ts';
import type { HabitTable } from './habit-table.ts';
import { isSole, soleValue } from './sole-habit.ts';

/** People correct what is usual, wherever it fits. */
export function reviseHabits(
  table: HabitTable,
  kind: Revision['kind'],
  fits: (scope: number, value: number) => boolean,
): void {
  for (const at of placesOfScopes(table)) {
    for (const { value } of listHabits(table, at, 0, Number.POSITIVE_INFINITY)) {
      if (!fits(at / STRIDE, value)) {
        continue;
      }
      if (kind === 'forget') {
        table.remove(at, value);
      } else {
        table.habits[table.findInFront(at, value) + HabitColumn.isPinned] = kind === 'pin' ? 1 : 0;
      }
    }
  }
}

/** What is usual for any scope with the one value becomes so with the other: both stand for the same. */
export function inheritHabits(table: HabitTable, from: number, to: number): void {
  for (const at of placesOfScopes(table)) {
    inherit(table, at, from, to);
  }
}

function inherit(table: HabitTable, at: number, from: number, to: number): void {
  if (isSole(table.scopes, at) && soleValue(table.scopes, at) !== from) {
    return;
  }
  const known = table.findInFront(at, from);
  if (known !== 0 && table.findInFront(at, to) === 0) {
    addCopy(table, at, known, to); // as long and as much; what is so already stays as it is
  }
}

/** Adds a habit that is not there, as long and as much as another one, of this scope or of another. */
function addCopy(table: HabitTable, at: number, known: number, value: number): void {
  const copy = table.add(at, value);
  const { habits } = table;
  const { firstUse, lastUse, uses, isNovel, isPinned } = HabitColumn;
  for (const column of [firstUse, lastUse, uses, isNovel, isPinned]) {
    habits[copy + column] = habits[known + column]!;
  }
}

/** Copies what is known of a scope to one of which nothing is; false when there is nothing to copy. */
export function copyScope(table: HabitTable, from: number, to: number): boolean {
  const [source, target] = [from * STRIDE, to * STRIDE];
  if ((table.scopes[source + ScopeColumn.firstUse] ?? 0) === 0) {
    return false;
  }
  table.reserve(to);
  table.spellOut(source);
  for (
    let known = table.scopes[source + ScopeColumn.head]!;
    known !== 0;
    known = table.habits[known + HabitColumn.next]!
  ) {
    addCopy(table, target, known, table.habits[known + HabitColumn.value]!);
  }
  const { firstUse, lastUse, uses, gainsTime, activeDays } = ScopeColumn;
  for (const column of [firstUse, lastUse, uses, gainsTime, activeDays]) {
    table.scopes[target + column] = table.scopes[source + column]!;
  }
  table.gains[target + ScopeColumn.gains] = table.gains[source + ScopeColumn.gains]!;
  return true;
}
