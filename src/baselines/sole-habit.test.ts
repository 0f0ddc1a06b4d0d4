import { expect, it } from 'vitest';
import { compactTime } from './compact-time.ts';
import { STRIDE } from './habit-columns.ts';
import { HabitTable } from './habit-table.ts';
import { Habits } from './habits.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5);
const day = (n: number) => START + n * DAY;
const sole = (scope: number, value: number) => scope === 1 && value === 7;

/** Scope 1 comes by one value every day for some days. */
function steady(days: number): Habits {
  const habits = new Habits(60);
  for (let n = 0; n < days; n++) {
    if (!habits.use(1, 7, day(n))) {
      habits.learn(1, 7, day(n));
    }
  }
  return habits;
}

it('takes no row for the only habit of a scope', () => {
  const table = new HabitTable();
  table.reserve(3);
  for (const scope of [1, 2, 3]) {
    table.put(scope * STRIDE, 7, compactTime(START), false);
    table.countUse(scope * STRIDE, compactTime(START));
  }
  expect(table.habitsEnd).toBe(STRIDE);
  table.put(2 * STRIDE, 8, compactTime(START), false);
  expect(table.habitsEnd).toBe(3 * STRIDE);
});

it('lists it like any other', () => {
  expect(steady(5).habitsOf(1, day(5))).toEqual([{ value: 7, firstTime: day(0), lastTime: day(4), uses: 5 }]);
  expect(steady(5).habitsOf(1, day(90))).toEqual([]);
});

it('vouches by it for others', () => {
  const habits = steady(20);
  habits.learn(2, 8, day(18));
  expect(habits.judge(2, 7, day(20)).peers).toBe(1);
  expect(habits.judge(2, 9, day(20)).peers).toBe(0);
});

it('can be pinned, forgotten and given to another value', () => {
  const pinned = steady(5);
  pinned.revise('pin', sole);
  expect(pinned.habitsOf(1, day(90))).toMatchObject([{ value: 7, isPinned: true }]);
  const forgotten = steady(5);
  forgotten.revise('forget', sole);
  expect(forgotten.use(1, 7, day(5))).toBe(false);
  const moved = steady(5);
  moved.inherit(7, 9);
  moved.inherit(8, 10);
  expect([7, 9, 10].map((value) => moved.use(1, value, day(5)))).toEqual([true, true, false]);
});

it('is taken over by who follows', () => {
  const habits = steady(5);
  habits.succeed(2, 1);
  expect(habits.habitsOf(2, day(5))).toEqual(habits.habitsOf(1, day(5)));
});
