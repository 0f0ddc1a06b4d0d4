import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cloudsql } from '../parsers/cloudsql/cloudsql.ts';
import type { Parser } from '../parsers/parser.ts';
import { stderr } from '../parsers/stderr/stderr.ts';
import { syslog } from '../parsers/syslog/syslog.ts';
import { readAll, type SeenRecord } from '../parsers/testkit.ts';
import { inObjects, unwrapped } from '../parsers/unwrapped.ts';

const sampleOf = (path: string) => readFileSync(new URL(`../parsers/${path}`, import.meta.url), 'utf8');
const TEXT = sampleOf('stderr/samples/default-15.log').split(/^.*user "x$/m)[0]!;
const LINES = TEXT.trimEnd().split('\n');
const START = 1_763_719_200_000;

/** A line and when it was received. */
type Entry = readonly [line: string, ms: number];
const ENTRIES: readonly Entry[] = LINES.map((line, i) => [line, START + i]);
const FALLING = ENTRIES.toReversed();
const iso = (ms: number) => new Date(ms).toISOString();
const jsonLines = (objects: readonly unknown[]) => objects.map((object) => `${JSON.stringify(object)}\n`).join('');
const ns = (ms: number) => `${ms}000000`;
const pair = ([line, ms]: Entry) => [ns(ms), line];

const fatal = ([line]: Entry) => line.includes('FATAL');
/** Documents that hold all lines, as the interfaces of stores and collectors write them. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  "Loki's answer, newest first, in two streams": JSON.stringify({
    status: 'success',
    data: {
      resultType: 'streams',
      result: [
        { stream: { level: 'fatal' }, values: FALLING.filter(fatal).map(pair) },
        { stream: { level: 'log' }, values: FALLING.filter((entry) => !fatal(entry)).map(pair) },
      ],
      stats: { summary: { bytesProcessedPerSecond: 1 } },
    },
  }),
  "Elasticsearch's answer, newest first": JSON.stringify({
    took: 3,
    hits: {
      total: { value: 9 },
      hits: FALLING.map(([line, ms]) => ({
        _index: 'pg',
        _source: { '@timestamp': iso(ms), event: { original: line }, message: 'parsed', tags: ['a'] },
        sort: [ms],
      })),
    },
    aggregations: { by_host: { buckets: [{ key: 'db', doc_count: 9 }] } },
  }),
  "IONOS's answer": JSON.stringify({
    instances: [{ name: 'pg-1', messages: FALLING.map(([message, ms]) => ({ time: iso(ms), message })) }],
  }),
  'a list of lines': JSON.stringify({ logs: LINES, lastCursor: 'x' }, null, 2),
  'OpenTelemetry, one batch': JSON.stringify({
    resourceLogs: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'postgres' } }] },
        scopeLogs: [
          {
            logRecords: ENTRIES.map(([line, ms]) => ({
              timeUnixNano: ns(ms),
              body: { stringValue: line },
              attributes: [{ key: 'log.file.name', value: { stringValue: 'postgresql.log' } }],
            })),
          },
        ],
      },
    ],
  }),
  'records of Kinesis': JSON.stringify({
    records: ENTRIES.map(([message, ms]) => ({
      recordId: 'r',
      approximateArrivalTimestamp: ms,
      data: Buffer.from(JSON.stringify({ message })).toString('base64'),
    })),
  }),
  'get-query-results of CloudWatch Logs Insights': JSON.stringify({
    results: FALLING.map(([line, ms]) => [
      { field: '@timestamp', value: iso(ms).replace('T', ' ').replace('Z', '') },
      { field: '@message', value: line },
      { field: '@ptr', value: 'CmEK' },
    ]),
    status: 'Complete',
  }),
};

/** The same as lines of JSON or CSV. */
const STREAMS: Readonly<Record<string, string>> = {
  'OpenTelemetry, many batches': jsonLines(
    ENTRIES.map(([line, ms]) => ({
      resourceLogs: [{ scopeLogs: [{ logRecords: [{ observedTimeUnixNano: ns(ms), body: { stringValue: line } }] }] }],
    })),
  ),
  'logcli -o jsonl, newest first': jsonLines(
    FALLING.map(([line, ms]) => ({ labels: { app: 'pg' }, line, timestamp: iso(ms) })),
  ),
  'an export of LogDNA, newest first': jsonLines(
    FALLING.map(([line, ms]) => ({ _account: 'a', _app: 'postgres', _file: 'x', _line: line, _ts: ms, level: 'LOG' })),
  ),
  'LogDNA of objects': jsonLines(
    ENTRIES.map(([line, ms]) => ({ _line: JSON.stringify({ instance_id: 'crn', message: line }), _ts: ms })),
  ),
  'syslog of objects': LINES.map(
    (line) => `<134>1 2026-11-21T10:00:00Z h app - - [a b="c"] ${JSON.stringify({ message: line })}\n`,
  ).join(''),
  'Pub/Sub, pulled': JSON.stringify(
    ENTRIES.map(([line, ms]) => ({
      ackId: 'x',
      message: { data: Buffer.from(JSON.stringify({ message: line })).toString('base64'), publishTime: iso(ms) },
    })),
  ),
  'CSV of Kibana, newest first': `"@timestamp","_id","event.original"\n${FALLING.map(([line, ms]) => `"${iso(ms)}",a,"${line.replaceAll('"', '""')}"\n`).join('')}`,
};

const withoutPlace = (records: readonly SeenRecord[]) => records.map((record) => ({ ...record, offset: 0 }));
const unwrap = (parser: Parser, log: string, sizes?: number[]) =>
  readAll(unwrapped(parser, 'text'), log, sizes === undefined ? {} : { sizes });

it.each(Object.entries({ ...DOCUMENTS, ...STREAMS }))('%s', async (_, log) => {
  const plain = withoutPlace(await readAll(stderr, TEXT));

  expect(withoutPlace(await unwrap(stderr, log))).toEqual(plain);
  expect(withoutPlace(await unwrap(stderr, log, [8192, 1000]))).toEqual(plain);
});

const BARE_PREFIX = 'pid=%p,user=%u,db=%d,app=%a,client=%h ';
/** Lines that do not say when they were written, as a server behind a log service writes them. */
const BARE = LINES.map((line) => line.replace(/^\S+ \S+ \S+ \[(\d+)\] /, 'pid=$1,user=,db=,app=,client= '));
const unit = (msg: string, ms: number) => ({ hostname: 'pg-1', msg, time: iso(ms), unit: 'postgresql.service' });

it.each([
  ['objects', JSON.stringify({ logs: BARE.map((line, i) => unit(`[${i}-1] ${line}`, START + i)) })],
  ['objects, newest first', JSON.stringify(BARE.map((line, i) => unit(`[${i}-1] ${line}`, START + i)).reverse())],
  ['text', BARE.map((line, i) => `${iso(START + i)}pg-1 postgresql.service [${i}-1] ${line}\n`).join('')],
])('keeps the time of receipt of lines that have none: %s', async (_, log) => {
  const told = await readAll(inObjects(syslog), log, { logLinePrefix: BARE_PREFIX });
  const plain = (await readAll(stderr, TEXT)).filter(({ step }) => step === 'activity');
  const activities = told.filter(({ step }) => step === 'activity');

  expect(activities.map((record) => record.class)).toEqual(plain.map((record) => record.class));
  expect(activities.map(({ time }) => time)).toEqual(activities.map(({ time }) => time).sort((a, b) => a - b));
  expect(activities[0]!.time).toBeGreaterThanOrEqual(START);
  expect(told.filter(({ step }) => step === 'rejected')).toEqual([]);
});

it("carries Google's records in messages of Pub/Sub", async () => {
  const entries = sampleOf('cloudsql/samples/postgresql-15.jsonl');
  const log = jsonLines(
    entries
      .trimEnd()
      .split('\n')
      .map((entry) => ({
        message: { data: Buffer.from(entry).toString('base64'), messageId: '1' },
        subscription: 's',
      })),
  );

  expect(withoutPlace(await readAll(inObjects(cloudsql), log))).toEqual(withoutPlace(await readAll(cloudsql, entries)));
});

it('reads what there is of an answer that breaks off', async () => {
  const [answer] = Object.values(DOCUMENTS);
  const plain = (await readAll(stderr, TEXT)).filter(({ step }) => step === 'activity');
  const told = await unwrap(stderr, answer!.slice(0, -3000));

  expect(told.filter(({ step }) => step === 'activity').length).toBeGreaterThan(plain.length - 40);
});

it('says where an answer begins, and goes on behind it', async () => {
  const [answer] = Object.values(DOCUMENTS);
  const records = await unwrap(stderr, `${answer}\n${answer}\n`);

  expect(new Set(records.map(({ offset }) => offset))).toEqual(new Set([0, Buffer.byteLength(answer!) + 1]));
});

it('gives a line on at once that is newer than the first of what comes newest first', async () => {
  const log = STREAMS['an export of LogDNA, newest first']! + jsonLines([{ _line: LINES.at(-1), _ts: START + 1e6 }]);
  const late = LINES.at(-1)!.replace(/^\S+ \S+/, '2026-12-21 10:00:00.000');
  const records = await unwrap(stderr, log + jsonLines([{ _line: late }]));

  expect(records.at(-1)!.text).toBe(late);
});

it.each([
  ['objects', '{"a":'.repeat(200_000)],
  ['lists', `{"logs":${'['.repeat(500_000)}`],
  ['closed lists', `{"logs":${'['.repeat(100_000)}"x"${']'.repeat(100_000)}}`],
  ['packed objects', JSON.stringify({ data: Buffer.from('{"a":'.repeat(50_000)).toString('base64') })],
  ['lists of the same', JSON.stringify({ logs: Array.from({ length: 50_000 }, () => ({ a: [{}] })) })],
])('comes to an end with nested %s', { timeout: 20_000 }, async (_, log) => {
  await unwrap(stderr, log, [65_536]);
});

it('takes any JSON without throwing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(fc.json(), fc.constantFrom(...LINES.slice(0, 5)))), async (texts) => {
      const values = texts.map((text) => (text.startsWith('2') ? { msg: text, ts: 1e15 } : JSON.parse(text)));
      await unwrap(stderr, JSON.stringify({ values }));
      await readAll(inObjects(syslog), jsonLines(values), { sizes: [7, 100] });
    }),
  );
});
