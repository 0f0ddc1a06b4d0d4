import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { csvlog } from '../csvlog/csvlog.ts';
import { countBy, readAll, type SeenRecord } from '../testkit.ts';
import { cloudnativepg } from './cloudnativepg.ts';

const read = (name: string) => readFileSync(new URL(name, import.meta.url));
/** What the activities tell, wherever and in whatever bytes they stand. */
const activities = (records: readonly SeenRecord[]) =>
  records.filter(({ step }) => step === 'activity').map((record) => ({ ...record, offset: 0, text: '' }));
const reasonOf = ({ reason, class: activityClass, step }: SeenRecord) => activityClass ?? reason ?? step;

/** A line of the log; a case says what differs in its record. */
function line(
  record: Readonly<Record<string, unknown>> = {},
  envelope: Readonly<Record<string, unknown>> = {},
): string {
  const members = {
    log_time: '2026-11-21 12:00:00.000 UTC',
    user_name: 'app',
    database_name: 'shop',
    connection_from: '192.0.2.10:40112',
    session_id: '6b01ebad.4d46',
    error_severity: 'LOG',
    sql_state_code: '00000',
    message: 'statement: SELECT "a"',
    application_name: 'psql',
    ...record,
  };
  const whole = { level: 'info', ts: 1_763_726_400.1, logger: 'postgres', msg: 'record', record: members, ...envelope };
  return `${JSON.stringify(whole)}\n`;
}

const AUDITED = { message: undefined, audit: { class: 'READ', command: 'SELECT', statement: 'SELECT "a"\nFROM b' } };

describe.each([16, 18])('a session of PostgreSQL %i', (major) => {
  const sample = read(`samples/postgresql-${major}.jsonl`);

  it('tells what its csvlog tells', async () => {
    const csv = await readAll(csvlog, read(`../csvlog/samples/postgresql-${major}.csv`));
    const told = await readAll(cloudnativepg, sample);

    expect(told).toHaveLength(csv.length);
    expect(activities(told)).toEqual(activities(csv));
    expect(activities(told).length).toBeGreaterThan(50);
  });

  it('is read the same where Kubernetes keeps it, and for any sizes of the reads', async () => {
    const kept = sample.toString().replaceAll(/^(?=.)/gm, '2026-11-21T12:00:00.417314159Z stdout F ');
    const whole = activities(await readAll(cloudnativepg, sample));

    for (const sizes of [[7, 300], [5000]]) {
      expect(activities(await readAll(cloudnativepg, kept, { sizes }))).toEqual(whole);
      expect(activities(await readAll(cloudnativepg, sample, { sizes }))).toEqual(whole);
    }
  });
});

describe('a line', () => {
  it.each([
    ['as the operator writes it', line()],
    ['in pieces of nested objects that others add', line({}, { kubernetes: { labels: { a: [1, { b: null }] } } })],
    ['without its envelope', `${JSON.stringify((JSON.parse(line()) as { record: unknown }).record)}\n`],
    ['printed over several lines', `${JSON.stringify(JSON.parse(line()), null, 2)}\n`],
    ['in a pod that logs to stderr', `2026-11-21T12:00:00.4+02:00 stderr F ${line()}`],
  ])('is read %s', async (_, text) => {
    expect(activities(await readAll(cloudnativepg, text + line()))).toEqual([
      expect.objectContaining({ class: 'statement', statement: 'SELECT "a"', address: '192.0.2.10', principal: 'app' }),
      expect.objectContaining({ class: 'statement', application: 'psql', session: '6b01ebad.4d46' }),
    ]);
  });

  it('of pgaudit is a statement of its session', async () => {
    const [audited] = await readAll(cloudnativepg, line(AUDITED, { logger: 'pgaudit' }));
    expect(audited).toMatchObject({
      class: 'statement',
      statement: 'SELECT "a"\nFROM b',
      principal: 'app',
      database: 'shop',
      address: '192.0.2.10',
      time: Date.UTC(2026, 10, 21, 12),
    });
  });

  it.each([
    ['the operator writes', line({}, { logger: 'instance-manager', record: undefined })],
    ['an older operator writes', line({}, { logger: undefined, record: undefined, msg: 'Cluster status' })],
    ['the server writes for itself', line({ connection_from: '', user_name: '' })],
    ['is of no interest', line({ message: 'parameter "x" changed' })],
  ])('that %s is skipped', async (_, text) => {
    expect((await readAll(cloudnativepg, text)).map(({ step }) => step)).toEqual(['skipped']);
  });

  it.each([
    ['{"a":1}\n', 'not a line of CloudNativePG'],
    ['prose {"a":1}\n', 'not JSON'],
    [line({ error_severity: undefined }), 'not the members of a record of CloudNativePG'],
    [line({ session_id: 'x' }), 'not the members of a record of CloudNativePG'],
    [line({ log_time: 'soon' }), 'does not start with a time'],
    [`2026-11-21T12:00:00.4Z stdout P ${line().slice(0, 99)}\n`, 'not JSON'],
  ])('is rejected: %s', async (text, reason) => {
    const counts = countBy(await readAll(cloudnativepg, line() + text + line()), reasonOf);
    expect(counts).toEqual({ statement: 2, [reason]: 1 });
  });

  it('that is torn costs itself alone', async () => {
    for (let cut = 1; cut < line().length - 1; cut += 7) {
      const counts = countBy(await readAll(cloudnativepg, `${line()}${line().slice(0, cut)}\n${line()}`), reasonOf);
      expect(counts.statement).toBe(2);
    }
  });
});
