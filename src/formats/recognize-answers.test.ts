import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parsers } from '../parsers/index.ts';
import { START_BYTES } from './file-start.ts';
import { fitting, recognize } from './recognize.ts';
import { textLog } from './testkit.ts';

const LINES = textLog('TIME [7] alice@orders ').trimEnd().split('\n');
const MANY = Array.from({ length: 400 }, () => LINES).flat();
const iso = (i: number) => new Date(Date.UTC(2026, 10, 21, 10) + i).toISOString();
const hits = (lines: readonly string[]) =>
  JSON.stringify({
    hits: { hits: lines.map((message, i) => ({ _source: { '@timestamp': iso(i), message } })).reverse() },
  });

it.each([
  ['a short answer', hits(LINES)],
  ['an answer that is longer than what is looked at', hits(MANY)],
  [
    'a long export, newest first',
    MANY.map((line, i) => `${JSON.stringify({ _line: line, _ts: i })}\n`)
      .reverse()
      .join(''),
  ],
])('recognizes the format within %s', async (_, log) => {
  const all = Buffer.from(log);
  const bytes = all.subarray(0, START_BYTES);
  const isWhole = bytes.length === all.length;
  const found = await recognize(
    { path: 'x', bytes, isWhole, modified: 0 },
    { parsers: fitting(parsers, undefined, 'postgresql') },
  );

  expect(found).toMatchObject({ parser: { id: 'stderr' }, logLinePrefix: '%m [%p] %q%u@%d ' });
  expect(found!.sample.judged).toBeGreaterThan(4);
  expect(found!.sample.envelopes).toEqual(['objects of JSON']);
});

const PREFIX = 'pid=7,user=alice,db=orders,app=psql,client=10.0.0.5 ';

it('recognizes lines whose time is that of their receipt', async () => {
  const lines = textLog(PREFIX).trimEnd().split('\n');
  const log = JSON.stringify({
    logs: lines.map((msg, i) => ({ msg: `[${i + 1}-1] ${msg}`, time: iso(i), unit: 'pg.service' })),
  });
  const found = await recognize(
    { path: 'x', bytes: Buffer.from(log), isWhole: true, modified: 0 },
    { parsers: fitting(parsers, undefined, 'postgresql') },
  );

  expect(found?.parser.id).toBe('syslog');
  expect(found?.logLinePrefix).toContain('pid=%p,user=%u,db=%d,app=%a,client=%h ');
  expect(found!.sample.rejected.size).toBe(0);
});

const sample = (path: string) =>
  readFileSync(new URL(`../parsers/${path}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
const inObjects = (objects: readonly unknown[]) => objects.map((object) => `${JSON.stringify(object)}\n`).join('');
const columnsOf = (line: string) => {
  const {
    message,
    dbname,
    user,
    pid,
    timestamp,
    state_code: state = '00000',
    remote_host: host,
    ...record
  } = JSON.parse(line);
  const columns = {
    ...record,
    database_name: dbname,
    user_name: user,
    process_id: pid,
    sql_state_code: state,
    ...(host !== undefined && { connection_from: `${host}:4711` }),
  };
  return { event_message: message, timestamp, metadata: [{ parsed: [columns] }] };
};

it.each([
  [
    'jsonlog',
    'rows of Supabase',
    JSON.stringify({ result: sample('jsonlog/samples/postgresql-16.jsonl').map(columnsOf) }),
  ],
  [
    'csvlog',
    'csvlog in Mezmo',
    inObjects(sample('csvlog/samples/postgresql-16.csv').map((line, i) => ({ _line: line, _ts: i }))),
  ],
  [
    'cloudsql',
    "Google's records in Pub/Sub",
    inObjects(
      sample('cloudsql/samples/postgresql-15.jsonl').map((line) => ({
        message: { data: Buffer.from(line).toString('base64') },
      })),
    ),
  ],
  ['syslog', 'syslog in objects', inObjects(sample('syslog/samples/iso-16.log').map((line) => ({ msg: line })))],
  [
    'cloudnativepg',
    'CloudNativePG in Loki',
    JSON.stringify({
      data: {
        result: [
          {
            values: sample('cloudnativepg/samples/postgresql-16.jsonl').map((line, i) => [`${17e17 + i * 1e6}`, line]),
          },
        ],
      },
    }),
  ],
  [
    'pgbouncer',
    'PgBouncer in objects',
    inObjects(sample('pgbouncer/samples/pgbouncer.log').map((line) => ({ body: { text: line } }))),
  ],
])('recognizes %s: %s', async (format, _, log) => {
  const start = { path: 'x', bytes: Buffer.from(log), isWhole: true, modified: 0 };
  const found = await recognize(start, { parsers: fitting(parsers, undefined, 'postgresql') });

  expect(found?.parser.id).toBe(format);
  expect(found!.sample.judged).toBeGreaterThan(0);
  expect(found!.sample.rejected.size).toBe(0);
});
