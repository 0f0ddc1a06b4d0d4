import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AuthenticationFailure } from '../../model/activity.ts';
import { countBy, readAll, type SeenRecord } from '../testkit.ts';
import { cloudsql } from './cloudsql.ts';
import { SAMPLES, sample } from './testkit.ts';

/** Counted in the csvlog of the same session, apart from the product (samples/README.md). */
interface Expected {
  byMessageStart: Record<string, number>;
  bySqlstate: Record<string, number>;
}

function expectedOf(major: string): Expected {
  return JSON.parse(sample(`postgresql-${major}.expected.json`).toString()) as Expected;
}

function sum(counts: Record<string, number>, pattern: RegExp): number {
  return Object.entries(counts).reduce((total, [name, count]) => total + (pattern.test(name) ? count : 0), 0);
}

const odd = 'o\'brien, "jr"\nlogged\tin\\ 😀';
const ofClass = (records: readonly SeenRecord[], name: string) => records.filter((record) => record.class === name);

describe.each(Object.entries(SAMPLES))('a session of PostgreSQL %s', (major, name) => {
  it('gives the activities that its csvlog tells', async () => {
    const { byMessageStart, bySqlstate } = expectedOf(major);
    const activities = (await readAll(cloudsql, sample(name))).filter(({ step }) => step === 'activity');
    expect(countBy(activities, (record) => record.class!)).toEqual({
      connection: sum(byMessageStart, /^connection received$/),
      credentialAccepted: sum(byMessageStart, /^connection authenticated$/),
      authentication: sum(byMessageStart, /^connection authorized$/),
      authenticationFailure: sum(bySqlstate, /^28/),
      statement: sum(byMessageStart, /^(?:statement|execute .*)$/),
      statementError: sum(bySqlstate, /^(?:22|23|42|57014)/),
      disconnection: sum(byMessageStart, /^disconnection$/),
      protocolError: sum(byMessageStart, /^(?:invalid length of|incomplete) startup packet$/),
      unknownDatabase: sum(bySqlstate, /^3D000$/),
    });
  });

  it('is read the same for any sizes of the reads', async () => {
    const part = sample(name).subarray(0, 40_000);
    const whole = await readAll(cloudsql, part);
    const size = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 5000 }));
    await fc.assert(
      fc.asyncProperty(fc.array(size, { minLength: 1, maxLength: 5 }), async (sizes) => {
        expect(await readAll(cloudsql, part, { sizes })).toEqual(whole);
      }),
      { numRuns: 4, examples: [[[7]]] },
    );
  });

  it('tells who, where from and with what', async () => {
    const records = await readAll(cloudsql, sample(name));
    expect(new Set(ofClass(records, 'connection').map(({ address }) => address))).toEqual(
      new Set([
        '192.0.2.2',
        '192.0.2.10',
        '203.0.113.9',
        '203.0.113.66',
        '198.51.100.66',
        '198.51.100.67',
        '2001:db8::1',
        '',
      ]),
    );
    const authorized = ofClass(records, 'authentication');
    expect(authorized.map(({ principal, database, application }) => [principal, database, application])).toEqual(
      expect.arrayContaining([
        ['analyst', 'shop', 'DBeaver 24.2.1 - Main <shop>'],
        ['app', 'shop', 'shop-api/1.41.2'],
        ['app', 'no_such, "db"', 'shop-api/1.41.2'],
        [odd, 'shop', expect.stringContaining('tool "x", y')],
      ]),
    );
  });

  it('tells why a client was refused, and from where', async () => {
    const refused = ofClass(await readAll(cloudsql, sample(name)), 'authenticationFailure');
    expect(refused.map(({ principal, database, address, failure }) => [principal, database, address, failure])).toEqual(
      [
        ['analyst', 'shop', '', AuthenticationFailure.wrongCredential],
        ['nobody_such', 'shop', '', AuthenticationFailure.unknownPrincipal],
        [odd, 'shop', '', AuthenticationFailure.wrongCredential],
        ['app', 'shop', '198.51.100.66', AuthenticationFailure.notAllowed],
        ['app', 'shop', '198.51.100.67', AuthenticationFailure.notAllowed],
      ],
    );
  });

  it('tells what ran and what broke', async () => {
    const records = await readAll(cloudsql, sample(name));
    expect(ofClass(records, 'statement').map(({ statement }) => statement)).toEqual(
      expect.arrayContaining([
        'SELECT name FROM customers WHERE id = $1 OR email = $2',
        `INSERT INTO customers\n    VALUES (1000, 'O''Brien, "Jr"', NULL) -- a comment, with "quotes"`,
      ]),
    );
    expect(ofClass(records, 'statementError').map(({ statement }) => statement)).toEqual([
      'SELEC * FROM customers',
      'SELECT * FROM "no, such ""table"""',
      "INSERT INTO customers VALUES (1, 'twice')",
      'SELECT * FROM customers WHERE id = $1',
      'SELECT pg_sleep(30)',
      'SELECT pg_sleep(1)',
    ]);
  });

  it('joins the records of a session', async () => {
    const records = await readAll(cloudsql, sample(name));
    const opened = ofClass(records, 'connection').map(({ session }) => session);
    expect(new Set(opened).size).toBe(opened.length);
    for (const { session, class: activityClass } of records) {
      expect(activityClass === undefined || opened.includes(session)).toBe(true);
    }
  });

  it('gives each record with its place in the file, and its time', async () => {
    const bytes = sample(name);
    for (const { offset, text, time } of await readAll(cloudsql, bytes)) {
      expect(bytes.toString('utf8', offset, offset + Buffer.byteLength(text))).toBe(text);
      const { timestamp } = JSON.parse(text) as { timestamp: string };
      expect(time).toBe(Date.parse(`${timestamp.slice(0, 23)}Z`));
    }
  });
});

describe('the sample with pgAudit', () => {
  it('joins audited statements to the sessions that ran them', async () => {
    const records = await readAll(cloudsql, sample('pgaudit.jsonl'));
    const statements = ofClass(records, 'statement');
    expect(statements.length).toBe(
      sample('pgaudit.jsonl')
        .toString()
        .match(/PgAuditEntry/g)!.length,
    );
    const authorized = ofClass(records, 'authentication');
    for (const { session, principal, database, statement } of statements) {
      expect(authorized.find((record) => record.session === session)).toMatchObject({ principal, database });
      expect(statement).toMatch(/^\S+ /);
    }
    expect(new Set(statements.map(({ principal }) => principal))).toEqual(new Set(['shop_app', 'analyst']));
  });
});
