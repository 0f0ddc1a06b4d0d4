import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ValueAtHand } from './value-at-hand.ts';

const scope = fc.oneof(fc.nat(99), fc.nat(40_000), fc.integer());

it('tells nothing but what was set last of a scope, and was not forgotten', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(scope, fc.nat(2), fc.boolean()), { maxLength: 60 }), (steps) => {
      const memo = new ValueAtHand();
      const known = new Map<number, number>();
      for (const [of, value, isForgotten] of steps) {
        memo.set(of, value, 1);
        known.set(of, value);
        expect(memo.is(of, value, 1)).toBe(true);
        if (isForgotten) {
          memo.forget(of);
          known.delete(of);
        }
        for (const [one, last] of known) {
          expect([0, 1, 2].every((other) => other === last || !memo.is(one, other, 1))).toBe(true);
        }
        expect(isForgotten && memo.is(of, value, 1)).toBe(false);
      }
    }),
  );
});

it('has the values of scopes of small numbers at hand, each its own', () => {
  const memo = new ValueAtHand();
  memo.set(16_383, 1, 1);
  for (let n = 0; n < 16_383; n++) {
    memo.set(n, n % 7, 1);
  }
  expect(Array.from({ length: 16_383 }, (_, n) => memo.is(n, n % 7, 1)).every(Boolean)).toBe(true);
  expect(memo.is(16_383, 1, 1)).toBe(true);
  expect(memo.is(5, 5, 2)).toBe(false);
});
