import { expect, it } from 'vitest';
import { adjoin, limitOf, successionOf, valuesOf } from './values-of.ts';

it.each([
  ['SELECT * FROM t LIMIT 5000 OFFSET 5000', 'SELECT * FROM t LIMIT 5000 OFFSET 10000', 'onward', 5000],
  ['SELECT * FROM t2 WHERE id = 7', 'SELECT * FROM t2 WHERE id = 8', 'onward', 1],
  ["SELECT * FROM t WHERE id = '7'", "SELECT * FROM t WHERE id = '8'", 'onward', 1],
  ['SELECT * FROM t WHERE id BETWEEN 1 AND 10', 'SELECT * FROM t WHERE id BETWEEN 11 AND 20', 'onward', 10],
  ['SELECT * FROM t WHERE id = 16777215', 'SELECT * FROM t WHERE id = 16777217', 'onward', 2],
  ["SELECT * FROM t WHERE day = '2026-01-31'", "SELECT * FROM t WHERE day = '2026-02-01'", 'onward', Number.NaN],
  [
    "SELECT * FROM t WHERE at > '2026-01-31 23:59:58'",
    "SELECT * FROM t WHERE at > '2026-01-31 23:59:59.5'",
    'onward',
    Number.NaN,
  ],
  [
    "SELECT * FROM t WHERE id > '0a000000-1111-4222-8333-444455556666'",
    "SELECT * FROM t WHERE id > 'f0000000-1111-4222-8333-444455556666'",
    'other',
    Number.NaN,
  ],
  [
    "SELECT * FROM t WHERE (day, id) > ('2026-01-31', 9)",
    "SELECT * FROM t WHERE (day, id) > ('2026-02-01', 7)",
    'onward',
    0,
  ],
  ['SELECT * FROM t WHERE id = 8', 'SELECT * FROM t WHERE id = 7', 'other', 0],
  ["SELECT * FROM t WHERE name = 'a'", "SELECT * FROM t WHERE name = 'b'", 'other', Number.NaN],
  ['SELECT * FROM t WHERE a = 1 AND b = 1 AND c = 1', 'SELECT * FROM t WHERE a = 2 AND b = 2 AND c = 2', 'other', 1],
  ['SELECT * FROM t WHERE id = $1', 'SELECT * FROM t WHERE id = $1', 'other', Number.NaN],
  ['SELECT * FROM t WHERE id = 7', 'SELECT * FROM t WHERE id = 7', 'same', Number.NaN],
])('%s, then %s: %s', (before, after, kind, advance) => {
  expect(successionOf(valuesOf(before), valuesOf(after))).toEqual({ kind, advance });
});

it('keeps no long number, and no text', () => {
  expect(valuesOf("SELECT * FROM t WHERE card = '4111111111111111' AND name = 'alice'")).toEqual([
    4111111111111111 % 0x1000000,
    expect.any(Number),
  ]);
});

it.each([
  ['id BETWEEN 0 AND 8999', 'id BETWEEN 9000 AND 17999', true],
  ['id > 1000 AND id <= 2000', 'id > 2000 AND id <= 2500', true],
  ['id BETWEEN 0 AND 8999', 'id BETWEEN 9100 AND 17999', false],
  ['id BETWEEN 9000 AND 17999', 'id BETWEEN 0 AND 8999', false],
  ['week BETWEEN 1 AND 4', 'week BETWEEN 5 AND 8', false],
  ["day BETWEEN '2026-01-01' AND '2026-01-07'", "day BETWEEN '2026-01-08' AND '2026-01-14'", false],
  ['id > 1000 LIMIT 1000', 'id > 2000 LIMIT 1000', false],
])('%s, then %s: adjoin %s', (before, after, expected) => {
  expect(adjoin(valuesOf(before), valuesOf(after))).toBe(expected);
});

it('reads limits', () => {
  expect(limitOf('SELECT * FROM t LIMIT 50')).toBe(50);
  expect(limitOf('SELECT * FROM t FETCH FIRST 70 ROWS ONLY')).toBe(70);
  expect(limitOf('SELECT * FROM t LIMIT ALL')).toBeUndefined();
});
