import { describe, expect, it } from 'vitest';
import { day, type Happening, replay } from '../testkit.ts';
import { sqlInjection } from './sql-injection.ts';
import { inTurn, NOW, PRODUCT, settled, statement } from './testkit.ts';

const MINUTE = 60_000;

function found(history: readonly Happening[]) {
  return replay(sqlInjection, history);
}

describe('stays quiet', () => {
  it.each([`${PRODUCT} OR 'a'='a'`, `SELECT id, name FROM kinds WHERE shop = 3 UNION SELECT 0, 'none'`])(
    'for what was sent from the beginning, and every day, on %s',
    (sql) => {
      const daily = Array.from({ length: 12 }, (_, n) => statement(sql, { time: day(n) + 9 * 60 * MINUTE }));
      const history = [...settled(), ...daily].sort((a, b) => a.time! - b.time!);

      expect(found([...history, statement(sql)])).toEqual([]);
    },
  );

  it('for several that were sent every day, even beside a new one that is not clear by itself', () => {
    const usual = ["OR 'a'='a'", "OR 'a'='a' OR sku = 'x'", "OR name = 'x' OR 'a'='a'"].map(
      (end) => `${PRODUCT} ${end}`,
    );
    const daily = Array.from({ length: 12 * usual.length }, (_, n) =>
      statement(usual[n % 3]!, { time: day(Math.floor(n / 3)) + (9 + (n % 3)) * 60 * MINUTE }),
    );
    const history = [...settled(), ...daily].sort((a, b) => a.time! - b.time!);
    const news = inTurn(...[...usual, `${PRODUCT} AND 1=1`].map((sql) => statement(sql)));

    expect(found([...history, ...news])).toEqual([]);
    expect(found([...history, ...news, statement(`${PRODUCT} OR 1=1 OR id = 3`, { time: NOW + 9000 })])).toHaveLength(
      1,
    );
  });

  it('for lists of choices that are empty, which excuse no list with a choice in it', () => {
    const choice = (literals: string) => `SELECT id, name FROM products WHERE id = 4 OR ${literals}`;
    const exception = (list: string) => `SELECT id, name FROM products WHERE (id NOT IN (${list}) OR (1 = 1))`;
    const empty = (time: number) => [choice('1 = 0'), exception('NULL')].map((sql) => statement(sql, { time }));
    const past = [...empty(day(0)), ...settled(), ...empty(NOW)];

    expect(found(past)).toEqual([]);
    expect(found([...past, statement(choice('1 = 1'))])).toHaveLength(1);
    expect(found([...past, statement(exception('3'))])).toHaveLength(1);
  });

  it('for conditions and rows that an author put behind parameters, which excuse no input that is part of the text', () => {
    const empty = (name: string) => `SELECT id, name FROM products WHERE name = ${name} OR 1 = 1`;
    const row = (shop: string) => `SELECT id, name FROM kinds WHERE shop = ${shop} UNION ALL SELECT 0, 'all of them'`;
    const usual = [statement('SELECT id, name FROM kinds WHERE shop = $1', { time: day(0) }), ...settled()];
    const bound = inTurn(statement(empty('$1')), statement(row('$1')), statement(empty('$1')));

    expect(found([...usual, ...bound])).toEqual([]);
    expect(found([...usual, ...bound, statement(empty("'x'"), { time: NOW + MINUTE })])).toHaveLength(1);
    expect(found([...usual, ...bound, statement(row('7'), { time: NOW + MINUTE })])).toHaveLength(1);
  });
});
