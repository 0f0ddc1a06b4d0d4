import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thresholdPosition } from './threshold-position.ts';

describe('thresholdPosition', () => {
  it.each([
    [10, 20, 0.5],
    [10, 10, 1],
    [2.3, 3.58, 2.3 / 3.58],
    [1, 10, 0.1],
    [0, 5, 0],
  ])('puts a threshold of %d for a value of %d at %d', (threshold, value, position) => {
    expect(thresholdPosition(threshold, value)).toBeCloseTo(position, 10);
  });

  it('moves left as the value grows, and stays visible', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e12, noNaN: true }),
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        (value, factor) => {
          const near = thresholdPosition(1, value);
          const far = thresholdPosition(1, value * factor);

          expect(far).toBeLessThanOrEqual(near);
          expect(far).toBeGreaterThan(0.05);
        },
      ),
    );
  });
});
