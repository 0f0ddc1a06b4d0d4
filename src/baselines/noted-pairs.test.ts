import { expect, it } from 'vitest';
import { NotedPairs } from './noted-pairs.ts';

it('knows a pair on the day on which it was noted, until it is removed or another takes its place', () => {
  const pairs = new NotedPairs(2);
  pairs.add(1, 5, 7);
  expect([pairs.has(1, 5, 7), pairs.has(1, 5, 8), pairs.has(5, 1, 7)]).toEqual([true, false, false]);
  pairs.remove(5, 1);
  expect(pairs.has(1, 5, 7)).toBe(true);
  pairs.remove(1, 5);
  expect([pairs.has(1, 5, 7), pairs.has(1, 5, 0)]).toEqual([false, false]);
  pairs.add(1, 5, 7);
  pairs.add(3, 7, 7);
  expect([pairs.has(1, 5, 7), pairs.has(3, 7, 7)]).toEqual([false, true]);
});
