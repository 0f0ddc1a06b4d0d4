import { describe, expect, it } from 'vitest';
import { type Effect, Sign } from './shape.ts';
import { shapeOf, tokenShapeOf } from './shape-of.ts';
import { MAX_PARSED_BYTES } from './syntax-tree.ts';

/** The same read twice: by PostgreSQL's parser and by tokens alone. */
const READERS = [
  ['the parser', shapeOf],
  ['tokens', tokenShapeOf],
] as const;
const PRODUCT = 'SELECT id, name FROM products WHERE id = 3';

function signsOf(signs: number): string[] {
  return Object.entries(Sign).flatMap(([name, bit]) => ((signs & bit) === 0 ? [] : [name]));
}

function effectsOf(effects: readonly Effect[]): string[] {
  return effects.map(({ kind, object, value }) => `${kind} ${object} ${value}`);
}

describe.each(READERS)('by %s', (_, read) => {
  it.each<[string, string[]]>([
    [`${PRODUCT} UNION SELECT NULL, NULL`, ['unionConstants']],
    [`${PRODUCT} UNION ALL SELECT 1, version()`, ['unionConstants', 'environment']],
    [
      `${PRODUCT} UNION SELECT 1, table_name FROM information_schema.tables`,
      ['unionPadded', 'unionCatalog', 'mixedCatalog'],
    ],
    [`${PRODUCT} OR 1=1`, ['tautology']],
    [`${PRODUCT} OR 'a'='a' AND name = 'x'`, ['tautology']],
    [`${PRODUCT} OR true`, ['tautology']],
    [`${PRODUCT} OR NOT false`, ['tautology']],
    [`${PRODUCT} OR false`, ['constantProbe']],
    [`${PRODUCT} AND 1=2`, ['constantProbe']],
    [`${PRODUCT} AND 5 = (SELECT 5 FROM pg_sleep(5))`, ['subqueryProbe', 'sleep']],
    [
      `${PRODUCT} AND 1 = CAST(CHR(97)||CHR(98)||CHR(99)||CHR(100)||(SELECT version()) AS NUMERIC)`,
      ['subqueryProbe', 'charChain', 'castError'],
    ],
    [
      `${PRODUCT} AND ASCII(SUBSTRING((SELECT password FROM users LIMIT 1) FROM 1 FOR 1)) > 64`,
      expect.arrayContaining(['substringProbe']) as unknown as string[],
    ],
    [`${PRODUCT}; SELECT pg_sleep(2)`, ['sleep', 'stacked']],
    [`${PRODUCT}; DROP TABLE users`, ['stacked', 'stackedChange']],
    [`${PRODUCT}; COMMIT`, []],
  ])('finds the signs in %s', (sql, signs) => {
    expect(signsOf(read(sql).signs)).toEqual(signs);
  });

  it.each([
    PRODUCT,
    'SELECT 1',
    'SELECT pg_sleep(0.2)',
    "SELECT * FROM orders WHERE 1=1 AND status = 'new' OR total > 3",
    "SELECT * FROM t WHERE ($1 IS NULL OR name = $1) AND (region = 'x' OR shared)",
    'SELECT sku FROM products UNION SELECT email FROM customers',
    "INSERT INTO posts (body) VALUES (''' OR 1=1 UNION SELECT NULL--')",
    "SELECT id FROM t WHERE title = 'COPY t FROM PROGRAM ''id'''",
    "SELECT c.relname, 'table' FROM pg_class c WHERE c.oid = 3 UNION ALL SELECT 'a', NULL",
    "SELECT chr(10) || 'a' || chr(13) FROM t",
    'UPDATE t SET a = 1 WHERE b = 2',
  ])('finds none, and no effect, in %s', (sql) => {
    const { signs, effects } = read(sql);

    expect(signsOf(signs)).toEqual([]);
    expect(effects).toEqual([]);
  });

  it.each([
    ["COPY t FROM PROGRAM 'id'", ['program t from']],
    ["COPY (SELECT a, b FROM t) TO PROGRAM 'curl x'", ['program  to']],
    ["COPY t TO '/tmp/x' WITH CSV", ['file copy write']],
    ["COPY t/**/FROM\n'/etc/passwd'", ['file copy read']],
    ['COPY t TO STDOUT', []],
    ['CREATE ROLE "X y" WITH LOGIN SUPERUSER PASSWORD \'a\'', ['attribute X y superuser']],
    ['ALTER USER bob NOSUPERUSER', []],
    ['GRANT pg_execute_server_program, b TO c', ['membership c pg_execute_server_program', 'membership c b']],
    ['GRANT SELECT ON t TO c', []],
    ['SET log_statement = off', ['setting log_statement off']],
    ['ALTER ROLE bob SET log_statement = none', ['setting log_statement none']],
    ["SELECT set_config('pgaudit.log', 'none', false)", ['setting pgaudit.log none']],
    ["SET search_path = 'x'", []],
    ['CREATE EXTENSION IF NOT EXISTS plpython3u', ['language plpython3u extension']],
    ['DROP TABLE IF EXISTS a, b CASCADE', ['drop table 2']],
    ['DROP DATABASE shop', ['drop database 1']],
    ['TRUNCATE a, b', ['truncate table 2']],
    ['CREATE TABLE "READ_ME" (note text)', ['create READ_ME table']],
    ['CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw', ['server postgres_fdw foreign server']],
    ['SELECT rolname, rolpassword FROM pg_authid', ['secret pg_authid all']],
    ['SELECT * FROM pg_shadow', ['secret pg_shadow all']],
    ['SELECT usename, passwd FROM pg_shadow WHERE usename = $1', ['secret pg_shadow one']],
    ['SELECT rolname FROM pg_authid', []],
  ])('finds what %s does', (sql, effects) => {
    expect(effectsOf(read(sql).effects)).toEqual(effects);
  });

  it('looks into code, and into what code executes', () => {
    const { effects, functions } = read(
      "DO $$ BEGIN PERFORM pg_read_file('/etc/passwd'); EXECUTE 'COPY t FROM PROGRAM ''id'''; END $$ LANGUAGE plpgsql",
    );

    expect(effectsOf(effects)).toContain('program t from');
    expect(functions).toContain('pg_read_file');
  });

  it('names tables and functions', () => {
    const { reads, writes, functions } = read('INSERT INTO a SELECT lower(b.x) FROM s.b JOIN c USING (id)');

    expect({ reads, writes, functions }).toEqual({ reads: ['s.b', 'c'], writes: ['a'], functions: ['lower'] });
  });
});

it('tells a condition that is never true by its form from one that lets every row through', () => {
  const of = (condition: string) => signsOf(shapeOf(`${PRODUCT} OR ${condition}`).signs);

  expect(of('4 IS NULL')).toEqual(['constantProbe']);
  expect(of('NULL IS NOT NULL')).toEqual(['constantProbe']);
  expect(of('4 IS NOT NULL')).toEqual(['tautology']);
  expect(of('NULL IS NULL')).toEqual(['tautology']);
  expect(of('NOT 4 IS NULL')).toEqual(['tautology']);
});

it('names what functions give as XML', () => {
  expect(shapeOf("SELECT query_to_xml('SELECT a FROM customers', true, true, '')").reads).toEqual(['customers']);
  expect(shapeOf("SELECT table_to_xml('shop.orders'::regclass, true, true, '')").reads).toEqual(['shop.orders']);
  expect(shapeOf("SELECT schema_to_xml('shop', true, true, '')").reads).toEqual(['every table of shop']);
  expect(shapeOf("SELECT database_to_xml(true, true, '')").reads).toEqual(['every table']);
});

it.each<[string, string[]]>([
  [`${PRODUCT} AND 1 = (SELECT password FROM users LIMIT 1)::text::int`, ['subqueryProbe', 'castError']],
  [`${PRODUCT} AND 1 = (SELECT count(*) FROM users)::text::int`, ['subqueryProbe']],
  [`${PRODUCT} AND id = query_to_xml('SELECT 1', true, true, '')::text::int`, ['castError']],
  [`${PRODUCT} AND id = xmlcomment('1')::text::int`, []],
  [`${PRODUCT} OR '{"a": 1}'::jsonb @> '{"a": 1}'::jsonb`, ['tautology']],
  [`${PRODUCT} OR name::jsonb @> '{"a": 1}'::jsonb`, []],
  [`${PRODUCT} AND '{"b": 2}'::jsonb ? 'c'`, ['constantProbe']],
  ['SELECT a FROM t ORDER BY (SELECT ascii(substr(password, 1, 1)) FROM users LIMIT 1)', ['substringProbe']],
  ['SELECT a, (SELECT left(body, 80) FROM posts p WHERE p.id = t.id) FROM t', []],
  [`${PRODUCT} AND 2 = (SELECT count(*) FROM generate_series(1, 5000000))`, ['subqueryProbe', 'sleep']],
  ['SELECT a, (SELECT count(*) FROM generate_series(t.b, t.c)) FROM t', []],
  [`${PRODUCT} AND (SELECT substr(password, 1, 1) FROM users LIMIT 1) = 'a'`, ['subqueryProbe', 'substringProbe']],
  [`${PRODUCT} AND code = (SELECT left(c, 2) FROM u LIMIT 1)`, []],
])('finds what a subquery is there for in %s', (sql, signs) => {
  expect(signsOf(shapeOf(sql).signs)).toEqual(signs);
});

it.each<[string, string[]]>([
  [
    `${PRODUCT} UNION SELECT id, email FROM users WHERE 'a' = 'a' AND on_sale`,
    ['constantProbe', 'union', 'unionQuoted'],
  ],
  [`${PRODUCT} UNION SELECT id, email FROM users WHERE 1 = 1 AND on_sale`, ['constantProbe', 'union']],
  ["SELECT a FROM t WHERE 'x' = '' AND b = 2 UNION SELECT a FROM u WHERE 'x' = '' AND b = 2", ['union']],
  ['SELECT a FROM t WHERE 1 = 1 AND b = 2 UNION SELECT a FROM u WHERE 1 = 1 AND b = 2', ['union']],
  ['SELECT a FROM t UNION SELECT a FROM u WHERE b = 2', []],
])('finds which queries UNION joins in %s', (sql, signs) => {
  expect(signsOf(shapeOf(sql).signs)).toEqual(signs);
});

it('sees whether a library came with the server', () => {
  const of = (path: string) =>
    effectsOf(shapeOf(`CREATE FUNCTION f() RETURNS int AS '${path}', 'f' LANGUAGE 'C'`).effects);

  expect(of('/tmp/evil.so')).toEqual(['language c code']);
  expect(of('$libdir/postgis-3')).toEqual(['language c installed library']);
});

it('reads by tokens what the parser does not understand, and what is too long for it', () => {
  const long = `COPY t FROM PROGRAM 'id' -- ${'x'.repeat(MAX_PARSED_BYTES)}`;

  expect(shapeOf(PRODUCT).source).toBe('tree');
  expect(shapeOf(`${PRODUCT}) UNION SELECT NULL, NULL`)).toMatchObject({
    source: 'tokens',
    signs: Sign.unionConstants,
  });
  expect(shapeOf(long)).toMatchObject({ source: 'tokens', effects: [{ kind: 'program' }] });
});

describe('hostile statements', () => {
  it.each([
    '(',
    '- ',
    'not ',
    'a||',
    '(select ',
    'case when ',
    '::int',
    ' union select 1',
    ' or 1=1',
    ' where ',
    '"a',
    'a.',
    'f(',
    ',',
    ';',
    'copy a from ',
    'grant a,',
    'chr(1)||',
    'from a ',
    "'a' ",
    '$a$',
    '/*',
    'create table x ',
    "language 'c' ",
    'set_config(',
  ])('of many %j take little time, and leave the parser sound', (unit) => {
    for (const start of ['select ', 'select 1 from t where a = 1 ', 'do $$ ', 'copy ']) {
      for (const length of [MAX_PARSED_BYTES - 32, 60_000]) {
        const sql = start + unit.repeat(Math.floor(length / unit.length));
        const begin = performance.now();
        shapeOf(sql);
        tokenShapeOf(sql);
        expect(performance.now() - begin).toBeLessThan(3000);
      }
    }
    expect(shapeOf(PRODUCT).source).toBe('tree');
  });
});
