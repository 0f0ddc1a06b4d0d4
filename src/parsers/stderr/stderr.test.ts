import { describe, expect, it } from 'vitest';
import { AuthenticationFailure } from '../../model/activity.ts';
import { sqlState } from '../../postgres/sql-state.ts';
import { countSteps, readAll, type SeenRecord } from '../testkit.ts';
import { stderr } from './stderr.ts';

const DEBIAN = '%m [%p] %q%u@%d ';

/** A line of `app` in process 7, under Debian's prefix. */
const line = (text: string, { pid = 7, who = 'app@shop' } = {}) =>
  `2026-11-21 16:00:00.500 UTC [${pid}] ${who} ${text}\n`;
const background = (text: string) => `2026-11-21 16:00:00.500 UTC [1] ${text}\n`;
const read = (text: string, logLinePrefix = DEBIAN) => readAll(stderr, text, { logLinePrefix });
const classOf = ({ step, class: activityClass, reason }: SeenRecord) => activityClass ?? reason ?? step;

describe('an entry', () => {
  it('has the lines that continue it, and ends before the next', async () => {
    const records = await read(
      line('LOG:  statement: SELECT 1,\n\t  2,\n\t\n\t\t3') + line('LOG:  statement: SELECT 4'),
    );

    expect(records.map(({ statement }) => statement)).toEqual(['SELECT 1,\n  2,\n\n\t3', 'SELECT 4']);
    expect(records[1]!.offset).toBe(Buffer.byteLength(records[0]!.text) + 1);
  });

  it('of an error has its statement', async () => {
    const [error, ...more] = await read(
      line('ERROR:  relation "x" does not exist at character 15') +
        line('HINT:  Perhaps you meant "y".') +
        line('STATEMENT:  SELECT *\n\tFROM x') +
        line('LOG:  statement: SELECT 1'),
    );

    expect(error).toMatchObject({ class: 'statementError', principal: 'app', statement: 'SELECT *\nFROM x' });
    expect(error!.text).toMatch(/ERROR: [\s\S]*HINT: [\s\S]*FROM x$/);
    expect(more.map(classOf)).toEqual(['statement']);
  });

  it('of a failed login has its DETAIL', async () => {
    const failed = line('FATAL:  password authentication failed for user "app"');
    const [unknown] = await read(`${failed}${line('DETAIL:  Role "app" does not exist.\n\tConnection matched …')}`);
    const [wrong] = await read(`${failed}${line('DETAIL:  Connection matched pg_hba.conf line 1: "host all"')}`);

    expect(unknown!.failure).toBe(AuthenticationFailure.unknownPrincipal);
    expect(wrong!.failure).toBe(AuthenticationFailure.wrongCredential);
  });

  it('finds its supplements also behind lines of other processes, which keep theirs', async () => {
    const ann = { pid: 8, who: 'ann@crm' };
    const records = await read(
      line('ERROR:  division by zero') +
        line('FATAL:  password authentication failed for user "ann"', ann) +
        background('LOG:  checkpoint starting: time') +
        line('STATEMENT:  SELECT 1/0') +
        line('DETAIL:  Role "ann" does not exist.', ann) +
        line('STATEMENT:  SELECT 2/0', { pid: 9 }),
    );

    expect(records.map(classOf)).toEqual([
      'statementError',
      'authenticationFailure',
      'skipped',
      'skipped',
      'skipped',
      'skipped',
    ]);
    expect(records[0]).toMatchObject({ statement: 'SELECT 1/0' });
    expect(records[1]).toMatchObject({ failure: AuthenticationFailure.unknownPrincipal, principal: 'ann' });
  });

  it('takes no supplement of a later entry of its process', async () => {
    const [first] = await read(
      line('ERROR:  one') + line('ERROR:  two', { pid: 8 }) + line('ERROR:  three') + line('STATEMENT:  SELECT 3'),
    );

    expect(first).toMatchObject({ class: 'statementError', statement: '' });
  });

  it('without process and session in the prefix has what follows it directly', async () => {
    const prefix = '%m ';
    const at = (text: string) => `2026-11-21 16:00:00.500 UTC ${text}\n`;
    const [direct] = await read(at('ERROR:  one') + at('STATEMENT:  SELECT 1'), prefix);
    const [apart] = await read(at('ERROR:  one') + at('LOG:  x') + at('STATEMENT:  SELECT 1'), prefix);

    expect(direct).toMatchObject({ statement: 'SELECT 1', session: '0.0' });
    expect(apart).toMatchObject({ statement: '' });
  });

  it('tells its SQLSTATE by %e, or where the log is verbose', async () => {
    const [told] = await read('2026-11-21 16:00:00.500 UTC [7] 42P01 ERROR:  x\n', '%m [%p] %e ');
    const [verbose] = await read(line('FATAL:  28000: role "app" is not permitted to log in'));
    const [silent] = await read(line('ERROR:  x'));

    expect([told, verbose, silent].map((record) => record!.status)).toEqual([sqlState('42P01'), sqlState('28000'), 0]);
    expect(verbose).toMatchObject({ class: 'authenticationFailure', failure: AuthenticationFailure.wrongCredential });
  });

  it('tells its client by its message where the prefix does not', async () => {
    const at = (text: string) => `2026-11-21 16:00:00.500 UTC [7] ${text}\n`;
    const records = await readAll(
      stderr,
      at('LOG:  connection received: host=192.0.2.10 port=1') +
        at('LOG:  connection authorized: user=app database=shop application_name=psql') +
        at('LOG:  statement: SELECT 1') +
        at('LOG:  disconnection: session time: 0:00:00.066 user=app database=shop host=192.0.2.10 port=1'),
    );

    expect(
      records.map(({ principal, address, application, session }) => [principal, address, application, session]),
    ).toEqual([
      ['', '192.0.2.10', '', '0.7'],
      ['app', '', 'psql', '0.7'],
      ['', '', '', '0.7'],
      ['app', '192.0.2.10', '', '0.7'],
    ]);
  });

  it('of a process without a client is none of our business', async () => {
    const records = await read(
      background('ERROR:  canceling autovacuum task') +
        background('CONTEXT:  automatic vacuum of table "shop.public.t"') +
        background('LOG:  connection authorized: user=app database=shop'),
    );

    expect(records.map(classOf)).toEqual(['skipped', 'skipped', 'skipped']);
  });

  it('splits names in the way that its message tells', async () => {
    const [record] = await read(
      line('LOG:  connection authorized: user=ann database=a@b', { who: 'ann@a@b' }) +
        line('LOG:  statement: SELECT 1', { who: 'ann@example.com@shop', pid: 8 }),
    );

    expect(record).toMatchObject({ class: 'authentication', principal: 'ann', database: 'a@b' });
  });
});

describe('a log', () => {
  it('may end its lines as on Windows, or without a newline', async () => {
    const log = line('LOG:  statement: SELECT 1,\n\t2') + line('ERROR:  x') + line('STATEMENT:  SELECT\n\t3');
    const statements = async (text: string) => (await read(text)).map(({ statement }) => statement);

    expect(await statements(log)).toEqual(['SELECT 1,\n2', 'SELECT\n3']);
    expect(await statements(log.replaceAll('\n', '\r\n'))).toEqual(['SELECT 1,\n2', 'SELECT\n3']);
    expect(await statements(log.trimEnd())).toEqual(['SELECT 1,\n2', 'SELECT\n3']);
  });

  it('may begin with what other programs wrote, and hold more of it', async () => {
    const other = `${Array.from({ length: 50 }, (_, n) => `creating ${n} ... ok`).join('\n')}\n\n\tindented\n`;
    const records = await read(other + line('LOG:  statement: SELECT 1') + other + line('LOG:  statement: SELECT 2'));

    expect(records.map(classOf)).toEqual(['skipped', 'statement', 'skipped', 'statement']);
  });

  it('that has another prefix is rejected, with the reason', async () => {
    const records = await read(
      '2026-11-21 16:00:00 UTC:192.0.2.1(1):app@shop:[7]:LOG:  statement: SELECT 1\n'.repeat(600),
    );
    const reasons = new Set(records.map(classOf));

    expect([...reasons]).toEqual(['does not begin with the log_line_prefix that is configured']);
    expect(records.length).toBeLessThan(5);
  });

  it('that has hardly a line with the prefix is rejected, too', async () => {
    const records = await read(line('LOG:  statement: SELECT 1') + 'other\n'.repeat(3000));

    expect(records.map(classOf).at(-1)).toBe('does not begin with the log_line_prefix that is configured');
  });

  it('whose prefix has no time cannot be judged', async () => {
    const records = await read('[7] LOG:  statement: SELECT 1\n', '[%p] ');

    expect(records.map(classOf)).toEqual(['is of a log_line_prefix that has no time: put %m into it']);
  });

  it('in a zone that nobody explained is rejected, and read once it is', async () => {
    const log = '2026-07-01 12:00:00.000 IST [7] LOG:  statement: SELECT 1\n';
    const [rejected] = await readAll(stderr, log);
    const [told] = await readAll(stderr, log, { timezone: 'Asia/Kolkata' });

    expect(rejected!.reason).toContain('`timezone:`');
    expect(told!.time).toBe(Date.UTC(2026, 6, 1, 6, 30));
  });

  it('in another language is rejected, with what to set', async () => {
    const records = await read(line('FEHLER:  Relation »x« existiert nicht') + line('ANWEISUNG:  SELECT 1'));

    expect(records.map(classOf)).toEqual([
      'has no severity in English: set lc_messages to C',
      'has no severity in English: set lc_messages to C',
    ]);
  });

  it('is empty without a word', async () => {
    expect(await read('')).toEqual([]);
  });

  it('with a line of 20 MB loses that line, in bounded memory', async () => {
    const middle = Buffer.alloc(20 * 1024 * 1024, 'x, ""');
    const at = '2026-11-21 16:00:00.500 UTC [7] LOG:  statement: SELECT 1\n';
    const source = Buffer.concat([Buffer.from(`${at}${at.trimEnd()}`), middle, Buffer.from(`\n${at}`)]);
    const { steps, reader } = await countSteps(stderr, source);

    expect(steps).toEqual({ activity: 2, 'a record longer than 8 MiB': 1 });
    expect(reader.window.bytes.length).toBeLessThan(24 * 1024 * 1024);
  });

  it('with an entry of a hundred thousand lines loses that entry', async () => {
    const at = '2026-11-21 16:00:00.500 UTC [7] LOG:  statement: SELECT 1\n';
    const { steps } = await countSteps(stderr, Buffer.from(`${at}${at}${'\tx\n'.repeat(100_000)}${at}`));

    expect(steps).toMatchObject({ 'a record of too many lines': 1, activity: 2 });
  });

  it('of bytes without sense is rejected, in bounded memory', async () => {
    const bytes = Uint8Array.from({ length: 3_000_000 }, (_, i) => (Math.imul(i, 0x9e3779b1) >>> 13) & 0xff);
    const { steps } = await countSteps(stderr, bytes);

    expect(Object.keys(steps)).toEqual(['does not begin with the log_line_prefix that is configured']);
  });
});
