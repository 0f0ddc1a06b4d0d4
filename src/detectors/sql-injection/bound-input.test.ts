import { describe, expect, it } from 'vitest';
import { isInputBound } from './bound-input.ts';

describe('input is bound', () => {
  it.each([
    'SELECT id FROM products WHERE name = $1 OR 1 = 0',
    'select "id" from "products" where ("name" = $1 or 1 = 1) and "shop" = $2 limit $3',
    'SELECT id FROM products WHERE (name = $1 OR 0 = 1) AND (sku = $2 OR 0 = 1) LIMIT 20',
    'SELECT id FROM products WHERE (name = $1 OR 1 = 1) AND price > 3',
    'SELECT id FROM products WHERE ((((name = $1))) OR (((NOT(0=1))))) LIMIT 2',
    'SELECT id FROM products WHERE (name = $1 OR 1 = 1) AND (id IN (1, 2, 3))',
    'SELECT p1.id FROM products p1 WHERE p1.name = $12 AND true',
    "SELECT id, name FROM kinds WHERE shop = $1 UNION ALL SELECT 0, 'all of them' ORDER BY 2",
    'SELECT id, name FROM kinds WHERE shop = $1 AND note IS NULL AND kind = $2 UNION SELECT NULL, NULL',
  ])('in %s', (sql) => {
    expect(isInputBound(sql)).toBe(true);
  });
});

describe('input is, or may be, part of the text', () => {
  it.each([
    "SELECT id FROM products WHERE name = 'x' OR 1 = 1",
    'SELECT id FROM products WHERE id = 3 OR 1 = 1',
    'SELECT id FROM products WHERE id = id OR 1 = 1',
    'SELECT id FROM products WHERE shop = $1 AND id = id OR 1 = 1',
    "SELECT id FROM products WHERE shop = $1 AND name = 'x' OR 1 = 1",
    "SELECT id FROM products WHERE name = 'x' OR shop = $1 OR 1 = 1",
    'SELECT id FROM products WHERE shop = $1 AND id IN (3) OR (1 = 1)',
    "SELECT id FROM products WHERE shop = $1 OR 1 = 0 AND name = 'x' OR 'a' = 'a'",
    "SELECT id, name FROM kinds WHERE id = 3 UNION SELECT 0, 'x'",
    'SELECT id, name FROM kinds WHERE shop = $1 UNION SELECT 1, secret FROM keys',
    'SELECT id, name FROM kinds WHERE shop = $1 UNION SELECT 1, current_user',
    'SELECT id, name FROM kinds WHERE shop = $1 UNION SELECT 1, pg_read_file($2)',
    'SELECT id FROM products WHERE shop = $1 AND 1=1 OR 1=1',
    'SELECT id FROM products WHERE shop = $1 AND 1=1 OR 2>1',
    'SELECT id FROM products WHERE shop = $1 AND true OR true',
    'SELECT id FROM products WHERE shop = $1 AND note = $$x$$ OR 1 = 1',
    'SELECT id FROM products WHERE shop = $1',
    '',
  ])('in %s', (sql) => {
    expect(isInputBound(sql)).toBe(false);
  });
});

it.each(['$1 or ', "'", '$', '$1)', '$1 or 1=1 ', ' '])('takes little time for many %j', (unit) => {
  const begin = performance.now();
  isInputBound(`select a from t where b = $1 or ${unit.repeat(19_000 / unit.length)}`);
  expect(performance.now() - begin).toBeLessThan(500);
});
