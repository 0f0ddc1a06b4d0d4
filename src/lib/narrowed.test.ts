import { expect, it } from 'vitest';
import { narrowed } from './narrowed.ts';

it('keeps the columns that are named, in their order', () => {
  expect(narrowed(Int32Array.of(1, 2, 3, 4, 5, 6), 3, [2, 0])).toEqual(Int32Array.of(3, 1, 6, 4));
});

it('leaves out what is no whole row', () => {
  expect(narrowed(Int32Array.of(1, 2, 3, 4, 5), 2, [1])).toEqual(Int32Array.of(2, 4));
});
