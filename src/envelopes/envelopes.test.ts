import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvlog } from '../parsers/csvlog/csvlog.ts';
import { jsonlog } from '../parsers/jsonlog/jsonlog.ts';
import { type Parser, Step } from '../parsers/parser.ts';
import { stderr } from '../parsers/stderr/stderr.ts';
import { readAll, type SeenRecord } from '../parsers/testkit.ts';
import { unwrapped as wrapped } from '../parsers/unwrapped.ts';

const sampleOf = (path: string) => readFileSync(new URL(`../parsers/${path}`, import.meta.url), 'utf8');
/** A session, without what clients did at its end whose names imitate lines. */
const TEXT = sampleOf('stderr/samples/default-15.log').split(/^.*user "x$/m)[0]!;
const CSV = sampleOf('csvlog/samples/postgresql-15.csv');
const JSON_LINES = sampleOf('jsonlog/samples/postgresql-15.jsonl');

const unwrapped = (parser: Parser) => wrapped(parser, parser === csvlog ? 'csv' : parser === jsonlog ? 'json' : 'text');

const withoutPlace = (record: SeenRecord) => ({ ...record, offset: 0 });

const TIME = '2026-11-21T10:00:00.123456789Z';
const linesOf = (log: string) => log.trimEnd().split('\n');
const eachLine = (wrap: (line: string) => string) => (log: string) =>
  linesOf(log)
    .map((line) => `${wrap(line)}\n`)
    .join('');
const events = (log: string) =>
  linesOf(log).map((message, i) => ({ id: `${i}`, timestamp: 1_763_719_200_000 + i, message }));
const delivery = (logEvents: unknown) =>
  JSON.stringify({ messageType: 'DATA_MESSAGE', logGroup: 'g', logStream: 's', logEvents });

/** What wraps logs, and how it does. */
const ENVELOPES: Readonly<Record<string, (log: string) => string>> = {
  'json-file of Docker': eachLine((line) => JSON.stringify({ log: `${line}\n`, stream: 'stderr', time: TIME })),
  'Fluent Bit': eachLine((line) =>
    JSON.stringify({ date: 1.5, stream: 'stderr', log: line, kubernetes: { pod_name: 'pg-0' } }),
  ),
  'a collector': eachLine((line) => JSON.stringify({ '@timestamp': TIME, message: line, host: { name: 'db' } })),
  'a container of Kubernetes': eachLine((line) => `${TIME} stderr F ${line}`),
  'kubectl logs --prefix': eachLine((line) => `[pod/pg-0/postgres] ${line}`),
  'journald with bytes of some texts': (log) =>
    linesOf(log)
      .map((line, i) => `${JSON.stringify({ MESSAGE: i % 9 === 5 ? [...Buffer.from(line)] : line, _PID: '7' })}\n`)
      .join(''),
  'journald as a service sends it': eachLine((line) => `data: ${JSON.stringify({ MESSAGE: line })}`),
  'a file of Fluentd': eachLine((line) => `${TIME}\tpg.log\t${JSON.stringify({ message: line })}`),
  'an export of Elasticsearch': eachLine((line) => JSON.stringify({ _index: 'pg', _source: { message: line } })),
  'an export of Splunk': eachLine((line) => JSON.stringify({ preview: false, result: { _raw: line, _time: TIME } })),
  'docker compose logs': eachLine((line) => `db-1  | ${line}`),
  'a subscription of CloudWatch Logs': (log) => delivery(events(log).slice(0, 40)) + delivery(events(log).slice(40)),
  'what a function gets of CloudWatch Logs': (log) =>
    JSON.stringify({ awslogs: { data: gzipSync(delivery(events(log))).toString('base64') } }),
  'aws logs get-log-events': (log) => JSON.stringify({ events: events(log), nextForwardToken: 'f/1' }, null, 4),
  'CloudWatch Logs Insights': (log) =>
    JSON.stringify(events(log).map(({ message }) => ({ '@timestamp': TIME, '@message': message }))),
  'Fluent Bit in CloudWatch Logs': (log) =>
    delivery(
      events(log).map(({ message, ...event }) => ({
        ...event,
        message: JSON.stringify({ log: message, stream: 'stderr' }),
      })),
    ),
};

function told(records: readonly SeenRecord[]): string[] {
  return records.map((record) => JSON.stringify({ ...record, offset: 0 }));
}

async function activitiesOf(parser: Parser, log: string): Promise<number> {
  return (await readAll(parser, log)).filter(({ step }) => step === 'activity').length;
}

describe.each(Object.entries(ENVELOPES))('%s', (_, wrap) => {
  it.each([
    ['stderr', stderr, TEXT],
    ['csvlog', csvlog, CSV],
    ['jsonlog', jsonlog, JSON_LINES],
  ])('carries %s', async (__, parser, log) => {
    const plain = await readAll(parser, log);

    expect(await activitiesOf(parser, log)).toBeGreaterThan(50);
    expect(told(await readAll(unwrapped(parser), wrap(log)))).toEqual(told(plain));
    expect(told(await readAll(unwrapped(parser), wrap(log), { sizes: [1, 4096, 13] }))).toEqual(told(plain));
  });

  it('is read on from any record on', async () => {
    const bytes = Buffer.from(wrap(TEXT));
    const records = await readAll(unwrapped(stderr), bytes);
    const starts = new Set(records.map(({ offset }) => offset));

    for (const [i, { offset }] of records.entries()) {
      if (i % 20 === 0 && starts.size > 1) {
        const rest = await readAll(unwrapped(stderr), bytes.subarray(offset));
        expect(told(rest).slice(1)).toEqual(told(records.slice(i)).slice(1));
      }
    }
  });
});

it.each([
  ['stderr', stderr, TEXT],
  ['csvlog', csvlog, CSV],
  ['jsonlog', jsonlog, JSON_LINES],
] as const)('UTF-16 of %s tells what the log itself tells', async (_, parser, log) => {
  const little = Buffer.from(`\ufeff${log.replaceAll('\n', '\r\n')}`, 'utf16le');
  const plain = (await readAll(unwrapped(parser), log.replaceAll('\n', '\r\n'))).map(withoutPlace);

  for (const bytes of [little, Buffer.from(little).swap16()]) {
    const records = await readAll(unwrapped(parser), bytes, { sizes: [1, 3, 4096, 77] });
    expect(records.map(withoutPlace)).toEqual(plain);
    expect(bytes.length - records.at(-1)!.offset).toBeLessThan(2 * records.at(-1)!.text.length + 20);
  }
});

it.each([
  ['a query of CloudWatch Logs Insights', '@timestamp,@message'],
  ['a search of Splunk, behind a byte order mark', '\ufeff"_time","_raw"'],
])('CSV of %s carries a log', async (_, head) => {
  const rows = linesOf(TEXT).map((line) => `${TIME},"${line.replaceAll('"', '""')}"`);
  const csv = [head, ...rows].join('\n');

  expect(told(await readAll(unwrapped(stderr), csv))).toEqual(told(await readAll(stderr, TEXT)));
  expect(told(await readAll(unwrapped(stderr), csv, { sizes: [5, 900] }))).toEqual(told(await readAll(stderr, TEXT)));
});

it('leaves csvlog alone whose columns have their names above them', async () => {
  const head = 'log_time,user_name,database_name,error_severity,message\n';

  expect(await activitiesOf(unwrapped(csvlog), head + CSV)).toBe(await activitiesOf(csvlog, CSV));
});

it('joins what a container runtime has split', async () => {
  const [line] = linesOf(TEXT).filter((text) => text.includes('connection received'));
  const log = `${TIME} stderr P ${line!.slice(0, 50)}\n${TIME} stderr F ${line!.slice(50)}\n`;

  expect(told(await readAll(unwrapped(stderr), log))).toEqual(told(await readAll(stderr, `${line}\n`)));
});

it('joins what Docker has split', async () => {
  const line = `2026-11-21 10:00:00.123 UTC [7] LOG:  statement: SELECT '${'x'.repeat(40_000)}'\n`;
  const pieces = line.match(/.{1,16384}\n?/g)!;
  const log = pieces.map((piece) => `${JSON.stringify({ log: piece, stream: 'stderr', time: TIME })}\n`).join('');

  expect(told(await readAll(unwrapped(stderr), log))).toEqual(told(await readAll(stderr, line)));
});

it('goes on where it stopped, with a line half read', async () => {
  const log = Buffer.from(ENVELOPES['json-file of Docker']!(CSV));
  const all = told(await readAll(unwrapped(csvlog), log));

  for (const cut of [100, 5000, 5001, 12_345, log.length - 3]) {
    const reader = unwrapped(csvlog).open({});
    let at = 0;
    await reader.window.refill((bytes, to, length) => {
      const piece = log.subarray(at, Math.min(cut, at + length));
      bytes.set(piece, to);
      at += piece.length;
      return piece.length;
    });
    let count = 0;
    while (reader.next(false) !== Step.needMore) {
      count++;
    }
    const rest = log.subarray(reader.window.offsetOf(reader.window.position));

    expect(told(await readAll(unwrapped(csvlog), rest))).toEqual(all.slice(count));
  }
});

it('says where in the source a record stands', async () => {
  const wrap = ENVELOPES['json-file of Docker']!;
  const log = wrap(TEXT);
  const records = await readAll(unwrapped(stderr), log);
  const starts = [...log.matchAll(/^/gm)].map(({ index }) => Buffer.byteLength(log.slice(0, index)));

  expect(records.map(({ offset }) => offset).filter((offset) => !starts.includes(offset))).toEqual([]);
  expect(records.map(({ offset }) => offset)).toEqual([...records.map(({ offset }) => offset)].sort((a, b) => a - b));
});

it('passes a torn line on, to be rejected, and goes on behind it', async () => {
  const [first, second, third] = linesOf(ENVELOPES['json-file of Docker']!(CSV));
  const records = await readAll(unwrapped(csvlog), `${first}\n${second!.slice(0, 40)}\n${third}\n`);

  expect(records.map(({ step }) => step)).toEqual(['skipped', 'rejected', 'skipped']);
});

it.each([
  ['stderr', stderr, TEXT],
  ['csvlog', csvlog, CSV],
  ['jsonlog', jsonlog, JSON_LINES],
])('leaves %s without an envelope as it is', async (_, parser, log) => {
  expect(await readAll(unwrapped(parser), log)).toEqual(await readAll(parser, log));
});

it('takes anything without throwing, and comes to an end', async () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      '\\',
      '\n',
      '"log":',
      '{"log":"',
      '"}\n',
      '{"logEvents":[',
      `${TIME} stderr P `,
      `${TIME} stdout F `,
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece), fc.integer({ min: 1, max: 50 }), async (pieces, size) => {
      await readAll(unwrapped(stderr), pieces.join(''), { sizes: [size] });
    }),
  );
});
