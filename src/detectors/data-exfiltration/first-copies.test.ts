import { describe, expect, it } from 'vitest';
import { at, brazil } from '../testkit.ts';
import { alice, backup, dump, TABLES, TRIED, times, told, visit } from './testkit.ts';

/** Tables that Alice looks at each day, and never copied. */
const KNOWN = TABLES.slice(0, 3);

/** Reports by day. */
const tableau = { ...alice, principal: 'reports', application: 'Tableau 2025.1' };
const reports = times(TRIED, String).flatMap((_, day) =>
  [8, 11, 14].flatMap((hour) => visit(at(day, hour), tableau, ['SELECT state, count(*) FROM table_4 GROUP BY 1'])),
);

/** Reads its tables whole, twice a day, and is there around the clock. */
const cache = { ...alice, principal: 'cache', application: 'cache/1.0' };
const SMALL = TABLES.slice(0, 5);

describe('fires', () => {
  it.each([
    [
      'through a tool that dumps',
      visit(at(TRIED, 10), { ...alice, application: 'pg_dump' }, dump(KNOWN)),
      'unusual client Low',
    ],
    ['at night', visit(at(TRIED, 22), alice, dump(KNOWN.slice(0, 1))), 'off hours Low'],
    [
      'from a new place',
      visit(at(TRIED, 10), { ...alice, address: brazil }, dump(KNOWN.slice(0, 1))),
      'unusual client Medium',
    ],
    ['and many others', visit(at(TRIED, 10), alice, dump(TABLES.slice(0, 9))), 'breadth of tables Low'],
  ])('on tables that are copied by whoever only looked at them, %s', (_, deed, expected) => {
    expect(told(...deed)).toEqual([`alice: ${expected}`]);
  });
});

it('fires on a table that she looks at, when it is drawn through a cursor', () => {
  const steps = times(60, () => 'FETCH 5000 FROM c');

  expect(told(...visit(at(TRIED, 10), alice, ['DECLARE c CURSOR FOR SELECT * FROM table_1', ...steps]))).toEqual([
    'alice: volume Low',
  ]);
});

it('fires once a week on a table that is copied at night', () => {
  const nights = [0, 1, 2, 3, 4, 5, 6].flatMap((n) => visit(at(TRIED + n, 22), alice, dump(TABLES.slice(n, n + 1))));

  expect(told(...nights)).toEqual(['alice: off hours Low']);
});

it('fires on a table a day, copied by whoever only looked at them', () => {
  const looks = TABLES.flatMap((table, n) => visit(at(n % 5, 11), alice, [`SELECT x.* FROM ${table} x`]));
  const drip = times(5, String).flatMap((_, n) => visit(at(TRIED + n, 10), alice, dump(TABLES.slice(n, n + 1))));

  expect(told(...looks, ...drip)).toEqual(['alice: slow drip Low']);
});

describe('stays quiet', () => {
  it.each([
    [
      'for one table copied at night under the role of a program',
      [...reports, ...visit(at(TRIED, 22), tableau, dump(KNOWN.slice(0, 1)))],
    ],
    [
      'for a new version of a program, which reads its tables by COPY',
      [
        ...times(24 * TRIED, String).flatMap((_, hour) =>
          visit(at(0, hour), cache, hour % 12 === 0 ? SMALL.map((table) => `SELECT * FROM ${table}`) : ['SELECT 1']),
        ),
        ...visit(at(TRIED, 9), { ...cache, application: 'cache/2.0' }, dump(SMALL)),
      ],
    ],
    ['for few tables copied by day', visit(at(TRIED, 10), alice, dump(KNOWN))],
    ['for a second backup by day', visit(at(TRIED, 10), backup, dump(TABLES))],
    [
      'for tables that she copied in the first week',
      [...visit(at(3, 10), alice, dump(KNOWN)), ...visit(at(TRIED, 22), alice, dump(KNOWN))],
    ],
  ])('%s', (_, deed) => {
    expect(told(...deed)).toEqual([]);
  });
});
