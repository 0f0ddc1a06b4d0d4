import { describe, expect, it } from 'vitest';
import { AuthenticationFailure } from '../../model/activity.ts';
import { sqlState } from '../../postgres/sql-state.ts';
import { readAll, type SeenRecord } from '../testkit.ts';
import { azure } from './azure.ts';
import { flexibleRecord, recordOf } from './testkit.ts';

/** The records' activities, as the members named. */
async function told(log: string, names: readonly (keyof SeenRecord)[], logLinePrefix?: string): Promise<unknown[][]> {
  const records = await readAll(azure, log, logLinePrefix === undefined ? {} : { logLinePrefix });
  return records.map((record) => names.map((name) => record[name]));
}

const single = (message: string, properties: Record<string, string> = {}) =>
  recordOf('PostgreSQLLogs', {
    prefix: '2026-11-19 00:00:59 UTC-6b000000.10-',
    message,
    detail: '',
    errorLevel: 'LOG',
    domain: 'postgres-11',
    ...properties,
  });

describe('a record of a Flexible Server', () => {
  it('is of the time and the session that its message tells', async () => {
    expect(await told(flexibleRecord('LOG:  statement: SELECT 1'), ['class', 'time', 'session', 'statement'])).toEqual([
      ['statement', Date.UTC(2026, 10, 19, 0, 0, 59, 123), '6b000000.10', 'SELECT 1'],
    ]);
  });

  it("is of the envelope's time where it has none of its own", async () => {
    const log = flexibleRecord('LOG:  statement: SELECT 1', { timestamp: null });
    expect(await told(log, ['time'])).toEqual([[Date.UTC(2026, 10, 19, 0, 0, 59, 500)]]);
  });

  it('tells who was refused, and why', async () => {
    const refused = (user: string, detail: string) =>
      flexibleRecord(`FATAL:  password authentication failed for user "${user}"`, { sqlerrcode: '28P01', detail });
    const log = [
      refused('anna', 'Connection matched pg_hba.conf line 2: "host all all 0.0.0.0/0 scram-sha-256"'),
      refused('nobody', 'Role "nobody" does not exist.'),
      flexibleRecord(
        'FATAL:  no pg_hba.conf entry for host "203.0.113.7", user "a\\"b", database "shop", no encryption',
        { sqlerrcode: '28000' },
      ),
    ].join('');
    expect(await told(log, ['principal', 'failure', 'address', 'database', 'status'])).toEqual([
      ['anna', AuthenticationFailure.wrongCredential, '', '', sqlState('28P01')],
      ['nobody', AuthenticationFailure.unknownPrincipal, '', '', sqlState('28P01')],
      ['a\\"b', AuthenticationFailure.notAllowed, '203.0.113.7', 'shop', sqlState('28000')],
    ]);
  });

  it('takes the reason of a refusal from either column of a table', async () => {
    const log = flexibleRecord('FATAL:  password authentication failed for user "x"', {
      sqlerrcode: '28P01',
      detailLog: 'Role "x" does not exist.',
      detail: '',
    });
    expect(await told(log, ['failure'])).toEqual([[AuthenticationFailure.unknownPrincipal]]);
  });

  it('gives the text of a statement without the escapes of JSON, and with its own', async () => {
    const sql = 'SELECT \'\\n\', "Größe"\n FROM t';
    expect(await told(flexibleRecord(`LOG:  statement: ${sql}`), ['statement'])).toEqual([[sql]]);
  });

  it('joins the statement that broke, which is a record of its own', async () => {
    const error = flexibleRecord('ERROR:  syntax error at or near "\'"', { sqlerrcode: '42601' });
    const hint = flexibleRecord('HINT:  No.', { sqlerrcode: '42601' });
    const statement = flexibleRecord("STATEMENT:  SELECT 'a\nb''", { sqlerrcode: '42601' });
    const other = flexibleRecord('STATEMENT:  SELECT 2').replace('.10-', '.11-');
    const names = ['step', 'class', 'statement', 'status'] as const;
    const broken = (text: string) => ['activity', 'statementError', text, sqlState('42601')];
    const passed = ['skipped', undefined, undefined, undefined];

    expect(await told(error + hint + statement, names)).toEqual([broken("SELECT 'a\nb''"), passed, passed]);
    expect(await told(error + other, names)).toEqual([broken(''), passed]);
    expect(await told(error, names)).toEqual([broken('')]);
    expect(await told(error + error + statement, names)).toEqual([broken(''), broken("SELECT 'a\nb''"), passed]);
  });

  it('takes the statement that stands beside the error', async () => {
    const log = flexibleRecord('ERROR:  division by zero', { sqlerrcode: '22012', statement: 'SELECT 1/0' });
    expect(await told(log, ['statement'])).toEqual([['SELECT 1/0']]);
  });

  it.each([
    ['LOG:  checkpoint complete: wrote 3 buffers', {}],
    ['WARNING:  x', { errorLevel: 'WARNING' }],
    ['LOG:  connection received: host=192.0.2.10 port=1', { backend_type: 'background worker' }],
    ['ERROR:  canceling autovacuum task', { backend_type: 'autovacuum worker' }],
  ])('is passed over when it is %s of %j', async (message, properties) => {
    expect(await told(flexibleRecord(message, properties), ['step'])).toEqual([['skipped']]);
  });
});

describe('a log_line_prefix that was changed', () => {
  const changed = (message: string) =>
    flexibleRecord('', {
      message: `2026-11-19 00:00:59.123 UTC [16] [user=anna,db=shop,app=psql] ${message}`,
    });

  it('is read as it is configured', async () => {
    const log = changed('LOG:  statement: SELECT 1');
    expect(
      await told(
        log,
        ['principal', 'database', 'application', 'session', 'statement'],
        '%m [%p] [user=%u,db=%d,app=%a] ',
      ),
    ).toEqual([['anna', 'shop', 'psql', '0.10', 'SELECT 1']]);
  });

  it('is passed over where it is not known, but for the session', async () => {
    const log = changed('LOG:  statement: SELECT 1') + changed('STATEMENT:  SELECT 2');
    expect(await told(log, ['step', 'principal', 'session', 'statement'])).toEqual([
      ['activity', '', '0.10', 'SELECT 1'],
      ['skipped', undefined, undefined, undefined],
    ]);
  });

  it('may be followed by an SQLSTATE', async () => {
    expect(await told(changed('LOG:  00000: statement: SELECT 1'), ['statement'])).toEqual([['SELECT 1']]);
  });
});

describe('a record of a Single Server', () => {
  it('has prefix and severity beside the message', async () => {
    const log = single('connection received: host=192.0.2.10 port=38850 pid=3312');
    expect(await told(log, ['class', 'address', 'session'])).toEqual([['connection', '192.0.2.10', '6b000000.10']]);
  });

  it('writes user and database without a blank between them', async () => {
    const log = single(
      'connection authorized: user=postgresdatabase=orders SSL enabled (protocol=TLSv1.2, cipher=X, compression=off)',
    );
    expect(await told(log, ['class', 'principal', 'database'])).toEqual([['authentication', 'postgres', 'orders']]);
  });

  it('tells a refusal by its text', async () => {
    const log = single('password authentication failed for user "x"', { errorLevel: 'FATAL' });
    expect(await told(log, ['class', 'principal'])).toEqual([['authenticationFailure', 'x']]);
  });
});

describe("Azure's own connections", () => {
  const received = (host: string) => flexibleRecord(`LOG:  connection received: host=${host} port=1`);
  const authorized = (user: string, database: string) =>
    flexibleRecord(`LOG:  connection authorized: user=${user} database=${database}`);
  const accepted = (identity: string) =>
    flexibleRecord(`LOG:  connection authenticated: identity="${identity}" method=scram-sha-256 (/x:1)`);
  const disconnection = (user: string, database: string, host: string) =>
    flexibleRecord(
      `LOG:  disconnection: session time: 0:00:20.038 user=${user} database=${database} host=${host} port=1`,
    );
  const refusal = (user: string) =>
    flexibleRecord(`FATAL:  password authentication failed for user "${user}"`, { sqlerrcode: '28P01' });
  const statement = flexibleRecord('LOG:  statement: SELECT 1');
  const classes = async (...log: string[]) =>
    (await readAll(azure, log.join(''))).map(({ class: activityClass, step }) => activityClass ?? step);

  it('are left out from their first record to their last', async () => {
    expect(
      await classes(
        received('127.0.0.1'),
        accepted('azuresu'),
        authorized('azuresu', 'azure_maintenance'),
        statement,
        disconnection('azuresu', 'azure_maintenance', '127.0.0.1'),
        statement,
      ),
    ).toEqual(['skipped', 'skipped', 'skipped', 'skipped', 'skipped', 'statement']);
  });

  it.each(['127.0.0.1', '169.254.128.1', '::1', '[local]'])('come from %s', async (host) => {
    expect(await classes(received(host))).toEqual(['skipped']);
  });

  it.each(['127.0.0.11', '10.0.0.4', '169.25.4.1'])('do not come from %s', async (host) => {
    expect(await classes(received(host))).toEqual(['connection']);
  });

  it('are told at their end, too', async () => {
    expect(
      await classes(
        disconnection('azuresu', 'azure_maintenance', '127.0.0.1'),
        disconnection('azuresu', 'azure_maintenance', '203.0.113.7'),
      ),
    ).toEqual(['skipped', 'disconnection']);
  });

  it('are not those of a customer through the pooler of the server', async () => {
    expect(await classes(received('127.0.0.1'), authorized('app', 'shop'), statement)).toEqual([
      'skipped',
      'authentication',
      'statement',
    ]);
  });

  it("are not those of someone outside who guesses at Azure's user, or gets in as it", async () => {
    expect(await classes(received('203.0.113.7'), refusal('azuresu'))).toEqual(['connection', 'authenticationFailure']);
    expect(await classes(received('203.0.113.7'), authorized('azuresu', 'postgres'), statement)).toEqual([
      'connection',
      'authentication',
      'statement',
    ]);
    expect(await classes(refusal('azuresu'))).toEqual(['authenticationFailure']);
    expect(await classes(received('127.0.0.1'), refusal('azuresu'))).toEqual(['skipped', 'skipped']);
  });
});
