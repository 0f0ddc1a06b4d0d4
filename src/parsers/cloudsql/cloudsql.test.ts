import { describe, expect, it } from 'vitest';
import { AuthenticationFailure } from '../../model/activity.ts';
import { countSteps, readAll, type SeenRecord } from '../testkit.ts';
import { cloudsql } from './cloudsql.ts';
import { auditEntry, logEntry } from './testkit.ts';

const MIB = 1024 * 1024;
const classOf = ({ step, class: activityClass, reason }: SeenRecord) => activityClass ?? reason ?? step;
const steps = (records: readonly SeenRecord[]) => records.map(({ step }) => step);

async function readOne(text: string, logLinePrefix?: string): Promise<SeenRecord> {
  const records = await readAll(cloudsql, text, logLinePrefix === undefined ? {} : { logLinePrefix });
  expect(records).toHaveLength(1);
  return records[0]!;
}

describe('a line of the log', () => {
  it('is read behind the prefix of Cloud SQL', async () => {
    expect(await readOne(logEntry('LOG:  statement: SELECT 1'))).toMatchObject({
      class: 'statement',
      time: Date.UTC(2026, 10, 21, 12),
      principal: 'app',
      database: 'shop',
      session: '0.4d46',
      statement: 'SELECT 1',
    });
  });

  it.each([
    ['with a host', '2026-11-21 12:00:00.000 UTC [19782]: [3-1] db=shop,user=app,host=192.0.2.10 ', '192.0.2.10'],
    ['without a time', '[19782]: [3-1] db=shop,user=app ', ''],
  ])('is read %s in its prefix, as other instances write it', async (_, prefix, address) => {
    const record = await readOne(logEntry('LOG:  statement: SELECT 1', {}, prefix));
    expect(record).toMatchObject({ class: 'statement', principal: 'app', session: '0.4d46', address });
  });

  it('is read with a prefix that is configured', async () => {
    const line = '12:00 s=6b01ebad.4d46 u=app d=shop a=psql h=192.0.2.7 LOG:  statement: SELECT 1';
    const record = await readOne(logEntry(line, {}, '2026-11-21 '), '%t s=%c u=%u d=%d a=%a h=%h ');
    expect(record.step).toBe('rejected');
    const right = logEntry(line.slice(6), {}, '2026-11-21 12:00:00 UTC ');
    expect(await readOne(right, '%t s=%c u=%u d=%d a=%a h=%h ')).toMatchObject({
      principal: 'app',
      application: 'psql',
      address: '192.0.2.7',
      session: '6b01ebad.4d46',
    });
  });

  it('believes no host that stands in a name, once the log shows that its prefix has none', async () => {
    const first = logEntry(
      'LOG:  connection received: host=192.0.2.1 port=5',
      {},
      '2026-11-21 12:00:00.000 UTC [19782]: [1-1] db=[unknown],user=[unknown] ',
    );
    const forged = logEntry(
      'FATAL:  password authentication failed for user "x,host=203.0.113.9"',
      {},
      '2026-11-21 12:00:00.000 UTC [19782]: [2-1] db=shop,user=x,host=203.0.113.9 ',
    );
    const [received, refused] = await readAll(cloudsql, first + forged);
    expect(received).toMatchObject({ class: 'connection', address: '192.0.2.1', principal: '' });
    expect(refused).toMatchObject({ principal: 'x,host=203.0.113.9', address: '' });
  });

  it.each([
    ['jsonPayload', { textPayload: undefined, jsonPayload: { message: 'LINE', other: 1 } }],
    ['no envelope but that', { insertId: undefined, logName: undefined, severity: undefined }],
    ['a log name of its own', { logName: 'projects/p/logs/my-postgres' }],
    ['nulls beside it', { jsonPayload: null, protoPayload: null, labels: null }],
  ])('is found in an entry with %s', async (_, members) => {
    const line = '2026-11-21 12:00:00.000 UTC [19782]: [3-1] db=shop,user=app LOG:  statement: SELECT "a"';
    const entry = logEntry('', { textPayload: line, ...members }).replace('"LINE"', JSON.stringify(line));
    expect(await readOne(entry)).toMatchObject({ class: 'statement', principal: 'app', statement: 'SELECT "a"' });
  });

  it('is read whatever is escaped', async () => {
    const line = `LOG:  connection authorized: user=app database=shop application_name=<a> "b" 'c'`;
    const escaped = logEntry(line).replaceAll(/[<>'=]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
    expect(await readOne(escaped)).toMatchObject({ class: 'authentication', application: `<a> "b" 'c'` });
  });

  it.each([
    ['it goes on with the line before', logEntry('(id, name)', {}, '')],
    ['it is about the line before', logEntry('HINT:  x')],
    [
      'the server writes it for itself',
      logEntry('LOG:  statement: x', {}, '2026-11-21 12:00:00.000 UTC [1]: [1-1] db=,user= '),
    ],
    ['it is of no interest', logEntry('LOG:  checkpoint starting: time')],
    [
      'it is in the log of another service',
      logEntry('LOG:  statement: x', { logName: 'projects/p/logs/run.googleapis.com%2Fstderr' }),
    ],
    [
      'it is an audit record of another kind',
      logEntry('', { textPayload: undefined, protoPayload: { methodName: 'cloudsql.instances.update' } }),
    ],
  ])('is skipped where %s', async (_, entry) => {
    expect((await readOne(entry)).step).toBe('skipped');
  });

  it.each([
    ['{"a":1}\n', 'not an entry of Cloud Logging'],
    ['{"timestamp":"2026-11-21 12:00:00.000 UTC","message":"x"}\n', 'not an entry of Cloud Logging'],
    [logEntry('LOG:  x', { timestamp: undefined }, '[1]: [1-1] db=a,user=b '), 'a record without a time'],
    [
      logEntry('JOURNAL:  x'),
      'a line without the log_line_prefix that is configured, or without a severity in English',
    ],
  ])('is rejected: %s', async (entry, reason) => {
    expect((await readAll(cloudsql, entry + logEntry('LOG:  statement: x'))).map(classOf)).toEqual([
      reason,
      'statement',
    ]);
  });

  it('has its own time where the entry has none', async () => {
    const record = await readOne(logEntry('LOG:  statement: SELECT 1', { timestamp: undefined }));
    expect(record.time).toBe(Date.UTC(2026, 10, 21, 12));
  });
});

describe('what another entry says of a line', () => {
  const refused = logEntry('FATAL:  password authentication failed for user "app"');
  const detail = logEntry('DETAIL:  Role "app" does not exist.');
  const other = logEntry('LOG:  statement: x', {}, '2026-11-21 12:00:00.000 UTC [77]: [3-1] db=shop,user=b ');

  it.each([
    ['behind it', refused + detail, AuthenticationFailure.unknownPrincipal],
    ['behind those of other sessions', refused + other.repeat(10) + detail, AuthenticationFailure.unknownPrincipal],
    ['too far behind', refused + other.repeat(40) + detail, AuthenticationFailure.wrongCredential],
    [
      'behind another line of the session',
      refused + logEntry('LOG:  x') + detail,
      AuthenticationFailure.wrongCredential,
    ],
    [
      'of another instance',
      refused + logEntry('DETAIL:  Role "app" does not exist.', { resource: { labels: { database_id: 'p:other' } } }),
      AuthenticationFailure.wrongCredential,
    ],
    ['of another session', refused + detail.replace('19782', '19783'), AuthenticationFailure.wrongCredential],
    [
      'in the same text',
      refused
        .replace('"}', '"}')
        .replace(
          '\\"app\\""',
          `\\"app\\"\\n2026-11-21 12:00:00.000 UTC [19782]: [4-1] db=shop,user=app DETAIL:  Role \\"app\\" does not exist."`,
        ),
      AuthenticationFailure.unknownPrincipal,
    ],
  ])('counts %s', async (_, log, failure) => {
    for (const sizes of [[50], [1_000_000]]) {
      expect((await readAll(cloudsql, log, { sizes }))[0]).toMatchObject({ class: 'authenticationFailure', failure });
    }
  });

  it('is the statement of an error', async () => {
    const log = logEntry('ERROR:  syntax error at or near "x"') + logEntry('STATEMENT:  x\n\tFROM y');
    const [error, statement] = await readAll(cloudsql, log);
    expect(error).toMatchObject({ class: 'statementError', statement: 'x\n\tFROM y' });
    expect(statement!.step).toBe('skipped');
  });
});

describe('an entry of pgAudit', () => {
  it('is a statement of its session', async () => {
    expect(await readOne(auditEntry({ statement: 'SELECT "a"\nFROM b' }))).toMatchObject({
      class: 'statement',
      time: Date.UTC(2026, 10, 21, 12),
      principal: 'app',
      database: 'shop',
      address: '',
      session: '0.4d46',
      statement: 'SELECT "a"\nFROM b',
    });
  });

  it('counts once when it comes in chunks', async () => {
    const chunks = [1, 2, 10, 11].map((chunkIndex) => auditEntry({ chunkIndex })).join('');
    expect(steps(await readAll(cloudsql, chunks))).toEqual(['activity', 'skipped', 'skipped', 'skipped']);
    expect((await readOne(auditEntry({ chunkIndex: '1', databaseSessionId: '19782' }))).session).toBe('0.4d46');
  });
});

describe('a file', () => {
  const entry = logEntry('LOG:  statement: SELECT 1');

  it.each([
    ['JSON lines', entry.repeat(3)],
    ['an array', `[${[entry, entry, entry].join(',')}]\n`],
    ['an array on a line', `[${[entry, entry, entry].join(',').replaceAll('\n', '')}]`],
    [
      'an array as gcloud prints it',
      JSON.stringify(
        [1, 2, 3].map(() => JSON.parse(entry) as unknown),
        null,
        2,
      ),
    ],
    ['arrays one after another', `[${entry}]\n[${entry},${entry}]`],
    ['lines as on Windows, without an end', entry.repeat(3).trimEnd().replaceAll('\n', '\r\n')],
  ])('may hold %s', async (_, text) => {
    expect((await readAll(cloudsql, `\ufeff${text}`)).map(classOf)).toEqual(['statement', 'statement', 'statement']);
  });

  it('may be empty', async () => {
    for (const text of ['', '\n', '[]', ' [ ] \n']) {
      expect(await readAll(cloudsql, text)).toEqual([]);
    }
  });

  it('with a torn entry loses that entry', async () => {
    const torn = entry.trimEnd();
    for (let cut = 1; cut < torn.length; cut += 3) {
      const seen = await readAll(cloudsql, `${entry}${torn.slice(0, cut)}\n${entry}`);
      expect(steps(seen).filter((step) => step === 'activity')).toHaveLength(2);
      expect(steps(seen)).toContain('rejected');
      expect(steps(await readAll(cloudsql, entry + torn.slice(0, cut)))).toEqual(['activity', 'rejected']);
    }
  });

  it.each([
    ['garbage', 'garbage'],
    ['nested objects', '{"a":'.repeat(2 * MIB)],
    ['one long string', `{"textPayload":"${'x'.repeat(9 * MIB)}`],
    ['a long payload', logEntry(`LOG:  statement: ${'\n'.repeat(3 * MIB)}`).trimEnd()],
    ['many newlines in a payload', logEntry(`LOG:  statement: ${'\n[1]: '.repeat(MIB)}`).trimEnd()],
  ])('with %s is read to its end', async (_, middle) => {
    const begin = performance.now();
    const { steps: counts, reader } = await countSteps(cloudsql, Buffer.from(`${middle}\n${entry}`));
    expect(counts.activity).toBeGreaterThan(0);
    expect(reader.window.bytes.length).toBeLessThan(24 * MIB);
    expect(performance.now() - begin).toBeLessThan(8000);
  });
});
