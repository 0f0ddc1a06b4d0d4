import { expect, it } from 'vitest';
import { lockedUntilAfter } from './lock-out.ts';

const NOW = Date.UTC(2026, 0, 1);

it.each([
  ['the first four wrong passwords', 3, undefined],
  ['the fifth', 4, 30_000],
  ['the sixth', 5, 60_000],
  ['many', 1000, 15 * 60_000],
])('%s', (_, before, pauseMs) => {
  expect(lockedUntilAfter(before, NOW)).toBe(pauseMs === undefined ? undefined : NOW + pauseMs);
});
