import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintText } from './fingerprint.ts';
import { shapeOf, tokenShapeOf } from './shape-of.ts';

const isPlain = (sql: string) => fingerprintText(sql).isPlain;

describe('plain', () => {
  it.each([
    'SELECT id, name FROM products WHERE id = 3',
    "SELECT t.a, count(*) FROM t JOIN u ON u.id = t.b WHERE t.c <> 'x' OR t.d >= 4 GROUP BY t.a HAVING count(*) > 3",
    'INSERT INTO shop.orders (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = excluded.name RETURNING id',
    "UPDATE t SET a = NULL, b = b + 1 WHERE c > 1 AND d IN (1, 2) AND lower(e) = 'x'",
    'DELETE FROM t WHERE a = 1 AND NOT b AND EXISTS (SELECT 1 FROM u WHERE u.id = t.id)',
    'WITH x AS (SELECT a FROM t LIMIT 3) SELECT a::int FROM x ORDER BY 1 DESC FOR UPDATE',
    'SELECT CASE WHEN a > 1 THEN 2 ELSE 3 END FROM "Orders" WHERE "Id" = 3 AND "Name" LIKE $1',
    'BEGIN',
    'SAVEPOINT a',
  ])('is %s', (sql) => {
    expect(isPlain(sql)).toBe(true);
  });

  it.each([
    '',
    'SELECT 1; SELECT 2',
    'SELECT a FROM t -- x',
    "SELECT 'a",
    'SELECT a FROM t WHERE b = 1 OR 1 = 1',
    'SELECT a FROM t WHERE b = 1 OR -1 = -1',
    "SELECT a FROM t WHERE b = 1 OR date '2020-01-01' > 'x'",
    "SELECT a FROM t WHERE b = 1 OR national char 'a' = 'a'",
    "SELECT a FROM t WHERE b = 1 OR timestamp with time zone '2020-01-01' > 'x'",
    "SELECT a FROM t WHERE b = 1 OR public.citext 'a' = 'a'",
    'SELECT a FROM t WHERE b BETWEEN 1 AND 2 AND 3 = 3',
    'SELECT a FROM t WHERE b BETWEEN 1 AND 2',
    'SELECT a FROM t WHERE b = 1 BETWEEN AND 1=1',
    'SELECT a FROM t WHERE b = 1 AND (SELECT 1) = 1',
    'SELECT a FROM t WHERE b = 1 OR true',
    'SELECT a FROM t WHERE b = 1 AND now() IS NOT NULL',
    'SELECT a FROM t UNION SELECT b FROM u',
    'SELECT a INTO b FROM t',
    'SELECT a FROM pg_class',
    'SELECT a FROM "pg_shadow"',
    'SELECT a FROM U&"\\0070g_shadow"',
    'SELECT f(a) FROM t',
    'SELECT "lo_import"(a) FROM t',
    "SELECT lo_import('/etc/passwd')",
    'INSERT INTO t SELECT f(a) FROM u',
    'SELECT (a || (SELECT b FROM u))::int FROM t',
    'SELECT CAST(a AS int) FROM t',
    'SELECT current_user',
    'SET log_statement = none',
    'COPY t TO STDOUT',
    'DROP TABLE t',
  ])('is not %s', (sql) => {
    expect(isPlain(sql)).toBe(false);
  });

  it('is no query of Cosmos DB', () => {
    expect(fingerprintText('SELECT a FROM c', 'cosmosdb').isPlain).toBe(false);
  });
});

const WORDS =
  'SELECT INSERT UPDATE DELETE WITH FROM INTO WHERE AND OR NOT BETWEEN UNION ALL VALUES SET AS ON JOIN CASE WHEN THEN ELSE END EXISTS IN IS NULL LIKE t u a b t.a "a" "pg_class" pg_class information_schema.tables pg_sleep lower coalesce count now chr substring cast f 1 \'x\' -1 $1 true date interval = <> || :: int , . ( ) ( ) ; version current_user RETURNING LIMIT ORDER BY 1=1 1=1'.split(
    ' ',
  );
const FRAMES = [
  ['SELECT a FROM t WHERE b = 1', ''],
  ['SELECT', 'FROM t WHERE b = 1'],
  ['SELECT a FROM t JOIN u ON', ''],
  ['UPDATE t SET a =', 'WHERE b = 1'],
  ['INSERT INTO t', ''],
  ['SELECT a FROM', 'WHERE b = 1'],
] as const;

it('is nothing in which a parser finds a sign or an effect', () => {
  let plain = 0;
  const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 12 });
  fc.assert(
    fc.property(fc.constantFrom(...FRAMES), words, ([before, after], middle) => {
      const sql = `${before} ${middle.join(' ')} ${after}`;
      if (isPlain(sql)) {
        plain++;
        expect(shapeOf(sql)).toMatchObject({ signs: 0, effects: [] });
        expect(tokenShapeOf(sql)).toMatchObject({ signs: 0, effects: [] });
      }
    }),
    { numRuns: 5000 },
  );
  expect(plain).toBeGreaterThan(200);
}, 60_000);
