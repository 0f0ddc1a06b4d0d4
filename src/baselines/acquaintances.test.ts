import { expect, it } from 'vitest';
import { Acquaintances } from './acquaintances.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5);
const day = (n: number) => START + n * DAY;

function held(pairs: Acquaintances): string[] {
  const found: string[] = [];
  pairs.forEach((a, b) => {
    found.push(`${a} ${b}`);
  });
  return found;
}

it('knows a pair until it was not seen for the memory', () => {
  const pairs = new Acquaintances(60);
  pairs.learn(1, 2, day(0));

  expect(pairs.isKnown(1, 2, day(60))).toBe(true);
  expect(pairs.isKnown(1, 2, day(60) + 1000)).toBe(false);
  expect(pairs.isKnown(2, 1, day(1))).toBe(false);
});

it('remembers a pair for longer when it is met, and only then', () => {
  const pairs = new Acquaintances(60);
  pairs.learn(1, 2, day(0));

  expect(pairs.meet(1, 2, day(50))).toBe(true);
  expect(pairs.isKnown(1, 2, day(110))).toBe(true);
  expect(pairs.meet(1, 2, day(111))).toBe(false);
  expect(pairs.isKnown(1, 2, day(111))).toBe(false);
  expect(pairs.meet(3, 4, day(0))).toBe(false);
  expect(pairs.isKnown(3, 4, day(0))).toBe(false);
});

it('is not put back by a late record', () => {
  const pairs = new Acquaintances(60);
  pairs.learn(1, 2, day(50));
  pairs.learn(1, 2, day(0));
  pairs.meet(1, 2, day(1));

  expect(pairs.isKnown(1, 2, day(100))).toBe(true);
});

it('forgets expired pairs at the first lesson of a day, and gives their room to others', () => {
  const pairs = new Acquaintances(60);
  for (let n = 1; n <= 1000; n++) {
    pairs.learn(n, n, day(0));
  }
  pairs.learn(1, 1, day(61));

  expect(held(pairs)).toEqual(['1 1']);
});

it('forgets the quarter not seen for longest when there are more than a million', () => {
  const pairs = new Acquaintances(60);
  const limit = 2 ** 20;
  for (let n = 1; n <= limit + 1; n++) {
    pairs.learn(n, 0, day(0) + n * 1000);
  }

  expect(pairs.isKnown(limit / 4, 0, day(13))).toBe(false);
  expect(pairs.isKnown(limit / 4 + 1, 0, day(13))).toBe(true);
  expect(pairs.isKnown(limit + 1, 0, day(13))).toBe(true);
  expect(held(pairs)).toHaveLength((limit * 3) / 4 + 1);
});

it.each([0, -1e15, 1e15])('bears a clock that says %d', (time) => {
  const pairs = new Acquaintances(60);
  pairs.learn(1, 2, time);

  expect(pairs.isKnown(1, 2, time)).toBe(true);
});
