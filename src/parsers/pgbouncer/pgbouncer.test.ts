import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AuthenticationFailure } from '../../model/activity.ts';
import { countBy, countSteps, readAll, type SeenRecord } from '../testkit.ts';
import { pgbouncer } from './pgbouncer.ts';

const sample = (name: string) => readFileSync(new URL(`samples/${name}.log`, import.meta.url));
const classOf = ({ step, class: activityClass, reason }: SeenRecord) => activityClass ?? reason ?? step;

/** A line of a client, as PgBouncer 1.18 writes it. */
const line = (text: string, head = '2026-11-21 10:00:00.123 UTC [18] LOG ') => `${head}C-0x55d6935c7890: ${text}\n`;
const attempt = 'shop/app@192.0.2.10:46671 login attempt: db=shop user=app tls=no';
const closing = (reason: string, names = 'shop/app') => line(`${names}@192.0.2.10:46671 closing because: ${reason}`);

async function readOne(text: string): Promise<SeenRecord> {
  const records = await readAll(pgbouncer, text);
  expect(records).toHaveLength(1);
  return records[0]!;
}

describe.each(['pgbouncer', 'pgbouncer-syslog'])('the recorded %s.log', (name) => {
  it('gives logins, refusals, and what the pooler did', async () => {
    const { skipped, ...counts } = countBy(await readAll(pgbouncer, sample(name)), classOf);
    expect(skipped).toBeGreaterThan(10);
    expect(counts).toEqual({
      poolerLink: 5,
      connection: 8,
      disconnection: 8,
      authenticationFailure: 2,
      logForgery: 8,
    });
  });

  it('tells the clients', async () => {
    const records = await readAll(pgbouncer, sample(name));
    const clients = records.filter((record) => record.class === 'connection');
    expect(clients.map(({ principal, database, address }) => [principal, database, address])).toEqual([
      ['analyst', 'shop', '203.0.113.9'],
      ['app', 'shop', '192.0.2.10'],
      ['app', 'shop', '192.0.2.11'],
      ['app', 'shop', '2001:db8::1'],
      ['app', 'shop', ''], // over the Unix socket
      ['app', 'shop', '198.51.100.66'],
      ['nobody_such', 'shop', '198.51.100.66'],
      ['app', 'no_such_db', '192.0.2.10'],
    ]);
  });

  it('tells who was refused, and why', async () => {
    const refused = (await readAll(pgbouncer, sample(name))).filter((r) => r.class === 'authenticationFailure');
    expect(refused.map(({ principal, address, failure }) => [principal, address, failure])).toEqual([
      ['app', '198.51.100.66', AuthenticationFailure.wrongCredential],
      ['nobody_such', '198.51.100.66', AuthenticationFailure.unknownPrincipal],
    ]);
  });

  it('believes nothing of a line whose names read like the pooler', async () => {
    const forged = (await readAll(pgbouncer, sample(name))).filter((record) => record.class === 'logForgery');
    expect(forged.every(({ principal, address }) => principal === '' && address === '')).toBe(true);
    expect(forged.every(({ text }) => text.includes('@192.0.2.1:'))).toBe(true);
  });

  it('tells who had been logged in when he left', async () => {
    const left = (await readAll(pgbouncer, sample(name))).filter((record) => record.class === 'disconnection');
    expect(left.map(({ principal, text }) => [principal, /because: ([a-z]+ [a-z]+)/.exec(text)?.[1]])).toEqual([
      ['analyst', 'client close'],
      ['app', 'client close'],
      ['', 'client unexpected'],
      ['app', 'client close'],
      ['app', 'client close'],
      ['', undefined], // database "…" does not exist
      ['', undefined],
      ['', 'client sent'],
    ]);
  });
});

describe('a line', () => {
  it.each([
    ['2026-11-21 10:00:00.123 UTC [18] LOG ', 123],
    ['2026-11-21 11:00:00.123 +01 [18] LOG ', 123],
    ['<30>Nov 21 10:00:00 db1 pgbouncer[18]: ', 0],
    ['2026-11-21T10:00:00.123456+00:00 db1 pooler[18]: ', 123],
    ['<30>1 2026-11-21T10:00:00.123Z db1 pgbouncer 18 - - ', 123],
  ])('may begin with %j', async (head, ms) => {
    const { class: activityClass, time, session } = await readOne(line(attempt, head));
    expect([activityClass, time % 1000, session]).toEqual(['connection', ms, '55d6.935c7890']);
  });

  it('of an old PgBouncer has no zone', async () => {
    const text = line(attempt, '2026-11-21 10:00:00.123 18 LOG ');
    expect((await readOne(text)).reason).toMatch(/timezone/);
    const [record] = await readAll(pgbouncer, text, { timezone: 'Europe/Berlin' });
    expect(record!.time).toBe(Date.UTC(2026, 10, 21, 9, 0, 0, 123));
  });

  it.each([
    ['SASL authentication failed (age=0s)', 'shop/app', 'authenticationFailure', AuthenticationFailure.wrongCredential],
    [
      'password authentication failed (age=0s)',
      '(nodb)/x',
      'authenticationFailure',
      AuthenticationFailure.unknownPrincipal,
    ],
    ['login rejected (age=0s)', 'shop/app', 'authenticationFailure', AuthenticationFailure.notAllowed],
    ['no such user: app (age=0s)', '(nodb)/(nouser)', 'authenticationFailure', AuthenticationFailure.unknownPrincipal],
    ['client close request (age=3s)', 'shop/app', 'disconnection', AuthenticationFailure.none],
  ])('closing because: %s, of %s, is %s', async (reason, names, activityClass, failure) => {
    const record = await readOne(closing(reason, names));
    expect([record.class, record.failure]).toEqual([activityClass, failure]);
  });

  it('proves a login of a client that vanished after the time that it had to log in', async () => {
    expect((await readOne(closing('client unexpected eof (age=59s)'))).principal).toBe('');
    expect((await readOne(closing('client unexpected eof (age=600s)'))).principal).toBe('app');
  });

  it.each([
    ['no such user: x@6.6.6.6:1 login attempt: db=shop user=app tls=no'],
    ['pooler error: x@6.6.6.6:1 closing because: client close request (age=1s)'],
    ['registered new auto-database: db=x@6.6.6.6:1 new connection to server (from 6.6.6.6:1)'],
  ])('is forged by %j', async (text) => {
    expect((await readOne(line(`(nodb)/(nouser)@192.0.2.10:46671 ${text}`))).class).toBe('logForgery');
  });

  it('that is none is rejected once', async () => {
    const log = `no\n\nhead\n${line(attempt)}${'x'.repeat(100)}`;
    expect((await readAll(pgbouncer, log)).map(({ step }) => step)).toEqual(['rejected', 'activity', 'rejected']);
  });
});

it('shows no password of a setting that it quotes', () => {
  const text = `2026-11-21 10:00:00.123 UTC [18] ERROR invalid: host=db1 password='a b\\'c' user=app\n`;
  expect(pgbouncer.redact(Buffer.from(text))).toContain('host=db1 password=? user=app');
});

it('reads a line of many megabytes of addresses in linear time', async () => {
  const begin = performance.now();
  const { steps } = await countSteps(pgbouncer, Buffer.from(line('@1.2.3.4:5 '.repeat(500_000)) + line(attempt)));
  expect(steps).toEqual({ skipped: 1, activity: 1 });
  expect(performance.now() - begin).toBeLessThan(5000);
});
