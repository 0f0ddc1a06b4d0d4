import { expect, it } from 'vitest';
import { SmallStatements } from './small-statements.ts';

const MANY = 131_072;

it('knows all of very many statements, wherever their hashes lie', () => {
  const small = new SmallStatements();
  for (let n = 0; n < MANY; n++) {
    small.add(256 * n, n);
  }

  expect(Array.from({ length: MANY }, (_, n) => small.has(256 * n, n)).every(Boolean)).toBe(true);
  expect(small.has(256, 0)).toBe(false);
});

it('begins anew when there are too many', () => {
  const small = new SmallStatements();
  for (let n = 0; n <= MANY; n++) {
    small.add(n, n);
  }

  expect([small.has(0, 0), small.has(MANY, MANY)]).toEqual([false, true]);
});
