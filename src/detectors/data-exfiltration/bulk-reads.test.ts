import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../../model/activity.ts';
import { at, brazil, day, type Happening, namedAddress, office, replay, series, signIn } from '../testkit.ts';
import { dataExfiltration } from './data-exfiltration.ts';

const MINUTE = 60_000;

function statement(sql: string, what: Partial<Happening> = {}): Happening {
  return signIn({ class: ActivityClass.statement, statement: sql, application: 'psql', ...what });
}

/** Alice at her desk on working days of a fortnight: a few queries, a table that she always copies. */
const settled = Array.from({ length: 14 }, (_, n) => n)
  .filter((n) => n % 7 < 5)
  .flatMap((n) =>
    [9, 11, 14, 16].flatMap((hour) => [
      signIn({ time: at(n, hour) }),
      statement('SELECT * FROM orders WHERE id = 7', { time: at(n, hour) + MINUTE }),
      statement('COPY rates TO STDOUT', { time: at(n, hour) + 2 * MINUTE }),
    ]),
  );

/** A login and so many tables copied out, one a second. */
function copies(count: number, what: Partial<Happening> & { time: number }): Happening[] {
  const tables = Array.from({ length: count }, (_, n) =>
    statement(`COPY public.table_${n} TO STDOUT`, { ...what, time: what.time + 1000 * (n + 1) }),
  );
  return [signIn(what), ...tables];
}

const BASE_BACKUP = "BASE_BACKUP ( LABEL 'pg_basebackup base backup', PROGRESS)";

/** A login and one statement. */
function inBulk(sql: string, address = office): Happening[] {
  const what = { time: at(14, 10), address };
  return [signIn(what), statement(sql, { ...what, time: what.time + 1000 })];
}

/** A login and something read through a function that gives XML. */
const asXml = (call: string, address = office) => inBulk(`SELECT ${call}, false, '')`, address);

const told = (history: readonly Happening[], settings: object = {}) =>
  replay(dataExfiltration, history, settings).map(({ finding, count }) => [finding.severity, finding.variant, count]);

describe('fires', () => {
  it('on a table copied out to a new place, and tells who, what and what is usual', () => {
    const [{ finding }, ...more] = replay(dataExfiltration, [
      ...settled,
      ...copies(2, { time: at(14, 10), address: brazil }),
    ]);

    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      alertType: 'SQL.PostgreSQL_DataExfiltrationAnomaly',
      variant: 'unusual client',
      severity: 'Medium',
      attack: { tactic: 'TA0010', technique: 'T1048' },
      entities: { principal: 'alice', application: 'psql', database: 'orders', address: brazil },
      summary:
        'alice read 2 whole tables (table_0 and table_1) of orders from 203.0.113.7 (Brazil, AS28573 Claro NXT) through psql in 1 second: it comes from a new place and 2 of them for the first time; since 2026-01-05 it had read at most 1 so on one day.',
    });
    expect(finding.rawLines).toHaveLength(2);
  });

  it.each([
    [
      'with another client from a new place',
      copies(2, { time: at(14, 10), address: brazil, application: '' }),
      'High',
      'unusual client',
    ],
    ['at night from a new place', copies(2, { time: at(14, 3), address: brazil }), 'High', 'unusual client'],
    ['at night from the usual place', copies(4, { time: at(14, 3) }), 'Low', 'off hours'],
    [
      'with another client from the usual place',
      copies(4, { time: at(14, 10), application: 'pg_dump' }),
      'Low',
      'unusual client',
    ],
    ['on many tables by the usual client', copies(9, { time: at(14, 10) }), 'Low', 'breadth of tables'],
    ['on a base backup from a new place', inBulk(BASE_BACKUP, brazil), 'Medium', 'unusual client'],
    ['on a table as XML from a new place', asXml("table_to_xml('users'", brazil), 'Medium', 'unusual client'],
    ['on all tables as XML from the usual place', asXml('database_to_xml(true'), 'Low', 'breadth of tables'],
  ])('%s', (_, extra, severity, variant) => {
    expect(told([...settled, ...extra])).toEqual([[severity, variant, extra.length - 1]]);
  });

  it('on the same table of many databases', () => {
    const databases = Array.from({ length: 10 }, (_, n) => (n === 0 ? 'orders' : `tenant${n}`));
    const read = databases.map((database, n) =>
      statement('COPY rates TO STDOUT', { time: at(14, 10) + n * 1000, database }),
    );

    expect(told([...settled, ...read]).map(([severity, variant]) => [severity, variant])).toEqual([
      ['Low', 'breadth of tables'],
    ]);
  });

  it('on a slow drip: other tables every day', () => {
    const drip = [0, 1, 2, 3, 4].flatMap((n) =>
      [0, 1, 2].map((m) => statement(`COPY part_${n}_${m} TO STDOUT`, { time: at(14 + n, 10) + m * MINUTE })),
    );

    expect(told([...settled, ...drip]).map(([severity, variant]) => [severity, variant])).toEqual([
      ['Low', 'slow drip'],
    ]);
  });

  it('on a table drawn through a cursor, and not on one that is always drawn so', () => {
    const draw = (table: string, n: number) => [
      statement(`DECLARE c CURSOR FOR SELECT * FROM ${table}`, { time: at(n, 10) }),
      ...Array.from({ length: 60 }, (_, m) => statement('FETCH 5000 FROM c', { time: at(n, 10) + 1000 * (m + 1) })),
    ];

    expect(told([...settled, ...draw('customers', 14)])).toEqual([['Low', 'volume', 61]]);
    expect(told([...draw('customers', 0), ...settled, ...draw('customers', 14)])).toEqual([]);
  });

  it('on three tables that a service never read, where a person may', () => {
    const always = (principal: string) =>
      Array.from({ length: 24 * 14 }, (_, n) =>
        statement('SELECT * FROM orders WHERE id = 7', { time: at(0, n), principal, application: 'shop' }),
      );
    const three = (principal: string) =>
      ['a', 'b', 'c'].map((table, n) =>
        statement(`SELECT * FROM ${table}`, { time: at(14, 10) + 1000 * n, principal, application: 'shop' }),
      );

    expect(told([...always('shop'), ...three('shop')])).toEqual([['Low', 'breadth of tables', 3]]);
    expect(told([...settled, ...three('alice').map((one) => ({ ...one, application: 'psql' }))])).toEqual([]);
  });

  it('on pages read from a new place', () => {
    const pages = Array.from({ length: 200 }, (_, n) =>
      statement(`SELECT * FROM customers ORDER BY id LIMIT 500 OFFSET ${500 * n}`, {
        time: at(14, 10) + 1000 * n,
        address: brazil,
      }),
    );

    expect(told([...settled, signIn({ time: at(14, 10), address: brazil }), ...pages])).toEqual([
      ['Medium', 'piece by piece', 200],
    ]);
  });

  it('again when the same comes again: what was reported teaches nothing', () => {
    const again = [14, 16, 25].flatMap((n) => copies(2, { time: at(n, 10), address: brazil }));

    expect(told([...settled, ...again])).toHaveLength(3);
  });
});

describe('stays quiet', () => {
  it.each([
    ['from a place that is usual', copies(2, { time: at(14, 10) })],
    [
      'for a table that is always copied, from a new place',
      [statement('COPY rates TO STDOUT', { time: at(14, 10), address: brazil })],
    ],
    [
      'for a look at two tables from a new place',
      ['a', 'b'].map((t, n) => statement(`SELECT * FROM ${t}`, { time: at(14, 10) + n, address: brazil })),
    ],
    [
      'for what is counted, not read, from a new place',
      [statement('SELECT count(*) FROM customers', { time: at(14, 10), address: brazil })],
    ],
    ['for a base backup from the usual place', inBulk(BASE_BACKUP)],
    ['for a replica that comes from a new place', inBulk('START_REPLICATION 0/3000000 TIMELINE 1', brazil)],
    ['for a table as XML from the usual place', asXml("table_to_xml('users'")],
    ['for XML that tells of no table', asXml("xmlelement(name row, 'database_to_xml'", brazil)],
    ['for few tables at night', copies(2, { time: at(14, 3) })],
    ['for few tables with another client', copies(2, { time: at(14, 10), application: 'pg_dump' })],
    [
      'for eight pages',
      Array.from({ length: 8 }, (_, n) => statement('FETCH 1000 FROM c', { time: at(14, 10) + n, address: brazil })),
    ],
    [
      'for what is read from a trusted network',
      copies(9, { time: at(14, 10), address: namedAddress('203.0.113.9', 'VPN', true) }).slice(0, 5),
    ],
    ['where the address is not known', copies(2, { time: at(14, 10), address: { address: '[local]' } })],
  ])('%s', (_, extra) => {
    expect(told([...settled, ...extra])).toEqual([]);
  });

  it('for names of tables that are mistyped: what broke handed out nothing', () => {
    const broken = Array.from({ length: 12 }, (_, n) => [
      statement(`SELECT * FROM tabel_${n}`, { time: at(14, 10) + 1000 * n }),
      statement(`SELECT * FROM tabel_${n}`, { time: at(14, 10) + 1000 * n, class: ActivityClass.statementError }),
    ]).flat();

    expect(told([...settled, ...broken])).toEqual([]);
  });

  it('while a principal is learning', () => {
    expect(told([...settled.slice(0, 12), ...copies(30, { time: at(5, 3), address: brazil })])).toEqual([]);
  });

  it('for all tables as XML, where they are always read so', () => {
    const each = Array.from({ length: 14 }, (_, n) =>
      statement("SELECT schema_to_xml('public', true, false, '')", { time: at(n, 10) }),
    );

    expect(told([...each, ...settled, ...asXml("schema_to_xml('public', true")])).toEqual([]);
  });

  it('for a backup whose tables become more and more, from where it always runs', () => {
    const backup = Array.from({ length: 40 }, (_, n) =>
      copies(20 + n, { time: at(n, 2), principal: 'backup', application: 'pg_dump', address: office }),
    ).flat();

    expect(told(backup)).toEqual([]);
  });

  it('for a backup of all databases, when one is new and comes before the others', () => {
    const backup = Array.from({ length: 20 }, (_, n) =>
      ['archive', 'crm', 'shop'].slice(n < 16 ? 1 : 0).flatMap((database, d) =>
        series(at(n, 2) + d * MINUTE, database === 'archive' ? 2 : 8, 1000).map((time, m) =>
          statement(`COPY public.${database}_${m} TO STDOUT`, {
            time,
            database,
            principal: 'backup',
            application: 'pg_dump',
          }),
        ),
      ),
    ).flat();

    expect(told(backup)).toEqual([]);
  });

  it('for an application that reads its small tables over and over', () => {
    const cache = Array.from({ length: 20 * 24 }, (_, n) =>
      ['countries', 'currencies', 'rates'].map((table, m) =>
        statement(`SELECT * FROM ${table}`, {
          time: day(0) + n * 60 * MINUTE + m,
          principal: 'app',
          application: 'shop',
        }),
      ),
    ).flat();

    expect(told(cache)).toEqual([]);
  });
});
