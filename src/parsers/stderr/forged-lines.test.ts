import { describe, expect, it } from 'vitest';
import { AuthenticationFailure } from '../../model/activity.ts';
import { readAll, type SeenRecord } from '../testkit.ts';
import { stderr } from './stderr.ts';

const DEBIAN = '%m [%p] %q%u@%d ';
const SESSION = '%m %c %l %u %d %e %h ';
const TIME = '2026-11-21 16:00:00.500 UTC';

const read = (text: string, logLinePrefix = DEBIAN) => readAll(stderr, text, { logLinePrefix });
const classOf = ({ step, class: activityClass, reason }: SeenRecord) => activityClass ?? reason ?? step;
const received = (pid: number) =>
  `${TIME} [${pid}] [unknown]@[unknown] LOG:  connection received: host=203.0.113.9 port=1\n`;
/** As messages tell a name. */
const told = (name: string) => name.replaceAll('\n', '\n\t');
const refused = (user: string, database = 'shop', pid = 7) =>
  `${TIME} [${pid}] ${user}@${database} FATAL:  password authentication failed for user "${told(user)}"\n` +
  `${TIME} [${pid}] ${user}@${database} DETAIL:  Role "${told(user)}" does not exist.\n\tConnection matched …\n`;

describe('a name that writes lines', () => {
  it.each([
    ['one line', `x\n${TIME} [9] root@shop LOG:  statement: DROP TABLE t`],
    ['two lines', `x\n${TIME} [9] r@s LOG:  hi\n${TIME} [9] root`],
    ['a line of a process without a client', `x\n${TIME} [9] LOG:  database system is shut down`],
    ['a line that names itself', `x\n${TIME} [9] root@s FATAL:  password authentication failed for user "root"`],
    ['a line longer than names are', `x\n${TIME} [9] root@shop LOG:  connection authorized: user=root database=shop`],
    ['the end of its own entry', `root@shop LOG:  connection authorized: user=root database=shop`],
    ['the end of its own entry, as if it had no client', 'LOG:  connection authorized: user=root database=shop'],
    ['both', `a@s LOG:  hi\n${TIME} [9] root`],
    ['both, as statements', `a@s LOG:  statement: SELECT 1\n${TIME} [9] root`],
  ])('is told: %s', async (_, user) => {
    const records = await read(received(7) + refused(user) + received(8));

    expect(records.map(classOf)).toEqual(['connection', 'logForgery', 'authenticationFailure', 'connection']);
    expect(records[1]).toMatchObject({ principal: '', session: '0.7', time: Date.UTC(2026, 10, 21, 16, 0, 0, 500) });
    expect(records[2]).toMatchObject({
      principal: user,
      session: '0.7',
      failure: AuthenticationFailure.unknownPrincipal,
    });
  });

  it.each(["SELECT 'a:  b'", 'a:  b', "SELECT 'ERROR: x'"])('is not what %j does', async (text) => {
    const records = await read(`${TIME} [7] app@shop LOG:  statement: ${text}\n${refused('app', 'shop', 8)}`);

    expect(records.map(classOf)).toEqual(['statement', 'authenticationFailure']);
  });

  it('is told without the statement that broke before it', async () => {
    const broken = ['ERROR:  syntax error', 'STATEMENT:  SELEC 1'].map((text) => `${TIME} [6] app@shop ${text}\n`);
    const [, forged] = await read(broken.join('') + refused(`x\n${TIME} [9] root@shop LOG:  hi\n${TIME} [9] root`));

    expect(forged).toMatchObject({ class: 'logForgery', statement: '' });
  });

  it('is told with the address that the prefix tells', async () => {
    const name = `x\n${TIME} 6920.9 2 root`;
    const entry = `${TIME} 6920a1b2.7 2 ${name} shop 28P01 203.0.113.9 FATAL:  password authentication failed for user "${told(name)}"\n`;
    const [forged, failed] = await read(entry, SESSION);

    expect(forged).toMatchObject({ class: 'logForgery', address: '203.0.113.9', session: '6920a1b2.7' });
    expect(failed).toMatchObject({ class: 'authenticationFailure', principal: name, address: '203.0.113.9' });
    expect(failed!.offset).toBeGreaterThan(forged!.offset);
  });

  it('is told for the database, which a refusal does not name', async () => {
    const database = `x\n${TIME} [9] root@shop LOG:`;
    const records = await read(
      `${TIME} [7] app@${database} FATAL:  password authentication failed for user "app"\n${received(8)}`,
    );

    expect(records.map(classOf)).toEqual(['logForgery', 'authenticationFailure', 'connection']);
    expect(records[1]).toMatchObject({ principal: 'app', database, failure: AuthenticationFailure.wrongCredential });
  });

  it('takes no true line with it', async () => {
    const next = `${TIME} [8] app@shop LOG:  statement: SELECT 'x@y LOG:  z'\n`;
    const records = await read(refused(`x\n${TIME} [9] root`) + next + next);

    expect(records.map(classOf)).toEqual(['logForgery', 'authenticationFailure', 'statement', 'statement']);
    expect(records.slice(2).map(({ principal }) => principal)).toEqual(['app', 'app']);
  });

  it('is told the same when it is cut into reads', async () => {
    const log = received(7) + refused(`x\n${TIME} [9] root@shop LOG:  hi`) + received(8);
    const whole = await readAll(stderr, log, { logLinePrefix: DEBIAN });
    for (const sizes of [[1], [7], [64, 3], [300]]) {
      expect(await readAll(stderr, log, { logLinePrefix: DEBIAN, sizes })).toEqual(whole);
    }
  });

  it('only breaks lines: then it is a name', async () => {
    const records = await read(refused('line\nbreak'));

    expect(records.map(classOf)).toEqual(['authenticationFailure']);
    expect(records[0]).toMatchObject({ principal: 'line\nbreak', failure: AuthenticationFailure.unknownPrincipal });
  });

  it('harms nobody where the prefix has no names', async () => {
    const name = told(`x\n${TIME} [9] LOG:  statement: DROP TABLE t`);
    const log = `${TIME} [7] FATAL:  password authentication failed for user "${name}"\n`;

    expect((await read(log, '%m [%p] ')).map(classOf)).toEqual(['authenticationFailure']);
  });
});

describe('a statement that quotes a log', () => {
  it.each([
    "SELECT 'x@y LOG:  connection authorized: user=root'",
    `SELECT '\n\t${TIME} [9] root@shop LOG:  statement: x'`,
    `INSERT INTO logs VALUES ('${TIME} [9] root@shop FATAL:  password authentication failed for user "root"')`,
  ])('is a statement: %j', async (statement) => {
    const records = await read(`${TIME} [7] app@shop LOG:  statement: ${statement}\n${received(8)}`);

    expect(records.map(classOf)).toEqual(['statement', 'connection']);
    expect(records[0]).toMatchObject({ principal: 'app' });
  });
});

describe('a line that contradicts its session', () => {
  const entry = (session: string, number: number, user: string, text: string) =>
    `${TIME} ${session} ${number} ${user} shop 00000 203.0.113.9 LOG:  ${text}\n`;

  it('is forged, and says nothing of anybody', async () => {
    const records = await read(
      entry('6920a1b2.7', 2, 'app', 'connection authorized: user=app database=shop') +
        entry('6920a1b2.7', 3, 'app', 'statement: SELECT 1') +
        entry('6920a1b2.7', 3, 'app', 'statement: SELECT 2') +
        entry('6920a1b2.7', 4, 'root', 'statement: SELECT 3') +
        entry('6920a1b2.7', 4, 'app', 'statement: SELECT 4'),
      SESSION,
    );

    expect(records.map(classOf)).toEqual(['authentication', 'statement', 'logForgery', 'logForgery', 'statement']);
    expect(records[2]).toMatchObject({ principal: '', address: '', session: '0.0' });
  });

  it('tells another user in its prefix than in its message', async () => {
    const records = await read(`${TIME} [9] root@shop LOG:  connection authorized: user=ann database=shop\n`);

    expect(records.map(classOf)).toEqual(['logForgery']);
  });
});
