import { expect, it } from 'vitest';
import { comparedTo } from './common-start.ts';

const USUAL = ['SELECT id, name FROM products WHERE id = ?', 'SELECT name FROM customers'];

it('finds the usual statement that begins alike for longest', () => {
  expect(comparedTo(USUAL, 'SELECT id, name FROM products WHERE id = ? UNION SELECT ?')).toEqual({
    statement: 'SELECT id, name FROM products WHERE id = ? UNION SELECT ?',
    usual: USUAL[0],
    common: USUAL[0]!.length,
  });
});

it('finds none where both only are queries', () => {
  expect(comparedTo(USUAL, 'SELECT version()')).toEqual({ statement: 'SELECT version()', common: 0 });
  expect(comparedTo([], 'COPY customers TO STDOUT')).toEqual({ statement: 'COPY customers TO STDOUT', common: 0 });
});
