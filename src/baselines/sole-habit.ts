import { HabitColumn, ScopeColumn } from './habit-columns.ts';

/** In place of where the first habit lies: there is one only, which the row of the scope tells; nobody else had its value. */
const SOLE = -1;
const NOVEL = -2;

/**
 * Most scopes of a log with many come from one place by one client: their only habit is as old as the scope, and used
 * as often and as late. It needs no row of its own until there is another.
 */
export function isSole(scopes: Int32Array, at: number): boolean {
  return at < scopes.length && scopes[at + ScopeColumn.head]! < 0;
}

/** Notes the first habit of a scope that is new; its use is counted behind that. */
export function beginSole(scopes: Int32Array, at: number, value: number, isNovel: boolean): void {
  scopes[at + ScopeColumn.head] = isNovel ? NOVEL : SOLE;
  scopes[at + ScopeColumn.front] = value + 1;
}

export function soleValue(scopes: Int32Array, at: number): number {
  return scopes[at + ScopeColumn.front]! - 1;
}

/** Writes the only habit of a scope down in a row of its own. */
export function writeSole(scopes: Int32Array, at: number, habits: Int32Array, habit: number): void {
  habits[habit + HabitColumn.value] = soleValue(scopes, at);
  habits[habit + HabitColumn.next] = 0;
  habits[habit + HabitColumn.firstUse] = scopes[at + ScopeColumn.firstUse]!;
  habits[habit + HabitColumn.lastUse] = scopes[at + ScopeColumn.lastUse]!;
  habits[habit + HabitColumn.uses] = scopes[at + ScopeColumn.uses]!;
  habits[habit + HabitColumn.isNovel] = scopes[at + ScopeColumn.head] === NOVEL ? 1 : 0;
  scopes[at + ScopeColumn.head] = habit;
  scopes[at + ScopeColumn.front] = 0;
}
