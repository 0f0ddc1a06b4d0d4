import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AuthenticationFailure } from '../../model/activity.ts';
import { countBy, readAll, type SeenRecord } from '../testkit.ts';
import { stderr } from './stderr.ts';
import { classesOf, PREFIXES, textSample } from './testkit.ts';

/** Who says so in a name of its own is not believed (scripts/record/stderr-forging.ts). */
const FALSE_USER = 'root';
/** Entries that hold a false line: four kinds of names, refused twice and let in by mistake, which makes two entries. */
const FORGERIES = 16;

/** As `pg_hba.conf` lets in whoever they say they are, roles come there that do not exist. */
const classOf = ({ step, class: activityClass, reason }: SeenRecord) => activityClass ?? reason ?? step;
const nameOf = ({ principal, database, address }: SeenRecord) => [principal, database, address];

describe.each(Object.keys(PREFIXES))('the recording %s', (name) => {
  const { prefix: logLinePrefix, text, expected } = textSample(name);
  const read = (reading: object = {}) => readAll(stderr, text, { logLinePrefix, ...reading });
  const tellsNames = /%u/.test(logLinePrefix);

  it('holds what the csvlog of the same server holds, and nothing that names pretend', async () => {
    const records = await read();
    const { skipped: _, logForgery: __, ...classes } = countBy(records, classOf);

    expect(classes).toEqual(classesOf(expected));
  });

  it('believes no line that a name wrote, unless the prefix begins with names', async () => {
    const records = await read();
    const believed = records.filter(({ class: activityClass }) => activityClass !== 'logForgery');
    const misled = believed.filter(({ principal }) => principal === FALSE_USER);

    expect(misled.length > 0).toBe(name === 'prefixes/names-first-18');
  });

  it('is read the same for any sizes of the reads', async () => {
    const part = text.subarray(-12_000);
    const whole = await readAll(stderr, part, { logLinePrefix });
    const size = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 5000 }));
    await fc.assert(
      fc.asyncProperty(fc.array(size, { minLength: 1, maxLength: 5 }), async (sizes) => {
        expect(await readAll(stderr, part, { logLinePrefix, sizes })).toEqual(whole);
      }),
      { numRuns: 5, examples: [[[1]]] },
    );
  });

  it('tells who, where from and with what', async () => {
    const authorized = (await read()).filter((record) => record.class === 'authentication');
    const odd = 'o\'brien, "jr"\nlogged\tin\\ 😀';
    const tellsAddress = /%[hr]/.test(logLinePrefix);
    const from = (address: string) => (tellsAddress ? address : '');

    expect(authorized.map(nameOf)).toEqual(
      expect.arrayContaining([
        ['analyst', 'shop', from('203.0.113.9')],
        ['app', 'shop', from('2001:db8::1')],
        ['app', 'shop', ''],
        [odd, 'shop', from('192.0.2.10')],
        ['app', 'no_such, "db"', from('192.0.2.10')],
      ]),
    );
    expect(authorized.map(({ application }) => application)).toEqual(
      expect.arrayContaining(['DBeaver 24.2.1 - Main <shop>', 'shop-api/1.41.2']),
    );
  });

  it('tells why a client was refused', async () => {
    const refused = (await read()).filter((record) => record.class === 'authenticationFailure');

    expect(refused.slice(0, 5).map(({ principal, failure }) => [principal, failure])).toEqual([
      ['analyst', AuthenticationFailure.wrongCredential],
      ['nobody_such', AuthenticationFailure.unknownPrincipal],
      ['o\'brien, "jr"\nlogged\tin\\ 😀', AuthenticationFailure.wrongCredential],
      ['app', AuthenticationFailure.notAllowed],
      ['app', AuthenticationFailure.notAllowed],
    ]);
  });

  it('tells the statement that ran and the one that broke', async () => {
    const records = await read();
    const statements = records.filter((record) => record.class === 'statement').map(({ statement }) => statement);
    const broken = records.filter((record) => record.class === 'statementError').map(({ statement }) => statement);

    expect(statements).toContain('COPY customers TO STDOUT');
    expect(statements).toContain(
      'INSERT INTO customers\n    VALUES (1000, \'O\'\'Brien, "Jr"\', NULL) -- a comment, with "quotes"\n    ',
    );
    expect(broken).toContain('SELEC * FROM customers');
    expect(broken).toHaveLength(6);
    expect(broken).not.toContain('');
  });

  if (tellsNames && !/verbose|names-first/.test(name)) {
    it('tells each entry that holds a false line once', async () => {
      const records = await read();
      const forged = records.filter((record) => record.class === 'logForgery');

      expect(forged).toHaveLength(FORGERIES);
      expect(forged.every((record) => record.text.includes(FALSE_USER) && record.principal === '')).toBe(true);
      expect(new Set(forged.map(({ session }) => session)).has('0.0')).toBe(false);
    });
  }
});

it('takes a newline in a name for no forgery', async () => {
  const { prefix: logLinePrefix, text } = textSample('prefixes/debian-14');
  const records = await readAll(stderr, text, { logLinePrefix });
  const broken = records.filter(({ principal }) => principal === 'line\nbreak');

  expect(countBy(broken, classOf)).toEqual({ authentication: 1, authenticationFailure: 3 });
});
