import { expect, it } from 'vitest';
import { type Happening, replay } from '../testkit.ts';
import { sqlInjection } from './sql-injection.ts';
import { inTurn, PRODUCT, settled, statement } from './testkit.ts';

const INJECTION = 'SQL.PostgreSQL_PotentialSqlInjection';

function found(history: readonly Happening[]) {
  return replay(sqlInjection, history).map(
    ({ finding }) => `${finding.alertType} ${finding.variant} ${finding.severity}`,
  );
}

it.each([
  [
    "SELECT id, name FROM products WHERE name ILIKE '%x' UNION SELECT id, email FROM users WHERE '1'='1%' ORDER BY id LIMIT 20",
    'union',
  ],
  ["SELECT id, name FROM products WHERE name ILIKE '%x'||(SELECT pg_sleep(5))||'%' ORDER BY id LIMIT 20", 'time'],
  [`${PRODUCT} AND (SELECT substr(password, 1, 1) FROM users LIMIT 1) = 'a'`, 'boolean'],
])('fires on one request that keeps the rest of the query, %s', (sql, variant) => {
  expect(found([...settled(), statement(sql)])).toEqual([`${INJECTION} ${variant} High`]);
});

/** Two days ago a release began to give its version: nothing of it is usual yet. */
const renamed = settled()
  .slice(-40)
  .map((one) => ({ ...one, application: 'shop/2' }));

it('fires on one request through an application that is still learning, by the quotes that it uses up', () => {
  const reads = (condition: string) =>
    statement(`${PRODUCT} UNION SELECT id, email FROM users WHERE ${condition} AND on_sale`);
  const sends = (condition: string) => found([...renamed, { ...reads(condition), application: 'shop/2' }]);

  expect(sends("'1' = '1'")).toEqual([`${INJECTION} union High`]);
  expect(sends('1 = 1')).toEqual([]);
});

it('fires on tables that several requests read by UNION', () => {
  const read = ['email FROM users', 'iban FROM accounts', 'token FROM sessions'].map((what) =>
    statement(`${PRODUCT} UNION SELECT id, sku, name, ${what}`),
  );

  expect(found([...settled(), ...inTurn(...read)])).toEqual([`${INJECTION} union High`]);
});

it('stays quiet on what a release joins by UNION, behind a known beginning or in new queries', () => {
  const released = inTurn(
    statement(`${PRODUCT} UNION ALL SELECT id, sku, name, price FROM retired_products WHERE id = 3`),
    statement('SELECT a FROM t WHERE 1=1 AND b = 2 UNION SELECT a FROM u WHERE 1=1 AND b = 2'),
    statement('SELECT a FROM t WHERE 1=1 AND c = 2 UNION SELECT a FROM u WHERE 1=1 AND c = 2'),
    statement('SELECT a FROM t WHERE d = 2 UNION SELECT a FROM u WHERE d = 2'),
    statement('SELECT a FROM t WHERE b = (SELECT left(c, 3) FROM u WHERE u.d = t.d LIMIT 1)'),
  );

  expect(found([...settled(), ...released])).toEqual([]);
});
