import { describe, expect, it } from 'vitest';
import { OneDayVisits } from './one-day-visits.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5);
const day = (n: number) => START + n * DAY;

/** Member 1 comes every day up to the one before `until`. */
function daily(until: number): OneDayVisits {
  const visits = new OneDayVisits();
  visits.begin(1, day(0));
  for (let n = 1; n < until; n++) {
    visits.again(1, day(n));
  }
  return visits;
}

describe('the share of days that brought somebody who came on no other', () => {
  it('is nothing where all come often', () => {
    expect(daily(10).rate(day(10))).toBe(0);
  });

  it('tells of those who come seldom, until they come again', () => {
    const visits = daily(3);
    visits.begin(2, day(3));
    visits.begin(3, day(6) + 1);
    visits.again(3, day(6) + 2);

    expect(visits.rate(day(10))).toBeCloseTo(2 / 10);
    visits.again(2, day(10));
    expect(visits.rate(day(10))).toBeCloseTo(1 / 10);
  });

  it('counts those who came together once, and today not yet', () => {
    const visits = daily(5);
    for (let id = 2; id < 30; id++) {
      visits.begin(id, day(5));
    }

    expect([visits.rate(day(5)), visits.rate(day(10))]).toEqual([0, 1 / 10]);
  });

  it('looks back on 60 days', () => {
    const visits = daily(3);
    visits.begin(2, day(3));

    expect(visits.rate(day(50))).toBeCloseTo(1 / 50);
    expect(visits.rate(day(70))).toBe(0);
  });

  it('knows that an id was given to another, and bears late records', () => {
    const visits = daily(3);
    visits.begin(2, day(3));
    visits.begin(2, day(8));
    visits.begin(4, day(7));

    expect(visits.rate(day(10))).toBeCloseTo(1 / 10);
  });
});
