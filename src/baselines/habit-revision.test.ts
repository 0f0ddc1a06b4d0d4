import { expect, it } from 'vitest';
import { Habits } from './habits.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5);
const day = (n: number) => START + n * DAY;

/** Scope 1 comes by values 1 and 2 every day for three weeks. */
function usual(): Habits {
  const habits = new Habits(60);
  for (let n = 0; n < 21; n++) {
    for (const value of [1, 2]) {
      if (!habits.use(1, value, day(n))) {
        habits.learn(1, value, day(n));
      }
    }
  }
  return habits;
}
const is = (wanted: number) => (scope: number, value: number) => scope === 1 && value === wanted;

it('forgets a value, and no other', () => {
  const habits = usual();
  habits.revise('forget', is(1));

  expect([habits.use(1, 1, day(22)), habits.use(1, 2, day(22))]).toEqual([false, true]);
  expect(habits.habitsOf(1, day(22)).map(({ value }) => value)).toEqual([2]);
});

it('keeps what is pinned beyond its memory, and that of its scope, until it is unpinned', () => {
  const habits = usual();
  habits.revise('pin', is(1));
  habits.judge(2, 9, day(600)); // a day on which unused scopes are forgotten

  expect(habits.habitsOf(1, day(600))).toMatchObject([{ value: 1, isPinned: true }]);
  expect([habits.use(1, 1, day(600)), habits.use(1, 2, day(600))]).toEqual([true, false]);
  habits.revise('unpin', is(1));
  expect(habits.use(1, 1, day(700))).toBe(false);
});

it('forgets pinned values last where there are too many', () => {
  const habits = usual();
  habits.revise('pin', is(1));
  for (let value = 100; value < 300; value++) {
    habits.learn(1, value, day(22));
  }

  expect([habits.use(1, 1, day(23)), habits.use(1, 2, day(23)), habits.use(1, 299, day(23))]).toEqual([
    true,
    false,
    true,
  ]);
});

it('makes usual what was reported once somebody accepts it', () => {
  const habits = usual();
  habits.suspect(1, 7, day(22));
  habits.suspect(1, 8, day(22));
  habits.accept(is(7), day(23));

  expect([habits.use(1, 7, day(24)), habits.use(1, 8, day(24))]).toEqual([true, false]);
  expect([habits.judge(1, 7, day(24)).suspected, habits.judge(1, 8, day(24)).suspected]).toEqual(['no', 'recent']);
});

it('takes what is usual along to the value that stands for it', () => {
  const habits = usual();
  habits.inherit(1, 5);
  habits.inherit(1, 2);

  expect(habits.habitsOf(1, day(21)).map(({ value, uses }) => [value, uses])).toEqual(
    expect.arrayContaining([
      [1, 21],
      [2, 21],
      [5, 21],
    ]),
  );
  expect(habits.use(1, 5, day(22))).toBe(true);
});
