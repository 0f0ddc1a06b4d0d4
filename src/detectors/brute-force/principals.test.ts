import { expect, it } from 'vitest';
import { day } from '../testkit.ts';
import { Principals } from './principals.ts';

it('remembers dozens of places of a principal for so many days after the last login', () => {
  const principals = new Principals(60);
  for (let place = 1; place <= 40; place++) {
    principals.note(7, place, day(place));
  }
  const known = (time: number) => Array.from({ length: 41 }, (_, n) => n).filter((n) => principals.isAt(7, n, time));

  expect(known(day(40))).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
  expect(known(day(70))).toEqual(Array.from({ length: 31 }, (_, n) => n + 10));
  expect(known(day(101))).toEqual([]);
  expect(principals.exists(7, day(100))).toBe(true);
  expect(principals.exists(7, day(101))).toBe(false);
  expect(principals.isAt(8, 1, day(1))).toBe(false);
  expect(principals.isAt(900, 1, day(1))).toBe(false);
});

it('keeps the day of a place that is used again, in whatever order', () => {
  const principals = new Principals(60);
  for (const [place, n] of [
    [1, 30],
    [2, 31],
    [1, 20],
    [3, 32],
    [2, 1],
  ] as const) {
    principals.note(7, place, day(n));
  }

  expect([1, 2, 3].map((place) => principals.isAt(7, place, day(90)))).toEqual([true, true, true]);
});

it('measures the largest pool', () => {
  const principals = new Principals(60);
  for (const [n, size] of [
    [0, 3],
    [1, 12],
    [2, 5],
  ] as const) {
    for (let i = 0; i < size; i++) {
      if (i === 0) {
        principals.note(7, 1, day(n));
      } else {
        principals.count(7, day(n) + i * 100);
      }
    }
  }

  expect(principals.largestPool(7, day(3))).toBe(12);
  expect(principals.largestPool(7, day(63))).toBe(0);
  expect(principals.largestPool(700, day(3))).toBe(0);
});

it('forgets whom nobody names', () => {
  const principals = new Principals(60);
  principals.note(7, 1, day(0));
  principals.note(8, 1, day(0));
  principals.keepOnly({ principal: () => {}, address: () => {}, application: () => {}, word: () => {} }, (keep) => {
    keep(7);
  });

  expect([7, 8].map((principal) => principals.isAt(principal, 1, day(1)))).toEqual([true, false]);
});
