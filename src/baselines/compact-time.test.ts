import { expect, it } from 'vitest';
import { compactTime, expandedTime } from './compact-time.ts';

it.each([
  ['2026-11-17T02:14:05.012Z', '2026-11-17T02:14:05.000Z'],
  ['2038-01-19T03:14:08.000Z', '2038-01-19T03:14:08.000Z'],
  ['1970-01-01T00:00:00.000Z', '2000-01-01T00:00:01.000Z'],
  ['2000-01-01T00:00:00.000Z', '2000-01-01T00:00:01.000Z'],
  ['9999-12-31T23:59:59.999Z', '2068-01-19T03:14:07.000Z'],
])('keeps %s as %s, in 32 bits', (time, kept) => {
  const [seconds] = new Int32Array([compactTime(Date.parse(time))]);

  expect(new Date(expandedTime(seconds)).toISOString()).toBe(kept);
});
