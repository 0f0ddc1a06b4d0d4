import fc from 'fast-check';
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

it('knows what is usual, with first use, last use and count', () => {
  const habits = new Habits(60);
  daily(habits, 1, 7, 0, 10);
  habits.learn(1, 8, day(20));

  expect(habits.habitsOf(1, day(20))).toEqual([
    { value: 8, firstTime: day(20), lastTime: day(20), uses: 1 },
    { value: 7, firstTime: day(0), lastTime: day(9), uses: 10 },
  ]);
  expect(habits.firstTimeOf(1)).toBe(day(0));
  expect(habits.firstTimeOf(2)).toBeUndefined();
  expect(habits.habitsOf(99, day(0))).toEqual([]);
});

it('forgets a value that was not used for the memory', () => {
  const habits = new Habits(60);
  habits.learn(1, 7, day(0));

  expect(habits.use(1, 7, day(60))).toBe(true);
  expect(habits.use(1, 7, day(120) + 1000)).toBe(false);
  expect(habits.habitsOf(1, day(120) + 1000)).toEqual([]);
});

it('is less surprised the more often a scope gains values', () => {
  const habits = new Habits(60);
  daily(habits, 1, 7, 0, 15);
  daily(habits, 2, 7, 0, 15);
  [3, 6, 9, 12].forEach((n) => {
    habits.learn(2, 10 + n, day(n));
  });

  expect(habits.judge(1, 99, day(15)).surprise).toBeCloseTo(3.7, 1);
  expect(habits.judge(2, 99, day(15)).surprise).toBeCloseTo(1.5, 1);
});

it('takes the values of the first day for an inventory, not for gains', () => {
  const habits = new Habits(60);
  for (let value = 1; value <= 20; value++) {
    habits.learn(1, value, day(0) + value * 1000);
  }
  daily(habits, 1, 1, 1, 15);

  expect(habits.judge(1, 99, day(15)).surprise).toBeCloseTo(3.7, 1);
});

it('learns nothing by judging', () => {
  const habits = new Habits(60);
  daily(habits, 1, 7, 0, 15);
  habits.judge(1, 99, day(15));

  expect(habits.use(1, 99, day(15))).toBe(false);
  expect(habits.judge(1, 99, day(15)).surprise).toBe(habits.judge(1, 99, day(15)).surprise);
});

it('counts as peers those for whom a value has been usual for a week', () => {
  const habits = new Habits(60);
  daily(habits, 1, 7, 0, 30);
  daily(habits, 2, 8, 0, 30);
  daily(habits, 3, 8, 20, 30);
  daily(habits, 4, 8, 25, 30);

  expect(habits.judge(1, 8, day(30)).peers).toBe(2);
  expect(habits.judge(1, 8, day(29 + 58)).peers).toBe(2);
  expect(habits.judge(1, 8, day(29 + 61)).peers).toBe(0);
});

it('is never its own peer, also when a value comes back after the memory', () => {
  const habits = new Habits(60);
  daily(habits, 1, 7, 0, 30);
  for (const time of [day(29 + 60) + 1000, day(29 + 61), day(29 + 90)]) {
    expect(habits.use(1, 7, time)).toBe(false);
    expect(habits.judge(1, 7, time).peers).toBe(0);
  }
});

it('keeps 64 values of a scope, those used last', () => {
  const habits = new Habits(60);
  for (let value = 1; value <= 100; value++) {
    habits.learn(1, value, day(0) + value * 1000);
    habits.use(1, 1, day(0) + value * 1000);
  }
  const values = habits.habitsOf(1, day(1)).map(({ value }) => value);

  expect(values).toHaveLength(64);
  expect(values).toContain(1);
  expect(values).not.toContain(2);
  expect(values).toContain(100);
});

it('remembers who it was for three memories, then takes them for new', () => {
  const habits = new Habits(60);
  daily(habits, 1, 7, 0, 30);

  expect(habits.judge(1, 7, day(29 + 180)).isLearning).toBe(false);
  expect(habits.judge(1, 7, day(29 + 182)).isLearning).toBe(true);
});

it('forgets the quarter of the scopes unused for longest when there are too many', () => {
  const habits = new Habits(60);
  const limit = 2 ** 20;
  for (let scope = 1; scope <= limit + 1; scope++) {
    habits.learn(scope, 1, day(0) + scope * 1000);
  }
  let count = 0;
  habits.forEachScope(() => count++);

  expect(count).toBe((limit * 3) / 4 + 1);
  expect(habits.firstTimeOf(limit / 4)).toBeUndefined();
  expect(habits.firstTimeOf(limit / 4 + 1)).toBeDefined();
});

it.each([0, -1e15, 1e15])('bears a clock that says %d', (time) => {
  const habits = new Habits(60);
  habits.learn(1, 7, time);

  expect(habits.use(1, 7, time)).toBe(true);
  expect(habits.judge(1, 8, time)).toMatchObject({ isLearning: true });
  expect(habits.habitsOf(1, time)).toHaveLength(1);
});

it('agrees with a plain model', () => {
  const step = fc.record({
    scope: fc.integer({ min: 1, max: 5 }),
    value: fc.integer({ min: 1, max: 90 }),
    days: fc.nat(9),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const habits = new Habits(60);
      const model = new Map<number, Map<number, number>>();
      let time = START;
      for (const { scope, value, days } of steps) {
        time += days * DAY;
        const known = model.get(scope) ?? new Map<number, number>();
        model.set(scope, known);
        const last = known.get(value);
        expect(habits.use(scope, value, time)).toBe(last !== undefined && time - last <= 60 * DAY);
        if (last === undefined || time - last > 60 * DAY) {
          habits.judge(scope, value, time);
          habits.learn(scope, value, time);
        }
        known.delete(value);
        known.set(value, time);
        for (const oldest of [...known.keys()].slice(0, -64)) {
          known.delete(oldest);
        }
        const usual = [...known].filter(([, used]) => time - used <= 60 * DAY).map(([usualValue]) => usualValue);
        expect(new Set(habits.habitsOf(scope, time).map((habit) => habit.value))).toEqual(new Set(usual));
      }
    }),
    { numRuns: 60 },
  );
});
