import { describe, expect, it } from 'vitest';
import { day, type Happening, replay, replayOnce } from '../testkit.ts';
import { sqlInjection } from './sql-injection.ts';
import { broken, inTurn, NOW, PRODUCT, settled, shopServer, statement } from './testkit.ts';

const MINUTE = 60_000;

function found(history: readonly Happening[], settings: object = {}) {
  return replay(sqlInjection, history, settings).map(
    ({ finding }) => `${finding.alertType} ${finding.variant} ${finding.severity}`,
  );
}

const INJECTION = 'SQL.PostgreSQL_PotentialSqlInjection';
const FAULTY = 'SQL.PostgreSQL_VulnerabilityToSqlInjection';

describe('fires', () => {
  it('on UNION with a row of constants, and tells who, what and how that was seen', () => {
    const history = [...settled(), statement(`${PRODUCT} UNION SELECT NULL,NULL,version(),'secret'-- `)];
    const [{ finding, count, startTime }, ...more] = replay(sqlInjection, history);

    expect(more).toEqual([]);
    expect({ count, startTime }).toEqual({ count: 1, startTime: NOW });
    expect(finding).toMatchObject({
      alertType: INJECTION,
      variant: 'union',
      displayName: 'Potential SQL injection',
      severity: 'High',
      confidence: 'high',
      summary:
        "shop-web as web from 10.0.0.15 sent orders 1 statement that look put together from a query and somebody's input (UNION with a row of constants, an empty comment that cuts off the rest, a statement that this steady application has not sent before and 2 more): SELECT id, sku, name, price FROM products WHERE id = ? UNION SELECT NULL,NULL,version(),'?'-- ?; before, it had sent 241 statements of 3 kinds since 2026-01-05.",
      attack: { tactic: 'TA0001', technique: 'T1190' },
      entities: { principal: 'web', application: 'shop-web', address: shopServer, database: 'orders' },
      score: { threshold: 10, unit: 'votes' },
      observed: { 'Suspicious statements': '1', 'Of them refused or failed': '0' },
    });
    expect(JSON.stringify(finding)).not.toContain('secret');
  });

  it.each([
    [`${PRODUCT} UNION SELECT NULL,NULL,CHR(97)||CHR(98)||CHR(99)||CHR(100),NULL`, 'union'],
    [`${PRODUCT} UNION SELECT 1,table_name,table_schema,2 FROM information_schema.tables--`, 'union'],
    ["SELECT id FROM users WHERE name = 'admin'--' AND password = 'x'", 'comment'],
    ["SELECT id FROM users WHERE name = 'x' OR 1=1-- -' AND password = 'x'", 'boolean'],
    [`${PRODUCT} OR 1=1--`, 'boolean'],
    [`${PRODUCT} AND 3 = (SELECT 3 FROM PG_SLEEP(5))`, 'time'],
    [`${PRODUCT} AND 2 = (SELECT count(*) FROM generate_series(1, 5000000))`, 'time'],
    [`${PRODUCT}; SELECT pg_sleep(5)--`, 'time'],
    [`${PRODUCT}; UPDATE users SET is_admin = true--`, 'stacked'],
    [`${PRODUCT}; DROP TABLE users--`, 'stacked'],
    [`${PRODUCT} AND ASCII(SUBSTRING((SELECT password FROM users LIMIT 1) FROM 1 FOR 1)) > 64`, 'boolean'],
    [`${PRODUCT} AND 1=CAST('~'||(SELECT version())::text||'~' AS NUMERIC) AND 2=2-- x`, 'error'],
  ])('without having learned anything, on %s', (sql, variant) => {
    expect(found([statement(sql)])).toEqual([`${INJECTION} ${variant} High`]);
  });

  it('on a statement that is known, when a comment cuts its rest off', () => {
    const cut = statement("SELECT id FROM users WHERE username = 'u' --' AND password = 'p'");

    expect(found([...settled(), cut])).toEqual([`${INJECTION} comment High`]);
  });

  it.each([
    [`${PRODUCT} OR 'a'='a'`, 'boolean'],
    [`${PRODUCT} UNION SELECT 1, 'x', 'y', 2`, 'union'],
    [`${PRODUCT} OR '{"a": 1}'::jsonb @> '{"a": 1}'::jsonb`, 'boolean'],
    [`${PRODUCT} ORDER BY (SELECT ascii(substr(password, 1, 1)) FROM users LIMIT 1)`, 'boolean'],
  ])('only on a steady application whose statements are known, on %s', (sql, variant) => {
    expect(found([statement(sql)])).toEqual([]);
    expect(found([...settled(3), statement(sql, { time: day(4) })])).toEqual([]);
    expect(found([...settled(), statement(sql)])).toEqual([`${INJECTION} ${variant} High`]);
  });

  it('on several statements none of which is clear by itself', () => {
    const probes = inTurn(
      broken(`${PRODUCT}'`, '42601'),
      broken(`${PRODUCT} ORDER BY 9--`, '42P10'),
      statement(`${PRODUCT} AND 1=1-- x`),
      statement(`${PRODUCT} UNION SELECT a, b, c, 1 FROM t--`),
    );

    expect(found(probes)).toEqual([`${INJECTION} union High`]);
    expect(found(probes.slice(0, 2))).toEqual([]);
    expect(found(probes.map((probe, n) => ({ ...probe, time: NOW + n * 11 * MINUTE })))).toEqual([]);
  });

  it('less loudly when everything was refused', () => {
    const sql = `${PRODUCT} UNION SELECT NULL,NULL,NULL--`;

    expect(found(inTurn(statement(`${sql} `), broken(`${sql} `, '42601')), { sensitivity: 'high' })).toHaveLength(1);
    expect(found([broken(`${PRODUCT} UNION SELECT CHR(1)||CHR(2)||CHR(3)||CHR(4),NULL)`, '42601')])).toEqual([
      `${INJECTION} union Medium`,
    ]);
  });

  it('once for all statements of an attack, with every one counted, those that failed once', () => {
    const attack = Array.from({ length: 50 }, (_, n) => {
      const sql = `${PRODUCT} UNION SELECT NULL,version(),c${n}(${n})--`;
      return [statement(sql, { time: NOW + n * 1000 }), broken(sql, '42883', { time: NOW + n * 1000 + 5 })];
    }).flat();
    const [{ finding, count, endTime }, ...more] = replay(sqlInjection, attack);

    expect(more).toEqual([]);
    expect({ count, endTime }).toEqual({ count: 50, endTime: NOW + 49_005 });
    expect(finding.observed).toMatchObject({ 'Of them refused or failed': '50', 'Different ones': '50' });
    expect(finding.rawLines.length).toBeLessThanOrEqual(20);
  });

  it('on a faulty statement of a steady application, which tells that it can be injected', () => {
    const sql = "SELECT id, name FROM products WHERE name ILIKE '%O'Xylander%' ORDER BY id LIMIT 20";
    const [{ finding }, ...more] = replay(sqlInjection, [...settled(), broken(sql, '42601')]);

    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      alertType: FAULTY,
      variant: 'faulty statement',
      severity: 'Low',
      observed: { Statements: "SELECT id, name FROM products WHERE name ILIKE '?' …" },
    });
    expect(JSON.stringify(finding)).not.toContain('Xylander');
  });

  it('louder when many different statements break', () => {
    const faults = ["x'a", "y'b c", "z'(d"].map((text, n) =>
      broken(`SELECT id, name FROM products WHERE name ILIKE '%${text}%' ORDER BY id LIMIT 20`, '42601', {
        time: NOW + n * 20 * MINUTE,
      }),
    );

    expect(found([...settled(), ...faults])).toEqual([`${FAULTY} faulty statement Low`]);
    expect(replay(sqlInjection, [...settled(), ...faults])[0]).toMatchObject({ count: 3 });
  });

  it('at sensitivity low on more votes, at high on fewer', () => {
    const clear = [statement(`${PRODUCT} UNION SELECT NULL,NULL--`)];

    expect(found(clear)).toEqual([]);
    expect(found(clear, { sensitivity: 'high' })).toHaveLength(1);
    expect(found([statement(`${PRODUCT} OR 1=1--`)], { sensitivity: 'low' })).toEqual([]);
    expect(found(clear, { voteCount: 9 })).toHaveLength(1);
  });
});

describe('stays quiet', () => {
  it.each<[string, Happening[]]>([
    ['for the usual statements', settled(30)],
    [
      'for a new statement that is in order',
      [...settled(), statement('SELECT id, total FROM orders WHERE customer_id = 5')],
    ],
    [
      'for text that looks like SQL in literals',
      [...settled(), statement("INSERT INTO posts (body) VALUES (''' UNION SELECT NULL,NULL--')")],
    ],
    [
      'for queries within that count, cut off or contain',
      [
        ...settled(),
        statement('SELECT id, (SELECT count(*) FROM generate_series(t.a, t.b)) FROM t WHERE t.id = 3'),
        statement('SELECT id, (SELECT left(body, 80) FROM posts p WHERE p.id = t.id) FROM t'),
        statement(`${PRODUCT} OR meta @> '{"a": 1}'::jsonb`),
      ],
    ],
    ['for text that looks like SQL in parameters', [statement('SELECT id FROM t WHERE name = $1')]],
    [
      'for a comment at the end',
      [
        ...settled(),
        statement(`${PRODUCT} -- from the product page`),
        statement('SELECT a, b FROM t WHERE c = 1 -- new'),
      ],
    ],
    ['for a comment of a tracing library', [...settled(), statement(`${PRODUCT} /*traceparent='00-a-b-01'*/`)]],
    [
      'for conditions of a query builder',
      [
        statement("SELECT a FROM t WHERE 1=1 AND b = 2 AND (c = 'x' OR d)"),
        statement('SELECT a FROM t WHERE a = 1 AND 1=0'),
      ],
    ],
    ['for a report', [statement("SELECT 'open', count(*) FROM o WHERE s = 1 UNION ALL SELECT 'all', count(*) FROM o")]],
    [
      'for a query of the catalog',
      [statement("SELECT relname, NULL FROM pg_class WHERE oid = 3 UNION ALL SELECT 'x', NULL --")],
    ],
    ['for several statements of a migration', [statement('ALTER TABLE a ADD b int; UPDATE a SET b = 1; DROP TABLE c')]],
    ['for one customer called O’Brien while learning', [broken("SELECT a FROM t WHERE name = 'O'Brien'", '42601')]],
    [
      'for many customers with quotes in their names',
      Array.from({ length: 30 }, (_, n) =>
        broken(`SELECT a FROM products WHERE name = 'O'B${'x'.repeat(n)}'`, '42601', { time: NOW + n * 1000 }),
      ),
    ],
    [
      'for people who try things out in psql',
      inTurn(
        broken('selct * from orders', '42601'),
        broken("select * from products where name = 'x", '42601'),
        broken('select count(* from orders', '42601'),
        statement('select * from users where id = 1 or 1=1 --'),
        statement('select a from t where b = 1 union select null, null --'),
      ).map((happening) => ({ ...happening, application: 'psql' })),
    ],
    [
      'for people who make mistakes without naming their tool',
      inTurn(
        broken('selct * from orders', '42601'),
        broken("select * from products where name = 'x", '42601'),
        broken('select count(* from orders', '42601'),
        broken('select custmer_id from orders', '42703'),
        broken("select * from orders where id = 'abc'", '22P02'),
        statement("select * from orders where 1=1 and status = 'new' limit 2 -- habit"),
        statement('select pg_sleep(1)'),
        statement('select sku from products union select email from customers'),
      ).map((happening) => ({ ...happening, principal: 'anna', application: '' })),
    ],
  ])('%s', (_, history) => {
    expect(found(history)).toEqual([]);
  });
});

it('is not talked out of it by a flood of new statements', { timeout: 60_000 }, () => {
  const flood = Array.from({ length: 5000 }, (_, n) => statement(`SELECT c${n} FROM t WHERE a = 1`, { time: NOW + n }));
  const attack = statement(`${PRODUCT} UNION SELECT NULL,NULL,version()--`, { time: NOW + 5000 });

  expect(replayOnce(sqlInjection, [...flood, attack])).toHaveLength(1);
});

it('gives commands that cannot be broken out of', () => {
  const name = "x' OR pg_terminate_backend(1)\u202e";
  const [{ finding }] = replay(sqlInjection, [
    statement(`${PRODUCT} OR 1=1--`, { principal: name, application: name }),
  ]);
  const steps = [...finding.guidance.investigation, ...finding.guidance.remediation].join('\n');

  expect(steps).toContain("application_name = 'x'' OR pg_terminate_backend(1)\ufffd'");
  expect(`${steps}${finding.summary}`).not.toContain('\u202e');
});
