import { expect, it } from 'vitest';
import { addHour, createHourlyVolume, HOUR_MS, usualVolume } from './hourly-volume.ts';

const START = Date.UTC(2026, 0, 5);
const FIRST = START / HOUR_MS;

it('knows the median and the largest hour, at most a fifth too high', () => {
  const volume = createHourlyVolume(START);
  [1000, 2000, 3000, 4000, 1_000_000].forEach((sum, n) => {
    addHour(volume, FIRST + n, sum);
  });
  const usual = usualVolume(volume, FIRST + 5);

  expect(usual).toMatchObject({ hours: 5, firstTime: START });
  expect(usual.median).toBeGreaterThanOrEqual(3000);
  expect(usual.median).toBeLessThan(3000 * 1.2);
  expect(usual.largest).toBeGreaterThanOrEqual(1_000_000);
  expect(usual.largest).toBeLessThan(1_000_000 * 1.2);
});

it('is empty at first', () => {
  expect(usualVolume(createHourlyVolume(START), FIRST)).toEqual({ median: 0, largest: 0, hours: 0, firstTime: START });
});

it('forgets a single hour after 60 days', () => {
  const volume = createHourlyVolume(START);
  addHour(volume, FIRST, 1_000_000);
  const largestAfter = (days: number) => usualVolume(volume, FIRST + 24 * days).largest;

  expect(largestAfter(60)).toBeGreaterThan(1_000_000);
  expect(largestAfter(61)).toBe(0);
});

it('gives way to new habits', () => {
  const volume = createHourlyVolume(START);
  for (let n = 0; n < 20 * 24; n++) {
    addHour(volume, FIRST + n, n < 10 * 24 ? 1000 : 50_000);
  }

  expect(usualVolume(volume, FIRST + 20 * 24).median).toBeGreaterThan(40_000);
});

it.each([0, 1, 1e12, 1e15, Number.MAX_SAFE_INTEGER])('takes an hour of %d bytes', (sum) => {
  const volume = createHourlyVolume(START);
  addHour(volume, FIRST, sum);

  expect(usualVolume(volume, FIRST).largest).toBeGreaterThanOrEqual(Math.min(sum, 1e12));
});

it('bears a leap of a century', () => {
  const volume = createHourlyVolume(0);
  addHour(volume, 0, 1000);
  addHour(volume, 24 * 365 * 100, 2000);
  const usual = usualVolume(volume, 24 * 365 * 100);

  expect(usual.largest).toBeGreaterThanOrEqual(2000);
  expect(usual.largest).toBeLessThan(2400);
});
