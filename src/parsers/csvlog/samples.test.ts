import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AuthenticationFailure } from '../../model/activity.ts';
import { countBy, readAll, type SeenRecord } from '../testkit.ts';
import { csvlog } from './csvlog.ts';
import { MAJORS, sample } from './testkit.ts';

/** Counted by a reader of its own, apart from the product (samples/README.md). */
interface Expected {
  records: number;
  byMessageStart: Record<string, number>;
  bySqlstate: Record<string, number>;
}

function expectedOf(major: number): Expected {
  return JSON.parse(
    readFileSync(new URL(`samples/postgresql-${major}.expected.json`, import.meta.url), 'utf8'),
  ) as Expected;
}

function sum(counts: Record<string, number>, pattern: RegExp): number {
  return Object.entries(counts).reduce((total, [name, count]) => total + (pattern.test(name) ? count : 0), 0);
}

/** What a session of a sample should give, from the counts of its messages and SQLSTATEs. */
function classesOf({ records, byMessageStart, bySqlstate }: Expected): Record<string, number> {
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
  const skipped = records - Object.values(classes).reduce((a, b) => a + b, 0);
  return Object.fromEntries(Object.entries({ ...classes, skipped }).filter(([, count]) => count > 0));
}

const classOf = ({ step, class: activityClass, reason }: SeenRecord) => activityClass ?? reason ?? step;

describe.each(MAJORS)('a session of PostgreSQL %i', (major) => {
  it('is read record by record', async () => {
    const expected = expectedOf(major);
    const records = await readAll(csvlog, sample(major));
    expect(records).toHaveLength(expected.records);
    expect(countBy(records, classOf)).toEqual(classesOf(expected));
  });

  it('is read the same for any sizes of the reads', async () => {
    const part = sample(major).subarray(0, 12_000);
    const whole = await readAll(csvlog, part);
    const size = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 5000 }));
    await fc.assert(
      fc.asyncProperty(fc.array(size, { minLength: 1, maxLength: 5 }), async (sizes) => {
        expect(await readAll(csvlog, part, { sizes })).toEqual(whole);
      }),
      { numRuns: 6, examples: [[[1]]] },
    );
  });

  it('tells who, where from and with what', async () => {
    const records = await readAll(csvlog, sample(major));
    const authorized = records.filter((record) => record.class === 'authentication');
    const odd = 'o\'brien, "jr"\nlogged\tin\\ 😀';
    const escaped =
      major >= 16 ? String.raw`tool "x", y\x0az \xc3\xbc\xf0\x9f\x98\x80 'q'` : `tool "x", y?z ?????? 'q'`;
    expect(
      authorized.map(({ principal, database, address, application }) => [principal, database, address, application]),
    ).toEqual(
      expect.arrayContaining([
        ['analyst', 'shop', '203.0.113.9', 'DBeaver 24.2.1 - Main <shop>'],
        ['app', 'shop', '2001:db8::1', 'shop-api/1.41.2'],
        ['app', 'shop', '', 'shop-api/1.41.2'], // over the Unix socket
        [odd, 'shop', '192.0.2.10', escaped],
        ['app', 'no_such, "db"', '192.0.2.10', 'shop-api/1.41.2'],
      ]),
    );
    const withTls = authorized.filter(({ text }) => text.includes('SSL enabled'));
    expect(withTls.map(({ application }) => application)).toEqual(['DBeaver 24.2.1 - Main <shop>']);
  });

  it('tells why a client was refused', async () => {
    const refused = (await readAll(csvlog, sample(major))).filter((record) => record.class === 'authenticationFailure');
    expect(refused.map(({ principal, failure }) => [principal, failure])).toEqual([
      ['analyst', AuthenticationFailure.wrongCredential],
      ['nobody_such', AuthenticationFailure.unknownPrincipal],
      ['o\'brien, "jr"\nlogged\tin\\ 😀', AuthenticationFailure.wrongCredential],
      ['app', AuthenticationFailure.notAllowed],
      ['app', AuthenticationFailure.notAllowed],
    ]);
  });

  it('joins the records of a session by its id', async () => {
    const records = (await readAll(csvlog, sample(major))).filter(({ step }) => step === 'activity');
    for (const { session, text } of records) {
      expect(text).toContain(`,${session},`);
    }
    const openings = records.filter((record) => record.class === 'connection');
    expect(new Set(openings.map(({ session }) => session)).size).toBe(openings.length);
  });

  it('gives each record with its place in the file, without a gap', async () => {
    const bytes = sample(major);
    let offset = 0;
    for (const record of await readAll(csvlog, bytes)) {
      expect(record.offset).toBe(offset);
      const length = Buffer.byteLength(record.text);
      expect(bytes.toString('utf8', offset, offset + length)).toBe(record.text);
      expect(record.time).toBe(Date.parse(`${record.text.slice(0, 23).replace(' ', 'T')}Z`));
      offset += length + 1;
    }
    expect(offset).toBe(bytes.length);
  });
});
