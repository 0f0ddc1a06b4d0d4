import { expect, it } from 'vitest';
import { redactQuery } from './redact-query.ts';

it.each([
  [`SELECT * FROM c WHERE c.id = 'a' AND c.x = "b"`, `SELECT * FROM c WHERE c.id = '?' AND c.x = "?"`],
  [`SELECT 'it\\'s', "a\\"b"`, `SELECT '?', "?"`],
  ['SELECT TOP 10 c.p1__10, c.price * 1.5e3 FROM c', 'SELECT TOP ? c.p1__10, c.price * ? FROM c'],
  ['SELECT * FROM c WHERE c.id = @p1', 'SELECT * FROM c WHERE c.id = @p1'],
  ['SELECT 1 -- a secret\nFROM c', 'SELECT ? -- ?\nFROM c'],
  ["SELECT 'secret", "SELECT '?'"],
  ['SELECT "secret\\', 'SELECT "?"'],
  ['SELECT /* secret', 'SELECT ?'],
  ['', ''],
])('shows %j as %j', (query, shown) => {
  expect(redactQuery(query)).toBe(shown);
});

it.each(["'", '"', '\\', "'\\", '1', '/*', '-', '1.', 'a'])('takes a time linear in the length of many %s', (unit) => {
  const begin = performance.now();
  redactQuery(unit.repeat(100_000));
  expect(performance.now() - begin).toBeLessThan(2000);
});
