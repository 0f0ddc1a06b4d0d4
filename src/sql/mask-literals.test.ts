import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskLiterals } from './mask-literals.ts';

/** A quadratic scanner takes minutes for so many characters. */
const MANY = 500_000;

describe('maskLiterals', () => {
  it.each([
    [`SELECT 'a', 'it''s'`, `SELECT '?', '?'`],
    [`SELECT E'a\\'b', e'\\\\' AS x`, `SELECT '?', '?' AS x`],
    [`SELECT b'01', X'ff', n'a', U&'\\0061' UESCAPE '!'`, `SELECT '?', '?', '?', '?' UESCAPE '?'`],
    [`SELECT 'a'\n  'b'`, `SELECT '?'\n  '?'`],
    [`SELECT E'a'\n  'b\\'c' FROM t`, `SELECT '?' FROM t`],
    ['SELECT $$a$$, $tag$b $$ c$tag$, $1', `SELECT '?', '?', $1`],
    ['DO $do$ BEGIN PERFORM 1; END $do$', `DO '?'`],
    ['SELECT 1, -2.5, .5, 1e10, 1.5E-3, 0xFF, 1_000, 12abc', 'SELECT ?, -?, ?, ?, ?, ?, ?, ?'],
    ['SELECT a1, t2.b_3, x$4, é5 FROM "T 6"', 'SELECT a1, t2.b_3, x$4, é5 FROM "T 6"'],
    ['SELECT "a""b", "it\'s" FROM t WHERE x = \'y\'', 'SELECT "a""b", "it\'s" FROM t WHERE x = \'?\''],
    ['SELECT 1 -- a secret\n, 2', 'SELECT ? -- ?\n, ?'],
    [`SELECT 1 -- it's\r, 'x'`, `SELECT ? -- ?\r, '?'`],
    ['SELECT /* a /* b */ secret */ 1', 'SELECT /* ? */ ?'],
    [`ALTER ROLE app PASSWORD 'hunter2' VALID UNTIL 'infinity'`, `ALTER ROLE app PASSWORD '?' VALID UNTIL '?'`],
    ['SELECT a - b, a->>b, a / b, $', 'SELECT a - b, a->>b, a / b, $'],
    ['', ''],
  ])('shows %j as %j', (sql, shown) => {
    expect(maskLiterals(sql)).toBe(shown);
  });

  it.each([
    [`SELECT 'secret`, `SELECT '?'`],
    [`SELECT 'secret''`, `SELECT '?'`],
    [`SELECT E'secret\\`, `SELECT '?'`],
    [`SELECT E'a'\n'secret`, `SELECT '?'`],
    ['SELECT $$secret', `SELECT '?'`],
    ['SELECT $a$secret$b$', `SELECT '?'`],
    ['SELECT /* secret', 'SELECT /* ? */'],
    ['SELECT -- secret', 'SELECT -- ?'],
    [`SELECT * FROM "users WHERE pw = 'secret'`, 'SELECT * FROM "?"'],
    ['SELECT * FROM "users""', 'SELECT * FROM "?"'],
  ])('keeps nothing of what is not closed: %j', (sql, shown) => {
    expect(maskLiterals(sql)).toBe(shown);
  });

  it('masks every literal and keeps everything else, in any order', () => {
    const inside = fc
      .constantFrom('', "''", ' ', '"', '--', '/*', ';', '\n', '$', 'x')
      .map((before) => `${before}s3cr3t`);
    const masked = (literal: fc.Arbitrary<string>, shown: string) => literal.map((sql) => ({ sql, shown }));
    const literal = fc.oneof(
      masked(
        inside.map((text) => `'${text}'`),
        `'?'`,
      ),
      masked(
        inside.map((text) => `E'${text.replaceAll("''", "\\'")}\\\\'`),
        `'?'`,
      ),
      masked(
        inside.map((text) => `$q_1$${text}$q_1$`),
        `'?'`,
      ),
      masked(fc.constantFrom('$$s3cr3t$$', `$$'s3cr3t$$`), `'?'`),
      masked(fc.constantFrom('/* s3cr3t */', "/*'/**/s3cr3t*/"), '/* ? */'),
      masked(fc.constantFrom('31337', '3.13e-37', '.31337'), '?'),
    );
    const kept = fc
      .constantFrom('SELECT', 'a1', '"x y"', '"it\'s"', '"a""b"', ',', '=', '$1', '(', '-', 'e', 'U&"x"', 'a$b$c')
      .map((sql) => ({ sql, shown: sql }));
    fc.assert(
      fc.property(fc.array(fc.oneof(literal, kept), { maxLength: 12 }), (tokens) => {
        const expected = tokens.map(({ shown }) => shown).join(' ');
        expect(maskLiterals(tokens.map(({ sql }) => sql).join(' '))).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['quotes', "'"],
    ['doubled quotes', "''"],
    ['double quotes', '"'],
    ['dollar quotes', '$a$b$'],
    ['dollar signs', '$'],
    ['tags never closed', '$aaaaaaaaaa '],
    ['backslashes', '\\'],
    ['escape strings', "E'\\"],
    ['strings to be continued', "e'a'\n "],
    ['digits', '1'],
    ['digits and underscores', '1_'],
    ['exponents', '1e'],
    ['points', '1.'],
    ['words', 'aé_'],
    ['prefixes', "xe'"],
    ['comments', '/*'],
    ['half comments', '/ *'],
    ['minus signs', '-'],
    ['blank lines', '\n '],
  ])('takes a time linear in the length of many %s', (_, unit) => {
    const text = (length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
    for (const start of ['', "'", "E'", '"', '$t$']) {
      const begin = performance.now();
      maskLiterals(start + text(MANY));
      expect(performance.now() - begin).toBeLessThan(5000);
    }
  });
});
