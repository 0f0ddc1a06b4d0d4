import { describe, expect, it } from 'vitest';
import { at, office, privateAddress, replay } from '../testkit.ts';
import { dataExfiltration } from './data-exfiltration.ts';
import { alice, backup, DBEAVER, dump, TABLES, TRIED, times, told, usual, visit } from './testkit.ts';

const mallory = { principal: 'mallory', application: DBEAVER, address: office };
const whole = (tables: readonly string[]) => tables.map((table) => `SELECT * FROM ${table}`);

describe('fires', () => {
  it.each([
    [
      'that dumps all tables with the tool that dumps',
      visit(at(TRIED, 10), { ...mallory, application: 'pg_dump' }, dump(TABLES)),
    ],
    ['that copies some, with the tool of a colleague', visit(at(TRIED, 10), mallory, dump(TABLES.slice(0, 6)))],
    ['that reads eight by hand', visit(at(TRIED, 10), mallory, whole(TABLES.slice(0, 8)), 60_000)],
    ['that reads all by hand', visit(at(TRIED, 10), mallory, whole(TABLES), 60_000)],
    [
      'on its third day',
      [0, 1, 2].flatMap((n) => visit(at(TRIED + n, 10), mallory, n < 2 ? ['SELECT 1'] : dump(TABLES))),
    ],
    [
      'that has the whole database given as one text',
      visit(at(TRIED, 10), mallory, ["SELECT database_to_xml(true, false, '')"]),
    ],
  ])('on a new principal %s', (_, deed) => {
    expect(told(...deed)).toEqual(['mallory: newcomer Low']);
  });

  it('once, and tells what is read so by whoever uses such a client', () => {
    const deed = [0, 1, 2].flatMap((n) => visit(at(TRIED + n, 10), mallory, whole(TABLES)));
    const [{ finding }, ...more] = replay(
      dataExfiltration,
      [...usual, ...deed].sort((a, b) => a.time - b.time),
    );

    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      summary:
        'mallory read 12 whole tables (table_0, table_1, table_2 and 9 more) of orders from 198.51.100.7 (Germany, AS3320 Deutsche Telekom AG) through “DBeaver 24.1.0 - SQLEditor <Script.sql>” in 11 seconds: it was first seen on 2026-01-26 and 12 of them for the first time; through it from there, at most 1 had been read so on one day (copied ones counted twice).',
      score: { value: 12, threshold: 10 },
    });
  });
});

describe('stays quiet', () => {
  it.each([
    ['on a backup under another role', visit(at(TRIED, 2.5), { ...backup, principal: 'backup2' }, dump(TABLES))],
    [
      'on a backup under a role for each night',
      times(7, String).flatMap((_, n) =>
        visit(at(TRIED + n, 2.5), { ...backup, principal: `v-backup-${n}` }, dump(TABLES)),
      ),
    ],
    [
      'on roles that are made for each pod, on a new node, as on the others',
      [3, TRIED].flatMap((day) =>
        visit(
          at(day, 9),
          { principal: `v-etl-${day}`, application: 'etl', address: privateAddress(`10.0.${day}.9`) },
          whole(TABLES),
        ),
      ),
    ],
    ['on a colleague who looks around', visit(at(TRIED, 10), mallory, whole(TABLES.slice(0, 7)), 60_000)],
    [
      'on a colleague who looks at the beginning of each table',
      visit(
        at(TRIED, 10),
        mallory,
        whole(TABLES).map((sql) => `${sql} LIMIT 100`),
        60_000,
      ),
    ],
    [
      'on a role for each pod, which reads its small tables first',
      times(7, String).flatMap((_, n) =>
        visit(
          at(TRIED, n),
          { principal: `v-shop-${n}`, application: 'shop-api/1.4', address: privateAddress('10.0.0.9') },
          whole(TABLES.slice(0, 4)),
        ),
      ),
    ],
    ['on whoever is known', visit(at(TRIED, 10), alice, whole(TABLES.slice(0, 7)), 60_000)],
  ])('%s', (_, deed) => {
    expect(told(...deed)).toEqual([]);
  });

  it('in the first week of a server, where everybody is new', () => {
    const first = usual.filter(({ time }) => time < at(6, 0));
    const deed = visit(at(6, 10), mallory, dump(TABLES));

    expect(replay(dataExfiltration, [...first, ...deed])).toEqual([]);
  });
});
