import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../../model/activity.ts';
import { at, brazil, type Happening, replay, signIn } from '../testkit.ts';
import { dataExfiltration } from './data-exfiltration.ts';

function statement(sql: string, what: Partial<Happening>): Happening {
  return signIn({ class: ActivityClass.statement, statement: sql, application: 'psql', ...what });
}

/** Alice at her desk on working days of a fortnight. */
const settled = Array.from({ length: 14 }, (_, n) => n)
  .filter((n) => n % 7 < 5)
  .flatMap((n) =>
    [9, 11, 14, 16].flatMap((hour) => [
      signIn({ time: at(n, hour) }),
      statement('SELECT * FROM orders WHERE id = 7', { time: at(n, hour) + 60_000, rows: 1 }),
    ]),
  );
const abroad = { time: at(14, 10), address: brazil };
const READ = "SELECT * FROM customers WHERE state <> 'gone'";

const variants = (...deeds: Happening[]) =>
  replay(
    dataExfiltration,
    [...settled, signIn(abroad), ...deeds].sort((a, b) => a.time - b.time),
  ).map(({ finding }) => finding.variant);

it('fires on many rows of a table by a condition, from a new place', () => {
  expect(variants(statement(READ, { ...abroad, rows: 20_000 }))).toEqual(['unusual client']);
});

it('stays quiet on the same statement with few rows, or where nobody tells how many', () => {
  expect(variants(statement(READ, { ...abroad, rows: 9999 }))).toEqual([]);
  expect(variants(statement(READ, abroad))).toEqual([]);
});

it('sees many rows of a statement that was small before', () => {
  const small = statement(READ, { ...abroad, rows: 3 });

  expect(variants(small, statement(READ, { ...abroad, rows: 20_000 }))).toEqual(['unusual client']);
});

it('stays quiet on small tables that are read whole', () => {
  const whole = (rows: number) =>
    ['a', 'b', 'c', 'd'].map((table) => statement(`SELECT * FROM ${table}`, { ...abroad, rows }));

  expect(variants(...whole(12))).toEqual([]);
  expect(variants(...whole(5000))).toEqual(['unusual client']);
});

it('stays quiet on many rows by conditions from the usual place: a month ends', () => {
  const tables = Array.from({ length: 12 }, (_, n) => `SELECT * FROM closing_${n} WHERE month = 9`);
  const deeds = tables.map((sql, n) => statement(sql, { time: at(14, 10) + n * 60_000, rows: 50_000 }));

  expect(replay(dataExfiltration, [...settled, ...deeds])).toEqual([]);
});

describe('one huge read', () => {
  const read = (sql: string, rows: number, time = at(14, 10)) => statement(sql, { time, rows });
  const large = read('SELECT * FROM orders WHERE day = 3', 4000, at(2, 10));
  const told = (...deeds: Happening[]) =>
    replay(
      dataExfiltration,
      [...settled, ...deeds].sort((a, b) => a.time - b.time),
    ).map(({ finding: { variant, severity } }) => `${variant} ${severity}`);

  it('fires on a whole table with many times the rows of any statement before', () => {
    expect(told(read('SELECT * FROM salaries', 20_000))).toEqual(['huge read Low']);
    expect(told(large, read('SELECT * FROM salaries', 20_000))).toEqual(['huge read Low']);
  });

  it('stays quiet where another statement brought a fifth of it, or it has a condition, or counts', () => {
    const larger = read('SELECT * FROM orders WHERE day = 3', 4001, at(2, 10));

    expect(told(larger, read('SELECT * FROM salaries', 20_000))).toEqual([]);
    expect(told(large, read('SELECT * FROM salaries WHERE month = 9', 20_000))).toEqual([]);
    expect(told(large, read('SELECT team, sum(pay) FROM salaries GROUP BY team', 20_000))).toEqual([]);
  });

  it('is told once a week, and teaches nothing', () => {
    const daily = Array.from({ length: 9 }, (_, n) => read('SELECT * FROM salaries', 20_000, at(14 + n, 10)));

    expect(told(...daily)).toEqual(['huge read Low', 'huge read Low']);
  });
});

it('stays quiet on as many rows from a new place as a statement usually brings', () => {
  const export_ = (what: Partial<Happening>) => statement("SELECT * FROM visits WHERE week = 'now'", what);
  const usual = export_({ time: at(2, 10), rows: 20_000 });

  expect(variants(export_({ ...abroad, rows: 30_001 }), usual)).toEqual(['unusual client']);
  expect(variants(export_({ ...abroad, rows: 30_000 }), usual)).toEqual([]);
});
