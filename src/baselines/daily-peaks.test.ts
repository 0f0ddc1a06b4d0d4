import { expect, it } from 'vitest';
import { addPeak, createDailyPeaks, usualPeaks } from './daily-peaks.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5);
const after = (days: number) => START + days * DAY;

it('tells the largest and the median day', () => {
  const daily = createDailyPeaks(START);
  [5, 1, 3].forEach((peak, day) => {
    addPeak(daily, after(day), peak);
  });
  addPeak(daily, after(2.5), 2);

  expect(usualPeaks(daily, after(3))).toEqual({ largest: 5, median: 3, days: 3 });
});

it('lets a day count a week later, but for those of the first week', () => {
  const daily = createDailyPeaks(START);
  addPeak(daily, after(1), 2);
  addPeak(daily, after(20), 100);

  expect(usualPeaks(daily, after(26)).largest).toBe(2);
  expect(usualPeaks(daily, after(27)).largest).toBe(100);
});

it('keeps who triples each day from teaching himself in', () => {
  const daily = createDailyPeaks(START);
  for (let day = 0; day < 14; day++) {
    addPeak(daily, after(day), 4);
  }
  for (let day = 0; day < 7; day++) {
    addPeak(daily, after(14 + day), 4 * 2 ** day);
    expect(usualPeaks(daily, after(14 + day)).largest).toBe(4);
  }
});

it('forgets after 60 days', () => {
  const daily = createDailyPeaks(START);
  addPeak(daily, after(0), 9);
  for (let day = 1; day < 200; day++) {
    addPeak(daily, after(day), 1);
  }

  expect(usualPeaks(daily, after(199)).largest).toBe(1);
  expect(daily.days.length).toBeLessThanOrEqual(61);
});
