import { describe, expect, it } from 'vitest';
import { AuthenticationFailure } from '../../model/activity.ts';
import { sqlState } from '../../postgres/sql-state.ts';
import { readAll, type SeenRecord } from '../testkit.ts';
import { jsonlog } from './jsonlog.ts';
import { jsonRecord } from './testkit.ts';

const classOf = ({ step, class: activityClass, reason }: SeenRecord) => activityClass ?? reason ?? step;

async function readOne(text: string, timezone?: string): Promise<SeenRecord> {
  const records = await readAll(jsonlog, text, timezone === undefined ? {} : { timezone });
  expect(records).toHaveLength(1);
  return records[0]!;
}

/** The same record as others write it who pass logs on. */
const REWRITTEN: [string, (record: Record<string, unknown>) => string][] = [
  ['with white space', (record) => JSON.stringify(record, null, 1).replaceAll('\n', '')],
  ['with a space behind each colon and comma', (record) => JSON.stringify(record).replaceAll(/([:,])"/g, '$1 "')],
  ['in another order', (record) => JSON.stringify(record, Object.keys(record).sort())],
  ['backwards', (record) => JSON.stringify(record, Object.keys(record).reverse())],
  [
    'with members of their own',
    (record) => JSON.stringify({ host: 'a', ...record, k8s: { user: 'x', n: [{ a: ']}' }] } }),
  ],
  ['with nulls', (record) => JSON.stringify({ detail: null, ...record, state_code: null, hint: null })],
  ['with escapes for letters', (record) => JSON.stringify(record).replaceAll('shop', '\\u0073hop')],
];

describe('jsonlog', () => {
  it('reads a record', async () => {
    expect(await readOne(jsonRecord())).toMatchObject({
      step: 'activity',
      class: 'statement',
      time: Date.UTC(2026, 10, 21, 12),
      principal: 'app',
      database: 'shop',
      address: '192.0.2.10',
      application: 'shop-api',
      session: '6b01ebad.4d46',
      statement: 'SELECT 1',
      status: 0,
    });
  });

  it.each(REWRITTEN)('reads a record %s', async (_, rewrite) => {
    const record = JSON.parse(jsonRecord()) as Record<string, unknown>;
    const { offset: _offset, text: _text, ...expected } = await readOne(jsonRecord());
    expect(await readOne(rewrite(record))).toMatchObject(expected);
  });

  it.each([
    ['192.0.2.10', '192.0.2.10'],
    ['2001:db8::1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['db-client.example.com', 'db-client.example.com'],
    ['[local]', ''],
  ])('reads the client %s as %j', async (remote_host, address) => {
    expect((await readOne(jsonRecord({ remote_host }))).address).toBe(address);
  });

  it.each([
    ['duration: 0.123 ms  execute find: SELECT 1', 'statement'],
    ['duration: 0.123 ms', 'skipped'],
    ['AUDIT: SESSION,1,1,READ,SELECT,,,SELECT 1,<none>', 'statement'],
    ['replication connection authorized: user=app application_name=standby', 'authentication'],
    ['connection ready: setup total=27.196 ms', 'skipped'],
    ['', 'skipped'],
  ])('takes the message %j for: %s', async (message, expected) => {
    expect(classOf(await readOne(jsonRecord({ message })))).toBe(expected);
  });

  it.each([
    ['28000', 'role "app" is not permitted to log in', undefined, AuthenticationFailure.wrongCredential],
    ['28000', 'role "app" does not exist', undefined, AuthenticationFailure.unknownPrincipal],
    ['28P01', 'password authentication failed for user "app"', 'Role "app" does not exist.', 2],
    ['28P01', 'password authentication failed for user "app"', 'User "app" has no password assigned.', 1],
    ['28000', 'no pg_hba.conf entry for host "192.0.2.1", user "app"', undefined, AuthenticationFailure.notAllowed],
  ])('tells why: %s %s %s', async (state_code, message, detail, failure) => {
    const record = await readOne(jsonRecord({ error_severity: 'FATAL', state_code, message, detail }));
    expect(record).toMatchObject({ class: 'authenticationFailure', failure, status: sqlState(state_code) });
  });

  it('tells what broke, and how', async () => {
    const statement = 'SELECT "a"\n FROM\t b';
    const record = await readOne(
      jsonRecord({ error_severity: 'ERROR', state_code: '42601', message: 'syntax error at or near "b"', statement }),
    );
    expect(record).toMatchObject({ class: 'statementError', status: sqlState('42601'), statement });
  });

  it('skips what the server does for itself', async () => {
    const own = jsonRecord({ remote_host: undefined, remote_port: undefined, message: 'checkpoint starting: time' });
    expect((await readOne(own)).step).toBe('skipped');
  });

  it('takes the last of keys that stand twice, as JSON readers do', async () => {
    const record = jsonRecord().replace('"user":', '"user":"zeroth","user":');
    expect((await readOne(record)).principal).toBe('app');
  });

  it('believes no key that a name spells', async () => {
    const user = '","user":"postgres","x":"\\","user":"postgres';
    expect((await readOne(jsonRecord({ user }))).principal).toBe(user);
  });

  it.each([
    ['2026-07-01 12:00:00.000 +02', undefined, Date.UTC(2026, 6, 1, 10)],
    ['2026-10-25 01:59:59.000 CEST', 'Europe/Berlin', Date.UTC(2026, 9, 24, 23, 59, 59)],
    ['2026-10-25 03:00:00.000 CET', 'Europe/Berlin', Date.UTC(2026, 9, 25, 2)],
  ])('reads the time %s (zone configured: %s)', async (timestamp, timezone, expected) => {
    expect((await readOne(jsonRecord({ timestamp }), timezone)).time).toBe(expected);
  });

  it.each([
    [{ timestamp: undefined }, 'a record without a time'],
    [{ timestamp: 'yesterday' }, 'does not start with a time'],
    [
      { timestamp: '2026-10-25 02:30:00.000 IST' },
      'names a time zone that only `timezone:` in the configuration can explain',
    ],
    [{ error_severity: undefined }, 'not the members of a jsonlog record'],
    [{ message: undefined }, 'not the members of a jsonlog record'],
    [{ session_id: undefined }, 'not the members of a jsonlog record'],
    [{ session_id: 'x.y' }, 'not the members of a jsonlog record'],
    [{ session_id: '6b01ebad.' }, 'not the members of a jsonlog record'],
    [{ session_id: '6b01ebad' }, 'not the members of a jsonlog record'],
  ])('rejects a record with %j, and reads the next', async (members, reason) => {
    const records = await readAll(jsonlog, jsonRecord(members) + jsonRecord());
    expect(records.map(classOf)).toEqual([reason, 'statement']);
  });

  it('reads a last record that has no newline, lines that end as on Windows, and passes over empty ones', async () => {
    const log = `\ufeff${jsonRecord()}\n\r\n${jsonRecord({ user: 'last' })}`.trimEnd();
    for (const text of [log, log.replaceAll('\n', '\r\n')]) {
      expect((await readAll(jsonlog, text, { sizes: [7] })).map(({ principal }) => principal)).toEqual(['app', 'last']);
    }
  });

  it('finds nothing in what is empty', async () => {
    for (const text of ['', '\n\n', ' \n', '\ufeff']) {
      expect(await readAll(jsonlog, text)).toEqual([]);
    }
  });
});
