import { expect, it } from 'vitest';
import { bitCount } from './bit-count.ts';

it.each([
  [0, 0],
  [1, 1],
  [0b1011, 3],
  [0xffffff, 24],
  [-1, 32],
  [1 << 31, 1],
])('counts the bits of %i', (word, count) => {
  expect(bitCount(word)).toBe(count);
});
