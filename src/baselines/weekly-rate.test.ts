import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countAt, createWeeklyRate, usualBetween, usualPerDay, withdraw } from './weekly-rate.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const MONDAY = Date.UTC(2026, 0, 5);

/** Eight a day at nine o'clock on working days, for some weeks. */
function officeHours(weeks: number) {
  const rate = createWeeklyRate(MONDAY, 0.1);
  for (let n = 0; n < 7 * weeks; n++) {
    for (let i = 0; n % 7 < 5 && i < 8; i++) {
      countAt(rate, MONDAY + n * DAY + 9 * HOUR + i, 1);
    }
  }
  countAt(rate, MONDAY + weeks * WEEK, 0);
  return rate;
}

describe('what is usual', () => {
  it('is what was believed before anything was seen', () => {
    const rate = createWeeklyRate(MONDAY, 0.5);

    expect(usualPerDay(rate)).toBeCloseTo(0.5);
    expect(usualBetween(rate, MONDAY, MONDAY + DAY)).toBeCloseTo(0.5);
    expect(usualBetween(rate, MONDAY, MONDAY + 30 * DAY)).toBeCloseTo(15);
  });

  it('is more in the hours in which it happens', () => {
    const rate = officeHours(8);
    const start = MONDAY + 8 * WEEK;
    const hour = (day: number, h: number) =>
      usualBetween(rate, start + day * DAY + h * HOUR, start + day * DAY + (h + 1) * HOUR);

    expect(hour(1, 9)).toBeGreaterThan(4);
    expect(hour(1, 9)).toBeLessThan(9);
    expect(hour(1, 3)).toBeLessThan(0.2);
    expect(hour(6, 9)).toBeLessThan(0.2);
  });

  it('does not learn within a week', () => {
    const rate = createWeeklyRate(MONDAY, 0.1);
    for (let i = 0; i < 6 * 24; i++) {
      countAt(rate, MONDAY + i * HOUR, 50);
    }

    expect(usualPerDay(rate)).toBeCloseTo(0.1);
    countAt(rate, MONDAY + 8 * DAY, 0);
    expect(usualPerDay(rate)).toBeGreaterThan(50);
  });

  it('does not learn what was withdrawn', () => {
    const rate = createWeeklyRate(MONDAY, 0.1);
    for (let i = 0; i < 48; i++) {
      countAt(rate, MONDAY + i * HOUR, 50);
    }
    withdraw(rate, MONDAY);
    countAt(rate, MONDAY + 20 * DAY, 0);

    expect(usualPerDay(rate)).toBeCloseTo(0.1);
  });

  it('is forgotten after 60 days of silence', () => {
    const rate = officeHours(8);
    countAt(rate, MONDAY + 8 * WEEK + 61 * DAY, 0);

    expect(usualPerDay(rate)).toBeCloseTo(0.1);
  });

  it('adds up, is never less than believed, and is a number whatever the clock says', () => {
    const step = fc.tuple(fc.integer({ min: -WEEK, max: 3 * WEEK }), fc.double({ min: -5, max: 50, noNaN: true }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.nat(2 * DAY), fc.nat(2 * DAY), (steps, first, second) => {
        const rate = createWeeklyRate(MONDAY, 0.1);
        let time = MONDAY;
        for (const [gap, weight] of steps) {
          time += gap;
          countAt(rate, time, weight);
        }
        const whole = usualBetween(rate, time, time + first + second);
        const parts = usualBetween(rate, time, time + first) + usualBetween(rate, time + first, time + first + second);

        expect(whole).toBeCloseTo(parts, 5);
        expect(whole).toBeGreaterThanOrEqual(((first + second) / DAY) * 0.1 - 1e-9);
        expect(usualBetween(rate, time + DAY, time)).toBe(0);
      }),
    );
  });
});
