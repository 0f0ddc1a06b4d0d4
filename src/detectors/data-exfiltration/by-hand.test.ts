import { describe, expect, it } from 'vitest';
import { at, brazil, privateAddress, replay } from '../testkit.ts';
import { dataExfiltration } from './data-exfiltration.ts';
import { alice, TABLES, TRIED, times, told, usual, visit } from './testkit.ts';

const MINUTE = 60_000;
const uuid = (n: number) => `${(0x10000 * n).toString(16).padStart(8, '0')}-1111-4222-8333-444455556666`;
const shop = { principal: 'shop', application: 'shop-api/1.4', address: privateAddress('10.0.0.5') };
/** So many days, one after the other, with `count` statements each. */
const daily = (days: number, count: number, sql: (n: number) => string, who = alice) =>
  times(days, String).flatMap((_, day) =>
    visit(
      at(TRIED + day, 9),
      who,
      times(count, (n) => sql(count * day + n)),
      MINUTE,
    ),
  );

describe('fires on a table that is drawn out', () => {
  it.each([
    ['by pages', daily(1, 60, (n) => `SELECT * FROM table_5 ORDER BY id LIMIT 5000 OFFSET ${5000 * n}`)],
    ['by few large pages a day', daily(3, 6, (n) => `SELECT * FROM table_5 ORDER BY id LIMIT 5000 OFFSET ${5000 * n}`)],
    ['from key to key', daily(2, 40, (n) => `SELECT * FROM table_5 WHERE id > ${1000 * n} ORDER BY id LIMIT 1000`)],
    [
      'from key to key of text',
      daily(1, 40, (n) => `SELECT * FROM table_5 WHERE id > '${uuid(n)}' ORDER BY id LIMIT 1000`),
    ],
    ['by ranges', daily(1, 40, (n) => `SELECT * FROM table_5 WHERE id BETWEEN ${1000 * n} AND ${1000 * n + 999}`)],
    [
      'by copies of ranges',
      daily(1, 40, (n) => `COPY (SELECT * FROM table_5 WHERE id > ${1000 * n} AND id <= ${1000 * n + 1000}) TO STDOUT`),
    ],
    [
      'from key to key of two parts',
      daily(
        1,
        40,
        (n) =>
          `SELECT * FROM table_5 WHERE (day, id) > ('2026-01-01 00:00:${10 + n}', ${(n * 7919) % 90_001}) ORDER BY day, id LIMIT 1000`,
      ),
    ],
    ['row by row', daily(1, 400, (n) => `SELECT * FROM table_5 WHERE id = ${n}`)],
    ['row by row, over days', daily(4, 100, (n) => `SELECT * FROM table_5 WHERE id = ${n}`)],
    ['by a statement of every day', daily(1, 400, (n) => `SELECT * FROM table_1 WHERE id = ${n}`)],
    [
      'row by row, in no order',
      visit(
        at(TRIED, 9),
        alice,
        times(1200, (n) => `SELECT * FROM table_5 WHERE id = ${(n * 7919) % 90_001}`),
      ),
    ],
    [
      'by a script under the login of a person',
      daily(1, 400, (n) => `SELECT * FROM table_1 WHERE id = ${n}`, { ...alice, application: 'export.py' }),
    ],
  ])('%s', (_, deed) => {
    expect(told(...deed)).toEqual(['alice: piece by piece Low']);
  });

  it('as one matter, however many days it takes', () => {
    const deed = daily(4, 80, (n) => `SELECT * FROM table_5 ORDER BY id LIMIT 1000 OFFSET ${1000 * n}`);

    expect(told(...deed)).toEqual(['alice: piece by piece Low']);
  });

  it('as one matter, wherever it goes on', () => {
    const page = (n: number) => `SELECT * FROM table_5 ORDER BY id LIMIT 1000 OFFSET ${1000 * n}`;
    const deed = [
      ...daily(1, 40, page),
      ...visit(
        at(TRIED + 2, 14),
        { ...alice, address: brazil },
        times(80, (n) => page(40 + n)),
      ),
    ];

    expect(told(...deed)).toEqual(['alice: piece by piece Low']);
  });

  it('graver from a new place', () => {
    const deed = daily(1, 400, (n) => `SELECT * FROM table_5 WHERE id = ${n}`, { ...alice, address: brazil });

    expect(told(...deed)).toEqual(['alice: piece by piece Medium']);
  });

  it('and tells how, and what is usual', () => {
    const habit = times(5, String).flatMap((_, day) =>
      visit(
        at(day, 11),
        alice,
        times(4, (n) => `SELECT * FROM table_5 ORDER BY id LIMIT 50 OFFSET ${50 * n}`),
      ),
    );
    const deed = daily(1, 60, (n) => `SELECT * FROM table_5 ORDER BY id LIMIT 5000 OFFSET ${5000 * n}`);
    const history = [...usual, ...habit, ...deed].sort((a, b) => a.time - b.time);
    const [alert] = replay(dataExfiltration, history);

    expect(alert).toMatchObject({
      count: 60,
      finding: {
        summary:
          'alice read table_5 of orders from 198.51.100.7 (Germany, AS3320 Deutsche Telekom AG) through “DBeaver 24.1.0 - SQLEditor <Script.sql>” piece by piece in 59 minutes: 60 statements that differ in their values only, each going on behind the one before, for up to 300,000 rows in all; since 2026-01-05 it had asked so for at most 200 rows, by 4 statements, on one day.',
        baseline: {
          rows: [
            ['A usual day with such reads', '4', '4'],
            ['Most on one day in 60', '4', '200'],
            ['Days with such reads', '11', '11'],
            ['Now', '60', '300000'],
          ],
        },
      },
    });
    expect(alert!.finding.rawLines.length).toBeGreaterThan(3);
  });
});

it('fires on many tables that a person never looked into', () => {
  const deed = daily(1, 20, (n) => `SELECT * FROM secret_${n} WHERE state = 'open' LIMIT 50`);

  expect(told(...deed)).toEqual(['alice: breadth of tables Low']);
});

it('fires on pages beside reads by conditions of as many rows', () => {
  const often = visit(
    at(2, 9),
    alice,
    times(4, (n) => `SELECT * FROM table_1 WHERE state = ${(n * 7919) % 13} LIMIT 30000`),
  );
  const pages = daily(1, 60, (n) => `SELECT * FROM table_5 ORDER BY id LIMIT 1000 OFFSET ${1000 * n}`);

  expect(told(...often, ...pages)).toEqual(['alice: piece by piece Low']);
});

describe('stays quiet', () => {
  it.each([
    [
      'on somebody who browses tables',
      visit(
        at(TRIED, 9),
        alice,
        TABLES.flatMap((table) => times(5, (n) => `SELECT * FROM ${table} WHERE state = 'x${n}' LIMIT 100`)),
        MINUTE,
      ),
    ],
    [
      'on somebody who turns pages',
      daily(1, 40, (n) => `SELECT * FROM table_5 ORDER BY id LIMIT 100 OFFSET ${100 * n}`),
    ],
    [
      'on somebody who looks up customers',
      daily(5, 60, (n) => `SELECT * FROM table_5 WHERE id = ${(n * 7919) % 90_001}`),
    ],
    [
      'on somebody who goes through the days',
      daily(1, 30, (n) => `SELECT * FROM table_5 WHERE day = '2026-01-${10 + (n % 20)}' LIMIT 5000`),
    ],
    ['on what is counted', daily(1, 400, (n) => `SELECT count(*) FROM table_5 WHERE id > ${n}`)],
    ['on what is changed', daily(1, 400, (n) => `UPDATE table_5 SET state = 'done' WHERE id = ${n}`)],
    ['on the catalog', daily(1, 400, (n) => `SELECT relname FROM pg_class WHERE oid = ${n}`)],
    [
      'on one that is sent again and again',
      visit(
        at(TRIED, 9),
        alice,
        times(3000, () => `SELECT * FROM table_5 WHERE state = 'open' LIMIT 500`),
      ),
    ],
    [
      'on a program that pages through its listing',
      visit(
        at(TRIED, 9),
        shop,
        times(2000, (n) => `SELECT id, name FROM table_2 ORDER BY id LIMIT 20 OFFSET ${20 * n}`),
      ),
    ],
    [
      'on a new version that warms its cache',
      visit(
        at(TRIED, 9),
        { ...shop, application: 'shop-api/2.0' },
        times(400, (n) => `SELECT id, body FROM table_7 WHERE id > ${1000 * n} ORDER BY id LIMIT 1000`),
      ),
    ],
    [
      'on a program that is given another name',
      visit(
        at(TRIED, 9),
        { ...shop, application: 'storefront' },
        times(400, (n) => `SELECT id, body FROM table_7 WHERE id > ${1000 * n} ORDER BY id LIMIT 1000`),
      ),
    ],
    [
      'on a backfill of a migration',
      visit(
        at(TRIED, 9),
        { ...shop, principal: 'owner', application: 'flyway' },
        times(400, (n) => `SELECT id FROM table_7 WHERE id > ${1000 * n} ORDER BY id LIMIT 1000`),
      ),
    ],
    [
      'on tables that a person always looks into',
      daily(1, 12, (n) => `SELECT * FROM table_${n % 5} WHERE state = 'new' LIMIT 50`),
    ],
  ])('%s', (_, deed) => {
    expect(told(...deed)).toEqual([]);
  });

  it('on an export in pieces that was made in the first week', () => {
    const pages = (day: number) =>
      visit(
        at(day, 9),
        alice,
        times(60, (n) => `SELECT * FROM table_5 ORDER BY id LIMIT 5000 OFFSET ${5000 * n}`),
        MINUTE,
      );

    expect(told(...pages(3), ...pages(TRIED))).toEqual([]);
  });

  it('on scripts that send a statement for each row around the clock, as always', () => {
    const hourly = times(24 * 28, String).flatMap((_, hour) =>
      visit(
        at(0, hour),
        { ...shop, principal: 'sync', application: 'psql' },
        times(hour < 24 * TRIED ? 3 : 30, (n) => `SELECT * FROM table_5 WHERE id = ${30 * hour + n}`),
      ),
    );

    expect(told(...hourly)).toEqual([]);
  });
});
