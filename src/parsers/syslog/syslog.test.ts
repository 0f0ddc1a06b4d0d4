import { describe, expect, it } from 'vitest';
import { countSteps, readAll } from '../testkit.ts';
import { createSyslogReader, syslog } from './syslog.ts';

const PREFIX = { logLinePrefix: '%m [%p] %q%u@%d ' };

/** A line as rsyslog writes it: `text` behind header and number. */
function line(
  text: string,
  { pid = 100, number = '7-1', stamp = 'Nov 21 10:00:00', program = 'postgres' } = {},
): string {
  return `${stamp} db1 ${program}[${pid}]: ${number === '' ? '' : `[${number}] `}${text}\n`;
}

const select = (text: string) => `2026-11-21 10:00:00.123 UTC [100] app@shop LOG:  statement: ${text}`;

describe('the header', () => {
  it.each([
    ['Nov 21 10:00:00 db1 postgres[100]: '],
    ['<134>Nov 21 10:00:00 db1 postgres[100]: '],
    ['<134>Nov 21 10:00:00 postgres[100]: '],
    ['2026-11-21T10:00:00.123456+00:00 db1 postgres[100]: '],
    ['2026-11-21T11:00:00+0100 db1 orders-db[100]: '],
    ['<134>1 2026-11-21T10:00:00.123Z db1 postgres 100 - - '],
    ['<134>1 2026-11-21T10:00:00.123Z db1 postgres 100 ID [a@1 x="]\\"" y="["][b] \ufeff'],
    ['<134>1 - - postgres 100 - - '],
    ['Nov 21 10:00:00.123456 db1 postgres[100]: '],
    ['Nov 21 2026 10:00:00 db1 postgres[100]: '],
    ['Sat 2026-11-21 10:00:00 UTC db1 postgresql@16-main.service[100]: '],
    ['Sat 2026-11-21 11:00:00 +0100 db1 postgres[100]: '],
    ['1795255200.123456 db1 postgres[100]: '],
    ['2026-11-21 10:00:00 db1 postgres[100]: '],
    ['Nov 21 10:00:00 db1 local0.info postgres[100]: '],
    ['Nov 21 10:00:00 <local0.info> db1 postgres[100]: '],
    ['Nov 21 10:00:00 db1 postgres[100]: [ID 748625 local0.info] '],
    ['1 2026-11-21T10:00:00.123Z db1 postgres 100 - - '],
    ['2026-11-21T10:00:00+00:00 app[postgres.100]: [GREEN] '],
    ['2026-11-21T10:00:00+00:00 d.0af2-91 app[postgres.100] [DATABASE] '],
    ['134 <134>1 2026-11-21T10:00:00+00:00 host app postgres.100 - [GREEN] '],
  ])('%j is read', async (header) => {
    const records = await readAll(syslog, `${header}[7-1] ${select('SELECT 1')}\n`, PREFIX);
    expect(records).toMatchObject([
      { class: 'statement', principal: 'app', statement: 'SELECT 1', time: Date.UTC(2026, 10, 21, 10, 0, 0, 123) },
    ]);
    expect(records[0]!.session).toMatch(/\.64$/);
  });

  it.each([
    ['Nov 21 10:00:00.250', 250],
    ['Nov 21 2026 10:00:00.25', 250],
    ['Sat 2026-11-21 11:00:00 +01', 0],
    ['1795255200.250999', 250],
    ['2026-11-21 10:00:00,250', 250],
  ])('tells the time where the prefix does not: %s', async (stamp, ms) => {
    const reader = createSyslogReader({ timezone: undefined }, Date.UTC(2026, 10, 22));
    const parser = { ...syslog, open: () => reader };
    const records = await readAll(parser, line('LOG:  connection received: host=192.0.2.1 port=5', { stamp }));

    expect(records.map(({ time }) => time)).toEqual([Date.UTC(2026, 10, 21, 10, 0, 0, ms)]);
  });

  it('joins the lines of a process whatever their priority is', async () => {
    const of = (priority: string, number: string, text: string) =>
      `Nov 21 10:00:00 db1 local0.${priority} postgres[100]: [${number}] ${text}\n`;
    const log = of('info', '7-1', select('SELECT a')) + of('warn', '7-2', '\tFROM t') + of('err', '8-1', select('x'));
    const records = await readAll(syslog, log, PREFIX);

    expect(records.map(({ statement }) => statement)).toEqual(['SELECT a\nFROM t', 'x']);
    expect(new Set(records.map(({ session }) => session)).size).toBe(1);
  });

  it.each([
    '2026-11-21 10:00:00.123 UTC postgres[100]: ',
    '2026-11-21 10:00:00 CET db1 postgres[100]: ',
    '2026-11-21 10:00:00.123 +01 db1 postgres[100]: ',
    '1795255200.123 db1 postgres[100]: ',
  ])('is not what a log_line_prefix can be: %s', async (head) => {
    const records = await readAll(syslog, `${head}LOG:  connection received: host=192.0.2.1 port=5\n`);

    expect(records.map(({ step }) => step)).toEqual(['rejected']);
  });

  it('may be of another program, whose line is none of our business', async () => {
    const log = line('Accepted publickey for root', { program: 'sshd', number: '' }) + line(select('SELECT 1'));
    expect((await readAll(syslog, log, PREFIX)).map(({ step }) => step)).toEqual(['skipped', 'activity']);
  });

  it("of Heroku's other processes tells that they are none of our business", async () => {
    const others = ['app[web.1]: [a8c] GET /', 'app[heroku-postgres]: source=GREEN', 'heroku[router]: at=info']
      .map((text) => `2026-11-21T10:00:00+00:00 ${text}\n`)
      .join('');
    const log = `${others}2026-11-21T10:00:00+00:00 app[postgres.100]: [GREEN] [7-1] ${select('SELECT 1')}\n`;
    const steps = (await readAll(syslog, log, PREFIX)).map(({ step }) => step);
    expect(steps).toEqual(['skipped', 'skipped', 'skipped', 'activity']);
  });

  it('is missed once, however many lines lack it', async () => {
    const log = `garbage\n\n{"json": 1}\n${line(select('SELECT 1'))}more\n`;
    expect((await readAll(syslog, log, PREFIX)).map(({ reason }) => reason)).toEqual([
      'a line that does not begin as a syslog daemon begins it',
      undefined,
      'a line that does not begin as a syslog daemon begins it',
    ]);
  });
});

describe('the parts of an entry', () => {
  it('are joined although other processes write between them', async () => {
    const log =
      line(select('SELECT a,'), { number: '7-1' }) +
      line('LOG:  connection received: host=192.0.2.1 port=5', { pid: 200, number: '7-1' }) +
      line('#011 b', { number: '7-2' }) +
      line('kernel: [7-3] something', { pid: 1, program: 'kernel', number: '' }) +
      line('#011FROM t', { number: '7-3' });
    const statements = (await readAll(syslog, log, {})).filter((record) => record.class === 'statement');
    expect(statements.map(({ statement }) => statement)).toEqual(['SELECT a,\n b\nFROM t']);
  });

  it('end where the next message of the process begins', async () => {
    const log =
      line(select('SELECT 1')) + line('#011FROM lost', { number: '8-2' }) + line(select('SELECT 2'), { number: '9-1' });
    const records = await readAll(syslog, log, PREFIX);
    expect(records.map(({ step, statement }) => [step, statement])).toEqual([
      ['activity', 'SELECT 1'],
      ['skipped', undefined],
      ['activity', 'SELECT 2'],
    ]);
  });

  it('are told without numbers, too', async () => {
    const log =
      line(select('SELECT a,'), { number: '' }) +
      line('#011FROM t', { number: '' }) +
      line('2026-11-21 10:00:00.124 UTC [100] app@shop ERROR:  relation "t" does not exist', { number: '' }) +
      line('2026-11-21 10:00:00.124 UTC [100] app@shop STATEMENT:  SELECT a FROM t', { number: '' });
    const records = await readAll(syslog, log, PREFIX);
    expect(records.map((record) => [record.class, record.statement])).toEqual([
      ['statement', 'SELECT a,\nFROM t'],
      ['statementError', 'SELECT a FROM t'],
    ]);
  });

  it('stand on one line where the server does not split them', async () => {
    const detail = '2026-11-21 10:00:00.124 UTC [100] x@shop DETAIL:  Role "x" does not exist.';
    const text = `2026-11-21 10:00:00.124 UTC [100] x@shop FATAL:  password authentication failed for user "x"#012${detail}`;
    expect(await readAll(syslog, line(text, { number: '7' }), PREFIX)).toMatchObject([
      { class: 'authenticationFailure', principal: 'x', failure: 2 },
    ]);
  });
});

describe('the prefix', () => {
  it('is asked for where lines do not begin with it', async () => {
    const records = await readAll(syslog, line(select('SELECT 1')), { logLinePrefix: 'db=%d ' });
    expect(records.map(({ reason }) => reason)).toEqual([
      'does not begin with `logLinePrefix:` of the configuration and a severity',
    ]);
  });

  it('tells the session by its id, else the process does', async () => {
    const text = (prefix: string) => line(`${prefix}LOG:  connection received: host=192.0.2.1 port=5`, { pid: 17 });
    const [known] = await readAll(syslog, text('6b01cb6d.40b8 '), { logLinePrefix: '%c ' });
    const [other] = await readAll(syslog, text(''), { logLinePrefix: '' });
    expect(known!.session).toBe('6b01cb6d.40b8');
    expect(other!.session).toMatch(/\.11$/);
  });

  it('tells the SQLSTATE, or the message does in verbose logs', async () => {
    const [told] = await readAll(syslog, line('42601 ERROR:  syntax error'), { logLinePrefix: '%e ' });
    const [verbose] = await readAll(syslog, line('ERROR:  42601: syntax error'), { logLinePrefix: '' });
    expect([told!.status, verbose!.status]).toEqual([Number.parseInt('42601', 36), Number.parseInt('42601', 36)]);
  });
});

describe('the year of a stamp that has none', () => {
  const stamped = (stamp: string) => line('LOG:  statement: SELECT 1', { stamp });

  async function years(log: string, now: number): Promise<number[]> {
    const parser = { ...syslog, open: (options: object) => createSyslogReader(options, now) };
    return (await readAll(parser, log, { logLinePrefix: '' })).map(({ time }) => new Date(time).getUTCFullYear());
  }

  it('is that of the last twelve months', async () => {
    expect(await years(stamped('Nov 21 10:00:00'), Date.UTC(2026, 10, 21, 12))).toEqual([2026]);
    expect(await years(stamped('Nov 23 10:00:00'), Date.UTC(2026, 10, 21, 12))).toEqual([2025]);
  });

  it('changes between December and January, and back for a late line', async () => {
    const log = ['Dec 31 23:59:59', 'Jan  1 00:00:00', 'Dec 31 23:59:59', 'Feb 29 00:00:00', 'Jul  1 00:00:00'];
    expect(await years(log.map(stamped).join(''), Date.UTC(2028, 5, 1))).toEqual([2027, 2028, 2027, 2028, 2028]);
  });

  it('is told by the session id where the prefix has one', async () => {
    const text = '6b01cb6d.40b8 LOG:  connection received: host=192.0.2.1 port=5';
    const [record] = await readAll(syslog, line(text), { logLinePrefix: '%c ' });
    expect(record!.time).toBe(Date.UTC(2026, 10, 21, 10));
  });

  it('goes with the zone that is configured', async () => {
    const [record] = await readAll(syslog, line('6b01cb6d.40b8 LOG:  statement: SELECT 1'), {
      logLinePrefix: '%c ',
      timezone: 'Europe/Berlin',
    });
    expect(record!.time).toBe(Date.UTC(2026, 10, 21, 9));
  });
});

it('reads a message of many thousand lines in linear time and bounded memory', async () => {
  const lines = Array.from({ length: 60_000 }, (_, i) => line(`no tab ${i}`, { number: `7-${i + 2}` }));
  const begin = performance.now();
  const { steps, reader } = await countSteps(syslog, Buffer.from(line(select('SELECT 1')) + lines.join('')));
  expect(steps).toEqual({ activity: 1 });
  expect(reader.window.bytes.length).toBeLessThan(16 * 1024 * 1024);
  expect(performance.now() - begin).toBeLessThan(5000);
});
