import { expect, it } from 'vitest';
import { fingerprintText } from './fingerprint.ts';
import { literalPrefixes } from './literal-prefixes.ts';
import { literalsOf } from './literals-of.ts';
import type { Shape } from './shape.ts';
import { ShapeBook } from './shape-book.ts';

const MINUTE = 60_000;

function look(book: ShapeBook, sql: string, time = 0): Shape {
  return book.shapeOf(fingerprintText(sql), { statementText: () => sql, time });
}

it('works a shape out once for all literals', () => {
  const book = new ShapeBook();

  expect(look(book, 'SELECT a FROM t WHERE b = 1')).toBe(look(book, "select a from t where b = 'x'"));
  expect(look(book, 'SELECT a FROM t')).not.toBe(look(book, 'SELECT b FROM t'));
});

it('looks again where literals decide', () => {
  const book = new ShapeBook();
  const value = (sql: string) => look(book, sql).effects[0]?.value;

  expect(value("SET log_statement = 'all'")).toBe('all');
  expect(value("SET log_statement = 'none'")).toBe('none');
});

it('parses so many new shapes, the rest by tokens, and one more every two minutes', () => {
  const book = new ShapeBook();
  const parsed = (from: number, count: number, time: number) =>
    Array.from({ length: count }, (_, n) => look(book, `SELECT c${from + n} FROM t`, time)).filter(
      ({ source }) => source === 'tree',
    ).length;

  expect(parsed(0, 2300, 0)).toBe(2000);
  expect(parsed(2300, 300, 20 * MINUTE)).toBe(10);
  expect(parsed(2600, 300, 19 * MINUTE)).toBe(0);
  expect(parsed(2900, 2300, 100_000 * MINUTE)).toBe(2000);
});

it('takes over what another book has read of the same activity', () => {
  const sql = 'SELECT a FROM t WHERE b = f(1)';
  const shape = (serial: number) =>
    new ShapeBook().shapeOf({ ...fingerprintText(sql), serial }, { statementText: () => sql, time: 0 });
  const first = shape(7_000_001);

  expect(shape(7_000_001)).toBe(first);
  expect(shape(7_000_002)).not.toBe(first);
});

it('forgets made-up shapes before those in use', { timeout: 60_000 }, () => {
  const book = new ShapeBook();
  const known = look(book, 'SELECT a FROM t WHERE b = 1');
  for (let n = 0; n < 80_000; n++) {
    look(book, `SELECT c${n} FROM t`);
    if (n % 10_000 === 0) {
      look(book, 'SELECT a FROM t WHERE b = 2');
    }
  }

  expect(look(book, 'SELECT a FROM t WHERE b = 3')).toBe(known);
});

it('gives the shape of a kept fingerprint from what is at hand, as long as it is remembered', {
  timeout: 60_000,
}, () => {
  const book = new ShapeBook();
  const sql = 'SELECT a FROM t WHERE b = 1';
  const kept = { ...fingerprintText(sql), memory: 1 };
  const bytes = kept.bytes.slice(kept.start, kept.start + 64);
  const own = { ...kept, bytes, words: new DataView(bytes.buffer), start: 0 };
  let asked = 0;
  const told = { statementText: () => (++asked > 0 ? sql : ''), time: 0 };
  const known = book.shapeOf(own, told);

  expect([book.shapeOf(own, told), book.shapeOf(own, told)]).toEqual([known, known]);
  expect(asked).toBe(1);
  for (let n = 0; n < 150_000; n++) {
    look(book, `SELECT c${n} FROM t`);
  }
  expect(book.shapeOf(own, told)).not.toBe(known);
  expect(asked).toBe(2);
});

it('tells literals of a text, as far as all are closed', () => {
  expect(
    literalsOf("do 'it''s long enough' || 'short' -- 'not this one here'\n || $q$and this one$q$ 'open and never", 8),
  ).toEqual(["it's long enough", 'and this one']);
  expect(literalsOf('/* never closed', 1)).toEqual([]);
});

it('tells the beginnings of a statement as far as its literals', () => {
  const keys = (sql: string) => literalPrefixes(fingerprintText(sql)).map(({ low, high }) => `${low} ${high}`);
  const known = keys("SELECT id FROM products WHERE name ILIKE '%x%' AND price > 3");
  const broken = keys("select id from products where name ilike '%O'Brien%' and price > 3");

  expect(known).toHaveLength(2);
  expect(broken[0]).toBe(known[0]);
  expect(broken).not.toContain(known[1]);
});
