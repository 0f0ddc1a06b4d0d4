import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvlog } from '../parsers/csvlog/csvlog.ts';
import { jsonlog } from '../parsers/jsonlog/jsonlog.ts';
import { stderr } from '../parsers/stderr/stderr.ts';
import { syslog } from '../parsers/syslog/syslog.ts';
import { countBy, readAll, type SeenRecord } from '../parsers/testkit.ts';
import { inObjects, unwrapped } from '../parsers/unwrapped.ts';

const sampleOf = (path: string) => readFileSync(new URL(`../parsers/${path}`, import.meta.url), 'utf8');
const FORMATS = [
  // without what clients did at its end whose names imitate lines
  ['stderr', stderr, 'text', sampleOf('stderr/samples/default-15.log').split(/^.*user "x$/m)[0]!],
  ['csvlog', csvlog, 'csv', sampleOf('csvlog/samples/postgresql-15.csv')],
  ['jsonlog', jsonlog, 'json', sampleOf('jsonlog/samples/postgresql-15.jsonl')],
] as const;
const ESCAPE = String.fromCharCode(0x1b);
const receivedAt = (i: number) => new Date(Date.UTC(2026, 10, 21, 10) + 50 * i).toISOString();

/** What stands in front of a line. */
const HEADERS: Readonly<Record<string, (i: number) => string>> = {
  'docker logs --timestamps': (i) => `${receivedAt(i).slice(0, -1)}456789Z `,
  'fly logs': (i) => `${receivedAt(i).slice(0, 19)}Z app[e28606${i % 3}] ams [${i % 5 ? 'info' : 'error'}] `,
  'fly logs of a manager of clusters': (i) => `${receivedAt(i).slice(0, 19)}Z app[e28606] ams [info]postgres | `,
  'the log of Render': (i) => `${receivedAt(i)}  `,
  'logcli -o raw with labels': (i) => `${receivedAt(i)} {job="pg", pod="pg-0"} `,
  'stern --timestamps': (i) => `pg-${i % 2} postgres ${receivedAt(i)} `,
  'an export of Papertrail': (i) => `${1234567890 + i}\t${receivedAt(i)}\t${receivedAt(i)}\t12\tdb1\tpostgres\t`,
  'aws logs --output text': (i) => `EVENTS\t${Date.parse(receivedAt(i))}\t`,
  'multilog of daemontools': (i) => `@400000006b016b${(i + 16).toString(16)}075bcd15 `,
  's6-log': (i) => `${receivedAt(i).slice(0, 10)} ${receivedAt(i).slice(11, 23)}456  `,
  'svlogd of runit': (i) => `${receivedAt(i).slice(0, 10)}_${receivedAt(i).slice(11, 23)}45 `,
  'kubectl with time and level': (i) => `[pg-0] ${receivedAt(i)} INFO - `,
  'docker compose logs in colours': () => `${ESCAPE}[36mdb-1  | ${ESCAPE}[0m`,
};
const told = (records: readonly SeenRecord[]) => records.map((record) => JSON.stringify({ ...record, offset: 0 }));
const headed = (log: string, header: (i: number) => string) =>
  log
    .trimEnd()
    .split('\n')
    .map((line, i) => `${header(i)}${line}\n`)
    .join('');

it('takes the header of a relay of syslog away, not that of the server behind it', async () => {
  const log = FORMATS[0][3]
    .trimEnd()
    .split('\n')
    .map((line, i) => `Nov 21 22:12:20 db1 postgres[7]: [${i + 1}-1] ${line}\n`);
  const options = { logLinePrefix: '%m [%p] ' };
  const plain = told(await readAll(syslog, log.join(''), options));
  const relayed = log.map((line) => `2026-11-21T22:12:21.123+00:00 relay ${line}`).join('');

  expect(plain.length).toBeGreaterThan(100);
  expect(told(await readAll(inObjects(syslog), log.join(''), options))).toEqual(plain);
  expect(told(await readAll(inObjects(syslog), relayed, options))).toEqual(plain);
});

describe.each(Object.entries(HEADERS))('%s', (_, header) => {
  it.each(FORMATS)('carries %s', async (__, parser, form, log) => {
    const reader = unwrapped(parser, form);
    const plain = told(await readAll(parser, log));

    expect(told(await readAll(reader, headed(log, header)))).toEqual(plain);
    expect(told(await readAll(reader, headed(log, header), { sizes: [1, 4096, 13] }))).toEqual(plain);
  });
});

it.each([
  '2026-11-21 10:00:00.123 UTC 2026-11-21 09:59:00 UTC [7] ',
  'db1 2026-11-21 10:00:00.123 UTC 2026-11-21 09:59:00 UTC [7] ',
  '1795255200.123 2026-11-21 09:59:00 UTC [7] ',
])('leaves a log_line_prefix with two times alone: %s', async (head) => {
  const log = `${head}LOG:  statement: SELECT 1\n`.repeat(5);
  const records = await readAll(unwrapped(stderr, 'text'), log, {
    logLinePrefix: head
      .replace('2026-11-21 10:00:00.123 UTC', '%m')
      .replace('1795255200.123', '%n')
      .replace('2026-11-21 09:59:00 UTC [7]', '%s [%p]'),
  });

  expect(countBy(records, ({ class: name, step }) => name ?? step)).toEqual({ statement: 5 });
});

it('takes any text in front of lines without throwing, in bounded time', async () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom('2026-11-21T10:00:00Z', '2026-11-21 10:00:00 ', ' ', '\t', ESCAPE, '{"'),
  );
  const line = fc.array(part, { maxLength: 40 }).map((parts) => `${parts.join('')}\n`);
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 100 }), async (lines) => {
      await readAll(unwrapped(stderr, 'text'), lines.join(''), { limitMs: 2000 });
    }),
    { numRuns: 100 },
  );
});
