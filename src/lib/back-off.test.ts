import { expect, it } from 'vitest';
import { backOffMs } from './back-off.ts';

it.each([
  [1, 0, 500],
  [1, 1, 250],
  [2, 0, 1000],
  [8, 0, 60_000],
  [1_000_000, 1, 30_000],
])('after %i failures, with chance %f: %i ms', (failures, chance, ms) => {
  expect(backOffMs(failures, chance)).toBe(ms);
});
