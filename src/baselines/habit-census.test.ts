import { expect, it } from 'vitest';
import { Habits } from './habits.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5);
const day = (n: number) => START + n * DAY;

/** A scope that uses a value every day. */
function daily(habits: Habits, scope: number, value: number, from: number, to: number): void {
  for (let n = from; n < to; n++) {
    if (!habits.use(scope, value, day(n))) {
      habits.learn(scope, value, day(n));
    }
  }
}

it('is less surprised by a scope that is seldom used, but never indifferent', () => {
  const habits = new Habits(60);
  daily(habits, 1, 7, 0, 15);
  for (let n = 0; n < 15; n += 2) {
    if (!habits.use(2, 7, day(n))) {
      habits.learn(2, 7, day(n));
    }
  }
  habits.learn(3, 7, day(0));
  const surprise = (scope: number) => habits.judge(scope, 99, day(15)).surprise;

  expect(surprise(2)).toBeLessThan(surprise(1));
  expect(surprise(3)).toBeLessThan(surprise(2));
  expect(surprise(3)).toBeGreaterThan(2.3);
});

it('is less surprised where others like the scope gain values, however steady it is itself', () => {
  const among = (gains: number) => {
    const habits = new Habits(60);
    for (let scope = 1; scope <= 9; scope++) {
      daily(habits, scope, 7, 0, 15);
    }
    for (let scope = 2; scope < 2 + gains; scope++) {
      habits.learn(scope, 8, day(9));
    }
    return habits.judge(1, 8, day(15)).surprise;
  };

  expect(among(0)).toBeCloseTo(3.7, 1);
  expect(among(8)).toBeLessThan(among(0) - 0.1);
});

it('is more surprised by what nobody has where people gain what others have, unless by one who roams', () => {
  const habits = new Habits(60);
  for (let scope = 1; scope <= 5; scope++) {
    daily(habits, scope, 7, 0, 15);
  }
  for (let scope = 1; scope <= 4; scope++) {
    habits.learn(scope, 8, day(5));
  }
  const known = habits.judge(5, 8, day(15)).surprise;
  const unknown = habits.judge(5, 99, day(15)).surprise;
  [10, 11, 12].forEach((value) => {
    habits.learn(4, value, day(value - 3));
  });

  expect(unknown).toBeGreaterThan(known + 0.9);
  expect(habits.judge(4, 99, day(15)).surprise).toBeLessThan(2);
});

it('tells of a reported value until it was not used for a week, and learns from it a week later how often there are any', () => {
  const habits = new Habits(60);
  daily(habits, 1, 7, 0, 20);
  const before = habits.judge(1, 99, day(15)).surprise;
  habits.suspect(1, 8, day(15));

  expect(habits.judge(1, 8, day(16)).suspected).toBe('recent');
  expect(habits.judge(1, 8, day(23)).suspected).toBe('open');
  expect(habits.judge(1, 8, day(46)).suspected).toBe('no');
  expect(habits.use(1, 8, day(16))).toBe(false);
  expect(habits.judge(1, 99, day(21)).surprise).toBeGreaterThan(before);
  expect(habits.judge(1, 99, day(22)).surprise).toBeLessThan(before);
  expect(habits.judge(1, 8, day(22)).surprise).toBeGreaterThan(before);
});

it('counts the others that were reported with a value while they go on using it', () => {
  const habits = new Habits(60);
  for (let scope = 1; scope <= 3; scope++) {
    daily(habits, scope, 7, 0, 15);
  }
  habits.suspect(1, 8, day(15));
  habits.suspect(2, 8, day(16));

  expect(habits.othersSuspected(3, 8, day(17))).toBe(2);
  expect(habits.othersSuspected(1, 8, day(17))).toBe(1);
  expect(habits.othersSuspected(3, 9, day(17))).toBe(0);
  expect(habits.othersSuspected(3, 8, day(22.5))).toBe(1);
  habits.suspect(1, 8, day(30));
  expect(habits.othersSuspected(3, 8, day(32))).toBe(1);
});

it('keeps its bound however many values are reported', () => {
  const habits = new Habits(60);
  daily(habits, 1, 7, 0, 15);
  for (let value = 10; value < 20_000; value++) {
    habits.suspect(1, value, day(15));
  }

  expect(habits.judge(1, 19_999, day(15)).suspected).toBe('recent');
  expect(habits.judge(1, 10, day(15)).suspected).toBe('no');
});

it('does not let a value that was reported vouch for itself when it comes back', () => {
  const habits = new Habits(60);
  daily(habits, 1, 7, 0, 20);
  habits.suspect(1, 8, day(15));

  expect(habits.judge(1, 8, day(24)).surprise).toBeGreaterThan(habits.judge(1, 99, day(24)).surprise);
});
