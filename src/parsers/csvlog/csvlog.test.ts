import { describe, expect, it } from 'vitest';
import { quoteCsvField, splitCsvFields, unquoteCsvField } from '../../lib/csv-fields.ts';
import { AuthenticationFailure } from '../../model/activity.ts';
import { countSteps, readAll, type SeenRecord } from '../testkit.ts';
import { csvlog } from './csvlog.ts';
import { csvRecord } from './testkit.ts';

const classOf = ({ step, class: activityClass, reason }: SeenRecord) => activityClass ?? reason ?? step;

async function readOne(text: string, timezone?: string): Promise<SeenRecord> {
  const records = await readAll(csvlog, text, timezone === undefined ? {} : { timezone });
  expect(records).toHaveLength(1);
  return records[0]!;
}

describe('csvlog', () => {
  it.each([23, 24, 26] as const)('reads records of %i columns', async (columns) => {
    const { principal, application } = await readOne(csvRecord({ columns }));
    expect([principal, application]).toEqual(['app', 'shop-api']);
  });

  it('reads a copy that lost its last column', async () => {
    const { principal, application } = await readOne(csvRecord().replace(/,\n$/, '\n'));
    expect([principal, application]).toEqual(['app', 'shop-api']);
  });

  it('reads a copy in which each field is quoted, behind something broken, too', async () => {
    const message = 'password authentication failed for user "app"';
    const record = csvRecord({ severity: 'FATAL', sqlState: '28P01', message });
    const quoted = `${splitCsvFields(record.trimEnd())
      .map((field) => quoteCsvField(unquoteCsvField(field)))
      .join(',')}\n`;
    const [original] = await readAll(csvlog, record);
    const copies = await readAll(csvlog, `${quoted}broken\n${quoted}`);

    expect(copies.map(classOf)).toEqual([
      'authenticationFailure',
      'not the columns of a csvlog record',
      'authenticationFailure',
    ]);
    expect(copies[0]).toEqual({ ...original, text: quoted.trimEnd() });
    expect(copies[2]).toEqual({ ...original, text: quoted.trimEnd(), offset: copies[2]?.offset });
  });

  it('reads a copy with no quotes but where they are needed, and the names of its columns before', async () => {
    const records = [
      csvRecord({ message: 'connection authorized: user=app database=shop' }),
      csvRecord({ message: "statement: COPY loot FROM PROGRAM 'id'" }),
      csvRecord({ message: 'statement: SELECT "a", b' }),
    ];
    const spare = records.map((record) =>
      splitCsvFields(record.trimEnd())
        .map((field) => unquoteCsvField(field))
        .map((text) => (/[",\n]/.test(text) ? quoteCsvField(text) : text))
        .join(','),
    );
    const columns = ['log_time', ...Array.from({ length: 25 }, (_, i) => `column_${i}`)].join(',');
    const [header, ...copies] = await readAll(csvlog, `${columns}\n${spare.join('\n')}\n`);

    expect(header?.step).toBe('skipped');
    const told = ({ class: kind, principal, address, statement }: SeenRecord) => [kind, principal, address, statement];
    expect(copies.map(told)).toEqual((await readAll(csvlog, records.join(''))).map(told));
  });

  it('believes no record without quotes in a file that has them', async () => {
    const bare = csvRecord({ user: 'forged' }).replaceAll('"', '');
    const seen = await readAll(csvlog, csvRecord() + bare + csvRecord());
    expect(seen.map(({ step }) => step)).toEqual(['activity', 'rejected', 'activity']);
  });

  it.each([
    ['192.0.2.10:41234', '192.0.2.10'],
    ['::1:41234', '::1'],
    ['2001:db8::1:5', '2001:db8::1'],
    ['fe80::1%eth0:41234', 'fe80::1%eth0'],
    ['db-client.example.com:41234', 'db-client.example.com'],
    ['[local]', ''],
  ])('reads the client %s as %j', async (from, address) => {
    expect((await readOne(csvRecord({ from }))).address).toBe(address);
  });

  it.each([
    ['duration: 0.123 ms  statement: SELECT 1', 'statement'],
    ['duration: 12345.678 ms  execute find: SELECT 1', 'statement'],
    ['duration: 0.123 ms', 'skipped'],
    ['duration: 0.123 ms  bind find: SELECT 1', 'skipped'],
    ['AUDIT: SESSION,1,1,READ,SELECT,,,SELECT 1,<none>', 'statement'],
    ['replication connection authorized: user=app application_name=standby', 'authentication'],
    ['connection ready: setup total=27.196 ms', 'skipped'],
    ['could not receive data from client: Connection reset by peer', 'skipped'],
    ['', 'skipped'],
  ])('takes the message %j for: %s', async (message, expected) => {
    expect(classOf(await readOne(csvRecord({ message })))).toBe(expected);
  });

  it.each([
    ['role "app" is not permitted to log in', '', AuthenticationFailure.wrongCredential],
    ['role "app" does not exist', '', AuthenticationFailure.unknownPrincipal],
    [
      'password authentication failed for user "app"',
      'Role "app" does not exist.',
      AuthenticationFailure.unknownPrincipal,
    ],
    [
      'password authentication failed for user "app"',
      'User "app" has no password assigned.',
      AuthenticationFailure.wrongCredential,
    ],
    ['Peer authentication failed for user "app"', '', AuthenticationFailure.wrongCredential],
  ])('tells why: %s %s', async (message, detail, failure) => {
    const record = await readOne(csvRecord({ severity: 'FATAL', sqlState: '28000', message, detail }));
    expect(record.failure).toBe(failure);
  });

  it.each([
    ['2099-01-01 00:00:00.000 UTC', undefined, Date.UTC(2099, 0, 1)],
    ['2026-07-01 12:00:00.000 +02', undefined, Date.UTC(2026, 6, 1, 10)],
    ['2026-07-01 12:00:00.000 -0330', undefined, Date.UTC(2026, 6, 1, 15, 30)],
    ['2026-10-25 01:59:59.000 CEST', 'Europe/Berlin', Date.UTC(2026, 9, 24, 23, 59, 59)],
    ['2026-10-25 03:00:00.000 CET', 'Europe/Berlin', Date.UTC(2026, 9, 25, 2)],
  ])('reads the time %s (zone configured: %s)', async (time, timezone, expected) => {
    expect((await readOne(csvRecord({ time }), timezone)).time).toBe(expected);
  });

  it('keeps order and distance of records across the end of summer time', async () => {
    const times = [
      '01:30:00.000 CEST',
      '02:30:00.000 CEST',
      '02:59:59.000 CEST',
      '02:00:00.000 CET',
      '02:30:00.000 CET',
      '03:30:00.000 CET',
    ];
    const log = times.map((time) => csvRecord({ time: `2026-10-25 ${time}` })).join('');
    const first = Date.UTC(2026, 9, 24, 23, 30);
    const minutes = (await readAll(csvlog, log, { timezone: 'Europe/Berlin' })).map(({ time }) =>
      Math.ceil((time - first) / 60_000),
    );
    expect(minutes).toEqual([0, 60, 90, 90, 120, 180]);
  });

  it('says what a record in an unknown zone needs', async () => {
    const { reason } = await readOne(csvRecord({ time: '2026-10-25 02:30:00.000 IST' }));
    expect(reason).toBe('names a time zone that only `timezone:` in the configuration can explain');
  });

  it('reads a last record that has no newline', async () => {
    const log = (csvRecord() + csvRecord({ user: 'last' })).trimEnd();
    expect((await readAll(csvlog, log)).map(({ principal }) => principal)).toEqual(['app', 'last']);
  });

  it('reads lines that end as on Windows', async () => {
    const log = (csvRecord({ columns: 24 }) + csvRecord({ message: 'statement: SELECT\n1' })).replaceAll('\n', '\r\n');
    const records = await readAll(csvlog, log);
    expect(records.map(({ principal, application }) => [principal, application])).toEqual([
      ['app', 'shop-api'],
      ['app', 'shop-api'],
    ]);
    const old = csvRecord({ columns: 23, user: 'old' }).replaceAll('\n', '\r\n');
    expect((await readAll(csvlog, old.repeat(2))).map(({ principal }) => principal)).toEqual(['old', 'old']);
  });

  it('passes over a byte order mark', async () => {
    for (const sizes of [[1], [2], [1000]]) {
      const records = await readAll(csvlog, `\ufeff${csvRecord()}`, { sizes });
      expect(records).toMatchObject([{ step: 'activity', offset: 3 }]);
    }
  });

  it('does not throw on a name that is too long to be one', async () => {
    const { principal, step } = await readOne(csvRecord({ user: '"é'.repeat(50_000) }));
    expect(step).toBe('activity');
    expect(principal!.length).toBeLessThanOrEqual(1024);
  });

  it('finds nothing in a file that is empty', async () => {
    expect(await readAll(csvlog, '')).toEqual([]);
  });

  it('rejects a record of 20 MB once, in bounded memory, and reads the next', async () => {
    const [head, tail] = csvRecord({ message: 'statement: |' }).split('|');
    const middle = Buffer.alloc(20 * 1024 * 1024, 'x, ""');
    const source = Buffer.concat([Buffer.from(csvRecord() + head), middle, Buffer.from(tail + csvRecord())]);
    const { steps, reader } = await countSteps(csvlog, source);
    expect(steps).toEqual({ activity: 2, 'a record longer than 8 MiB': 1 });
    expect(reader.window.bytes.length).toBeLessThan(24 * 1024 * 1024);
  });

  it('rejects a file of bytes without sense, in bounded memory', async () => {
    const bytes = Uint8Array.from({ length: 3_000_000 }, (_, i) => (Math.imul(i, 0x9e3779b1) >>> 13) & 0xff);
    const { steps } = await countSteps(csvlog, bytes);
    const counts = Object.values(steps).reduce((a, b) => a + b, 0);
    expect(steps).not.toHaveProperty('activity');
    expect(counts).toBeGreaterThan(0);
    expect(counts).toBeLessThan(10);
  });
});
