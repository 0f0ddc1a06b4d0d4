import type { Learned } from '../model/learned.ts';
import type { Habits } from './habits.ts';
import { learningOf } from './learning.ts';

/** Facts of one table of habits: people read no more. */
const MOST = 2000;

/** What habits hold, in words. Changes nothing. @param time event time, milliseconds */
export function learnedHabits(
  habits: Habits,
  kind: Learned['kind'],
  time: number,
  nameOf: { principal(scope: number): string; value(value: number): string },
): Learned[] {
  const learned: Learned[] = [];
  habits.forEachScope((scope) => {
    if (learned.length >= MOST) {
      return;
    }
    const known = habits.habitsOf(scope, time);
    const uses = known.reduce((sum, habit) => sum + habit.uses, 0);
    const learning = learningOf(habits.firstTimeOf(scope) ?? time, uses, time);
    const principal = nameOf.principal(scope);
    for (const { value, ...habit } of known.slice(0, MOST - learned.length)) {
      learned.push({ kind, principal, value: nameOf.value(value), ...habit, ...learning });
    }
  });
  return learned;
}
