import { expect, it } from 'vitest';
import { Habits } from './habits.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5);
const at = (days: number) => START + days * DAY;
const [FORMER, NEW, NOBODY] = [1, 2, 3];

/** One value each day, another one now and then. */
function settled(): Habits {
  const habits = new Habits(60);
  for (let n = 0; n < 20; n++) {
    for (const value of n % 4 === 0 ? [7, 8] : [7]) {
      if (!habits.use(FORMER, value, at(n))) {
        habits.learn(FORMER, value, at(n));
      }
    }
  }
  return habits;
}

it('gives a new scope all that is usual for the one before it, as long and as much', () => {
  const habits = settled();
  const usual = habits.habitsOf(FORMER, at(20));
  habits.succeed(NEW, FORMER);

  expect(habits.habitsOf(NEW, at(20))).toEqual(usual);
  expect(habits.isLearning(NEW, at(20))).toBe(false);
  expect(habits.use(NEW, 8, at(20))).toBe(true);
  expect(habits.judge(NEW, 9, at(20))).toEqual(habits.judge(FORMER, 9, at(20)));
});

it('keeps the two apart from then on', () => {
  const habits = settled();
  habits.succeed(NEW, FORMER);
  habits.use(NEW, 7, at(25));
  habits.learn(NEW, 9, at(25));

  expect(habits.use(FORMER, 9, at(26))).toBe(false);
  expect(habits.habitsOf(FORMER, at(26))).toEqual(settled().habitsOf(FORMER, at(26)));
});

it('changes nothing of a scope that is known, nor gives what nobody has', () => {
  const habits = settled();
  habits.learn(NEW, 9, at(20));
  habits.succeed(NEW, FORMER);
  habits.succeed(NOBODY, 99);

  expect(habits.use(NEW, 7, at(20))).toBe(false);
  expect(habits.firstTimeOf(NOBODY)).toBeUndefined();
});
