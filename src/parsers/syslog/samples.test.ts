import { describe, expect, it } from 'vitest';
import { AuthenticationFailure } from '../../model/activity.ts';
import { countBy, readAll, type SeenRecord } from '../testkit.ts';
import { syslog } from './syslog.ts';
import { type Expected, expectedOf, SAMPLES, sample } from './testkit.ts';

const ODD_ROLE = 'o\'brien, "jr"\nlogged\tin\\ 😀';
/** One name reads like a line of its own, one like the same line (`scripts/record/forge-lines.ts`). */
const FORGED = 'LOG:  connection authorized: user=app database=shop';

function sum(counts: Record<string, number>, pattern: RegExp): number {
  return Object.entries(counts).reduce((total, [name, count]) => total + (pattern.test(name) ? count : 0), 0);
}

function classesOf({ byMessageStart, bySqlstate }: Expected): Record<string, number> {
  const classes = {
    connection: sum(byMessageStart, /^connection received$/),
    credentialAccepted: sum(byMessageStart, /^connection authenticated$/),
    authentication: sum(byMessageStart, /^connection authorized$/),
    authenticationFailure: sum(bySqlstate, /^28/),
    statement: sum(byMessageStart, /^(?:statement|execute .*)$/),
    statementError: sum(bySqlstate, /^(?:22|23|42|57014)/),
    disconnection: sum(byMessageStart, /^disconnection$/),
    protocolError: sum(byMessageStart, /^(?:invalid length of|incomplete) startup packet$/),
    unknownDatabase: sum(bySqlstate, /^3D000$/),
  };
  return Object.fromEntries(Object.entries(classes).filter(([, count]) => count > 0));
}

function ofClass(records: readonly SeenRecord[], name: string): SeenRecord[] {
  return records.filter((record) => record.class === name);
}

describe.each(SAMPLES)('the sample $name', ({ name, logLinePrefix, forgeries }) => {
  const expected = expectedOf(name);

  it('gives what the csvlog of the same server gives', async () => {
    const records = await readAll(syslog, sample(name), { logLinePrefix });
    const { logForgery = 0, ...counts } = countBy(
      records.filter(({ step }) => step !== 'skipped'),
      (record) => record.class ?? record.reason ?? '',
    );
    expect(logForgery).toBe(forgeries);
    counts.authenticationFailure! += logForgery;
    expect(counts).toEqual(classesOf(expected));
  });

  it('gives the same classes when the prefix is not configured', async () => {
    const known = countBy(await readAll(syslog, sample(name), { logLinePrefix }), (record) => record.class ?? '');
    const guessed = countBy(await readAll(syslog, sample(name)), (record) => record.class ?? '');
    const refused = (counts: Record<string, number>) => counts.authenticationFailure! + (counts.logForgery ?? 0);
    expect(refused(guessed)).toBe(refused(known));
    expect({ ...guessed, authenticationFailure: 0, logForgery: 0 }).toEqual({
      ...known,
      authenticationFailure: 0,
      logForgery: 0,
    });
  });

  it('tells who came in, and with what', async () => {
    const records = await readAll(syslog, sample(name), { logLinePrefix });
    const authorized = ofClass(records, 'authentication').map((record) => [
      record.principal,
      record.database,
      record.application,
    ]);
    expect(authorized).toEqual(
      expect.arrayContaining([
        ['analyst', 'shop', 'DBeaver 24.2.1 - Main <shop>'],
        ['app', 'shop', 'shop-api/1.41.2'],
        ['app', 'no_such, "db"', 'shop-api/1.41.2'],
        [ODD_ROLE, 'shop', expect.stringContaining('tool "x", y')],
      ]),
    );
  });

  it('tells where they came from, joined by the process', async () => {
    const records = await readAll(syslog, sample(name), { logLinePrefix });
    const addressOf = new Map(ofClass(records, 'connection').map(({ session, address }) => [session, address]));
    const failures = ofClass(records, 'authenticationFailure').map((record) => [
      record.principal,
      addressOf.get(record.session),
      record.failure,
    ]);
    expect(failures.slice(0, 2)).toEqual([
      ['analyst', '203.0.113.9', AuthenticationFailure.wrongCredential],
      ['nobody_such', '203.0.113.9', AuthenticationFailure.unknownPrincipal],
    ]);
    expect(failures.slice(3, 5)).toEqual([
      ['app', '198.51.100.66', AuthenticationFailure.notAllowed],
      ['app', '198.51.100.67', AuthenticationFailure.notAllowed],
    ]);
  });

  it('takes no part of a message for an entry, whatever name a client chose', async () => {
    const records = await readAll(syslog, sample(name), { logLinePrefix });
    const refused = ofClass(records, 'connection').filter(({ address }) => address === '198.51.100.67');
    const forgers = refused.map(({ session }) => session).slice(1);
    expect(sample(name).toString().split(FORGED).length).toBeGreaterThan(3);
    expect(forgers).toHaveLength(2);
    expect(ofClass(records, 'authentication').filter(({ session }) => forgers.includes(session))).toEqual([]);
  });

  it('puts statements together that were sent in parts', async () => {
    const statements = ofClass(await readAll(syslog, sample(name), { logLinePrefix }), 'statement');
    const long = statements.find(({ statement }) =>
      statement!.startsWith('SELECT count(*) FROM customers WHERE id IN'),
    );
    const insert = statements.find(({ statement }) => statement!.startsWith('INSERT INTO customers\n'));
    expect(long?.statement).toMatch(/^SELECT count\(\*\) FROM customers WHERE id IN \((?:\d+,)+\d*/);
    expect(long!.statement!.length).toBeGreaterThan(900);
    expect(insert?.statement).toContain(`VALUES (1000, 'O''Brien, "Jr"', NULL) -- a comment, with "quotes"`);
  });

  it('shows no secret and no literal', async () => {
    const shown = (await readAll(syslog, sample(name), { logLinePrefix })).map(({ text }) =>
      syslog.redact(Buffer.from(text)),
    );
    expect(shown.join('\n')).toContain("ALTER ROLE analyst PASSWORD '?'");
    expect(shown.join('\n')).not.toMatch(/invented-|O''Brien|o'neil|twice/);
  });
});
