import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alarmScore,
  clumpWeight,
  createSequentialCount,
  nats,
  observe,
  pass,
  scoreAt,
  usualOf,
} from './sequential-count.ts';

const DAY = 86_400_000;

/** A generator that is the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Days until a Poisson process of this rate raises an alarm where `usual` a day are expected; at most `days`. */
function daysToAlarm(rate: number, usual: number, threshold: number, days: number, seed: number): number {
  const random = seeded(seed);
  const count = createSequentialCount(0);
  for (let time = 0; time < days * DAY; ) {
    const gap = (-Math.log(1 - random()) / rate) * DAY;
    time += gap;
    pass(count, time, usualOf(usual, gap));
    observe(count, 1);
    if (count.score >= threshold) {
      return time / DAY;
    }
  }
  return days;
}

describe('a score', () => {
  it('is never negative, whatever comes', () => {
    const step = fc.tuple(fc.integer({ min: -DAY, max: 100 * DAY }), fc.double({ min: -9, max: 9, noNaN: true }));
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const count = createSequentialCount(0);
        let time = 0;
        for (const [gap, weight] of steps) {
          time += gap;
          pass(count, time, usualOf(0.1, time - count.time));
          observe(count, weight);
          expect(count.score).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('is larger the more there is and the closer together', () => {
    const scoreOf = (gaps: readonly number[]) => {
      const count = createSequentialCount(0);
      for (const gap of gaps) {
        pass(count, count.time + gap, usualOf(0.1, gap));
        observe(count, 1);
      }
      return count.score;
    };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 * DAY }), { minLength: 1 }), (gaps) => {
        expect(scoreOf([...gaps, 0])).toBeGreaterThan(scoreOf(gaps));
        expect(scoreOf(gaps.map((gap) => gap / 2))).toBeGreaterThanOrEqual(scoreOf(gaps));
      }),
    );
  });

  it('drains while nothing happens, as is foretold', () => {
    const count = createSequentialCount(0);
    observe(count, 3);

    expect(count.score).toBeCloseTo(3 * nats(1));
    expect(scoreAt(count, 2 * DAY, 0.1)).toBeCloseTo(3 * nats(1) - (0.9 * 2) / 1.3);
    expect(scoreAt(count, 30 * DAY, 0.1)).toBe(0);
    pass(count, 2 * DAY, usualOf(0.1, 2 * DAY));
    expect(count.score).toBeCloseTo(3 * nats(1) - (0.9 * 2) / 1.3);
  });
});

describe('an alarm', () => {
  it.each([1, 2, 3, 4, 5])('is not raised in ten years of what is usual (seed %i)', (seed) => {
    expect(daysToAlarm(5, 5, alarmScore(0.1), 3650, seed)).toBe(3650);
  });

  it('is false no oftener than is put up with', () => {
    // e^4 observations at least lie between two false alarms of threshold 4.
    const waits = Array.from({ length: 200 }, (_, seed) => daysToAlarm(1, 1, 4, 10_000, seed + 1));

    expect(waits.reduce((sum, wait) => sum + wait, 0) / waits.length).toBeGreaterThan(Math.exp(4));
  });

  it.each([
    [10, 5],
    [5, 25],
  ])('is raised at %i times the usual within %i observations of the looked-for rate', (ratio, days) => {
    const waits = Array.from({ length: 50 }, (_, seed) => daysToAlarm(ratio, 1, alarmScore(0.1), 1000, seed + 1));

    expect(waits.reduce((sum, wait) => sum + wait, 0) / waits.length).toBeLessThan(days);
  });

  it('is not raised at twice the usual', () => {
    expect(daysToAlarm(2, 1, alarmScore(0.1), 1000, 7)).toBe(1000);
  });

  it('takes more evidence the fewer false alarms are wanted', () => {
    expect(alarmScore(0.1)).toBeCloseTo(13.8, 1);
    expect(alarmScore(0.001) - alarmScore(0.1)).toBeCloseTo(Math.log(100));
  });
});

it('weighs a clump by the logarithm of its size', () => {
  const weightOf = (size: number) => Array.from({ length: size }, (_, i) => clumpWeight(i + 1)).reduce((a, b) => a + b);

  expect([1, 3, 7, 1023].map(weightOf)).toEqual([1, 2, 3, 10].map((weight) => expect.closeTo(weight)));
});
