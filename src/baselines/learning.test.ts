import { expect, it } from 'vitest';
import { isLearning } from './learning.ts';

const DAY = 86_400_000;

it.each([
  [6.99, 1000, true],
  [7, 10, false],
  [7, 9, true],
  [13.99, 9, true],
  [14, 9, false],
  [14, 0, false],
  [-1, 1000, true],
])('after %f days and %i uses: %s', (days, count, expected) => {
  expect(isLearning(0, count, days * DAY)).toBe(expected);
});
