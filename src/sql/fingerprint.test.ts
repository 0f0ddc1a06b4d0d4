import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dialect, fingerprintText } from './fingerprint.ts';
import { Mark } from './mark.ts';
import { normalText } from './shape-of.ts';
import { MAX_STATEMENT_BYTES } from './sql-bytes.ts';

const MANY = 500_000;

function normal(sql: string, dialect: Dialect = 'postgresql'): string {
  return normalText(fingerprintText(sql, dialect));
}

function keyOf(sql: string): string {
  const { low, high } = fingerprintText(sql);
  return `${low} ${high}`;
}

function marksOf(sql: string): string[] {
  const { marks } = fingerprintText(sql);
  return Object.entries(Mark).flatMap(([name, bit]) => ((marks & bit) === 0 ? [] : [name]));
}

describe('the normal form', () => {
  it.each([
    ["SELECT  Id,\n\tname FROM T WHERE id = 3 AND n = 'x''y';", 'select id,name from t where id=? and n=?'],
    ['select $1, $22, -5, .5, 1e-3, 0xFF, 1_000', 'select ?,?,?,?,?,?,?'],
    ['select a -1, (b)-1, 3-1, f(-1), a=-1, a <-1', 'select a-?,(b)-?,?-?,f(?),a=?,a<?'],
    ["select E'a\\'b', b'01', N'x', U&'\\0061', $$a$$, $t$b $$ c$t$", 'select ?,?,?,?,?,?'],
    ["select 'a'\n  'b', e'c'\n'd\\'e'", 'select ?,?'],
    ["select 'a' 'b'", 'select ? ?'],
    ['select "Id", "a""b" from "T"', 'select "Id","a""b" from "T"'],
    ['select/* x /* y */ z */1--c', 'select ?'],
    ['select a from t where id in (1, 2,3)', 'select a from t where id in(?)'],
    ['select a from t where id in ($1,-2, null)', 'select a from t where id in(?)'],
    ['select f(1,2), array[1,2], x[1]', 'select f(?,?),array[?],x[?]'],
    ["insert into t values (1,'a'),(2, null) , (3,'c')", 'insert into t values(?)'],
    ["insert into t values (DEFAULT,'a',now()),(DEFAULT,'b',now())", 'insert into t values(default,?,now())'],
    ['insert into t values (1,f(2)),(1,g(2))', 'insert into t values(?,f(?)),(?,g(?))'],
    ['update t set a = NULL, b = true where c is null', 'update t set a=?,b=? where c is null'],
    ['select 1; ; select 2 ;', 'select ?;select ?'],
    ['select 3UNION select null', 'select ? union select null'],
    ["select date '2020-01-01', t.x", 'select date ?,t.x'],
    ['SELECT größe, ÄPFEL FROM t', 'select größe,Äpfel from t'],
    ["copy t from/**/program 'id'", 'copy t from program ?'],
    ['', ''],
  ])('of %j is %j', (sql, expected) => {
    expect(normal(sql)).toBe(expected);
  });

  it.each([
    [`SELECT * FROM c WHERE c.id = "a\\"b" AND c.n = 'x' OR c.p = @p`, 'select*from c where c.id=? and c.n=? or c.p=?'],
    ['SELECT c["id"] FROM c WHERE c.id IN ("a", "b")', 'select c[?]from c where c.id in(?)'],
  ])('of the query %j of Cosmos DB is %j', (sql, expected) => {
    expect(normal(sql, 'cosmosdb')).toBe(expected);
  });

  it.each([
    "select 'secret",
    "select E'secret\\'",
    'select $$secret',
    'select $a$secret$b$',
    'select /* secret',
    'select 1 -- secret',
  ])('keeps nothing of what is not closed: %j', (sql) => {
    expect(normal(sql)).not.toContain('secret');
  });
});

describe('marks', () => {
  it.each<[string, string[]]>([
    ['select 1', []],
    ["select 'a", ['unterminated']],
    ['select "a', ['unterminated']],
    ['select $$a', ['unterminated']],
    ['select (1', ['unbalanced']],
    ['select 1)', ['unbalanced']],
    ['select 1;', []],
    ['select 1; select 2', ['stacked']],
    ['select 1 -- why not', ['lineComment']],
    ['-- why not\nselect 1', []],
    ['-- why not', []],
    ['select 1--', ['lineComment', 'emptyComment']],
    ["select 1 --' and pw = 'x'", ['lineComment', 'emptyComment', 'hiddenRest']],
    ['select 1-- -', ['lineComment', 'emptyComment']],
    ['select 1 -- see (x)', ['lineComment']],
    ["select 1 -- AND b = 'x'", ['lineComment']],
    ["select 1 -- xyz%' order by id limit 20", ['lineComment', 'hiddenRest']],
    ['select 1 -- ) limit 3', ['lineComment', 'emptyComment', 'hiddenRest']],
    ["select 1 -- don't ask", ['lineComment']],
    ['select 1 -- (see the wiki)', ['lineComment']],
    ['select/**/1', ['commentAsBlank']],
    ['select /* a */ 1', []],
  ])('of %j are %j', (sql, expected) => {
    expect(marksOf(sql)).toEqual(expected);
  });
});

describe('the hash', () => {
  const literal = fc.oneof(
    fc.string({ maxLength: 12 }).map((text) => `'${text.replaceAll("'", "''").replaceAll('\u0000', '')}'`),
    fc.nat().map(String),
    fc.integer().map(String),
    fc.constantFrom('$1', "$$it's$$", "E'a\\'b'", '1.5e-3'),
  );
  const blank = fc.constantFrom(' ', '\n', '\t ', ' /* x */ ', ' -- y\n');
  const shapes: ((values: string[], blanks: string[]) => string)[] = [
    ([a, b], [s, t]) => `select x${s}from t where a =${t}${a} and b in (${b},${a})`,
    ([a, b], [s, t]) => `insert into t (a, b)${s}values${t}(${a}, ${b}), (${b},${a})`,
    ([a], [s, t]) => `update${s}t set a = ${a}${t}where b < ${a}`,
    ([a], [s, t]) => `select f(${a}),${s}g(x)${t}from t limit 3`,
  ];

  it('is the same for statements that differ in literals, comments, white space and case only', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shapes),
        fc.array(literal, { minLength: 4, maxLength: 4 }),
        fc.array(blank, { minLength: 4, maxLength: 4 }),
        (shape, values, blanks) => {
          const one = shape(values.slice(0, 2), blanks.slice(0, 2));
          const other = shape(values.slice(2), blanks.slice(2)).replace(/^\w+/, (word) => word.toUpperCase());
          expect(keyOf(other)).toBe(keyOf(one));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('differs for statements that differ in more', () => {
    const statements = [
      'select a from t',
      'select b from t',
      'select a from u',
      'select a from t where a = 1',
      'select a from t where a = 1 or 1 = 1',
      'select a from t where a <> 1',
      'select f(1) from t',
      'select f(1, 2) from t',
      'select "A" from t',
      'select (a) from t',
      "select a from t where a = '",
    ];

    expect(new Set(statements.map(keyOf)).size).toBe(statements.length);
  });
});

describe('hostile input', () => {
  it('is never thrown on, whatever the bytes', () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      '$$',
      '$a$',
      '--',
      '/*',
      '*/',
      '\n',
      "e'",
      '\\',
      '(',
      ')',
      '[',
      ',',
      ';',
      '-',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 4 }))), (pieces) => {
        const sql = pieces.join('');
        expect(fingerprintText(sql).length).toBeLessThanOrEqual(2 * Buffer.byteLength(sql) + 2);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    "'",
    "''",
    '"',
    '$a$b$',
    '$',
    '$aaa ',
    '\\',
    "e'\\",
    "e'a'\n ",
    '1',
    '1e',
    '.',
    'aé_',
    '/*',
    '/ *',
    '-',
    '--\n',
    '(',
    ')',
    'values(1,2),',
    'in(',
    '[',
    ';',
    ',',
  ])('takes a time linear in the length of many %j', (unit) => {
    for (const start of ['', "'", "E'", '"', '$t$', 'values (', '/*']) {
      const sql = start + unit.repeat(MANY / unit.length);
      const begin = performance.now();
      fingerprintText(sql);
      expect(performance.now() - begin).toBeLessThan(1000);
    }
  });

  it('is looked at so far only', () => {
    const short = fingerprintText(`select ${'a,'.repeat(MAX_STATEMENT_BYTES)}`);

    expect(short.marks & Mark.cut).toBe(Mark.cut);
    expect(short.length).toBeLessThanOrEqual(MAX_STATEMENT_BYTES);
    expect(marksOf("select 'x")).not.toContain('cut');
  });
});
