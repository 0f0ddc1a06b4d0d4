import { expect, it } from 'vitest';
import { decay, gainSurprise } from './gain-rate.ts';

it.each([
  [0, 1],
  [-5, 1],
  [1, 0.95],
  [60, 0.046],
])('weighs what happened %d days ago as %f', (days, weight) => {
  expect(decay(days)).toBeCloseTo(weight, 3);
});

it.each([
  ['nothing in 7 days', 0, 7, 3.2],
  ['nothing in 14 days', 0, 14, 3.6],
  ['nothing in 60 days', 0, 60, 4.2],
  ['a value every ten days', 0.1 / (1 - 0.95), 200, 2.3],
  ['a value a day', 1 / (1 - 0.95), 200, 0.5],
])('is surprised by a new value where there was %s', (_, gains, days, nats) => {
  expect(gainSurprise(gains, days)).toBeCloseTo(nats, 1);
});

it('is a number whatever the clock says', () => {
  for (const [gains, days] of [
    [0, 0],
    [0, -100],
    [1e6, 1],
    [0, 1e9],
  ]) {
    expect(gainSurprise(gains, days)).toBeGreaterThanOrEqual(0);
    expect(gainSurprise(gains, days)).toBeLessThan(5);
  }
});
