import { expect, it } from 'vitest';
import { weekHours, weekWords } from './week-words.ts';

const week = new Array<number>(168).fill(0);
week[26] = 7;

it.each([
  ['2026-11-17T02:15:00Z', '2026-11-17T02:20:00Z', [26]],
  ['2026-11-22T23:30:00Z', '2026-11-23T00:10:00Z', [167, 0]],
])('finds the hours of the week from %s to %s', (from, to, hours) => {
  expect(weekHours(from, to)).toEqual(hours);
});

it('tells of each hour whether there was anything, and of more how many', () => {
  expect(weekWords(week, [26, 27])).toBe('Tuesday, 02:00: 7 activities then; Tuesday, 03:00: never active then.');
  expect(weekWords(week, weekHours('2026-11-17T00:00:00Z', '2026-11-17T09:00:00Z'))).toMatch(/; and 7 more hours\.$/);
});
