import type { Revision } from '../model/decision.ts';
import { HabitColumn, STRIDE } from './habit-columns.ts';
import { listHabits, placesOfScopes } from './habit-list.ts';
import type { HabitTable } from './habit-table.ts';

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
    table.inherit(at, from, to);
  }
}
