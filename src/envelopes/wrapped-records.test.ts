import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { azureRecord, flexibleRecord } from '../parsers/azure/testkit.ts';
import { parsers } from '../parsers/index.ts';
import { Step } from '../parsers/parser.ts';
import { countBy, readAll } from '../parsers/testkit.ts';

const azure = parsers.find(({ id }) => id === 'azure')!;
const TEXTS = [
  azureRecord({}, { time: '2026-11-19T00:00:57Z' }),
  azureRecord({ statusCode: '403' }, { time: '2026-11-19T00:00:58Z' }),
  flexibleRecord('LOG:  connection received: host=192.0.2.9 port=5'),
];
const RECORDS: object[] = TEXTS.map((text) => JSON.parse(text));
const COUNTS = { dataAccess: 1, dataAccessDenied: 1, connection: 1 };
const lines = (objects: readonly unknown[]) => objects.map((object) => `${JSON.stringify(object)}\n`).join('');
/** As Elastic's integration for platform logs does. */
function platformDocument(record: object) {
  const { time, resourceId: id, operationName, ...members } = record as Record<string, unknown>;
  const azure = { platformlogs: { ...members, operation_name: operationName }, resource: { id } };
  return { '@timestamp': time, azure, event: { kind: 'event' } };
}
const batch = JSON.stringify({ records: RECORDS });
const countsOf = async (log: string | Buffer, sizes?: readonly number[]) =>
  countBy(await readAll(azure, log, sizes && { sizes }), ({ class: name, reason, step }) => name ?? reason ?? step);

describe("Azure's records are found", () => {
  it.each([
    ['in events of an event hub', JSON.stringify([{ body: { records: RECORDS }, offset: '1' }])],
    ['packed by an event hub', lines([{ Offset: '1', Body: Buffer.from(batch).toString('base64') }])],
    ['packed twice', lines([{ data: gzipSync(batch).toString('base64') }])],
    ['in texts of Beats and Logstash', lines(TEXTS.map((message) => ({ '@timestamp': 'x', message })))],
    ['in a text that holds several', lines([{ '@timestamp': 'x', message: batch }])],
    ['in events of Splunk', lines(RECORDS.map((event) => ({ time: 1, sourcetype: 'azure', event })))],
    ["in Splunk's exports", lines(TEXTS.map((_raw) => ({ preview: false, result: { _raw } })))],
    ['in documents of Elasticsearch', JSON.stringify({ hits: { hits: RECORDS.map((_source) => ({ _source })) } })],
    [
      'in documents, newest first',
      JSON.stringify({ hits: { hits: RECORDS.toReversed().map((_source) => ({ _source })) } }),
    ],
    [
      'in cloud events',
      lines(RECORDS.map((data) => ({ specversion: '1.0', type: 't', source: 's', time: 'x', data }))),
    ],
    ['one by one, with their number', lines(RECORDS.map((arrayvalue, arrayindex) => ({ arrayindex, arrayvalue })))],
    ['twice in one object, which counts once', lines(TEXTS.map((text, i) => ({ message: text, event: RECORDS[i] })))],
    [
      'behind the header of a syslog daemon',
      lines(RECORDS).replace(/^(?=\{)/gm, '2026-11-21T10:00:00.123+00:00 fw azure: '),
    ],
    [
      'behind one of RFC 5424 with data',
      lines(RECORDS).replace(/^(?=\{)/gm, '<134>1 2026-11-21T10:00:00Z h a 1 I [x@1 a="b"] '),
    ],
    [
      'behind what a consumer of Kafka prints',
      TEXTS.map((text) => `CreateTime:1763719200000\tnull\t{"records":[${text}]}\n`).join(''),
    ],
    [
      'in CSV of a search',
      `"_messagetime","_raw"\n${TEXTS.map((text) => `"1","${text.replaceAll('"', '""')}"\n`).join('')}`,
    ],
    ["in documents of Elastic's for Azure", lines(RECORDS.map(platformDocument))],
    [
      'in such that keep the record, too',
      lines(RECORDS.map((record, i) => ({ ...platformDocument(record), event: { original: TEXTS[i] } }))),
    ],
    ['in UTF-16', Buffer.from(`\ufeff${batch}`, 'utf16le')],
  ])('%s', async (_, log) => {
    expect(await countsOf(log)).toEqual(COUNTS);
    expect(await countsOf(log, [1, 100, 7])).toEqual(COUNTS);
  });

  it('in order of time within an object', async () => {
    const log = JSON.stringify({ hits: RECORDS.slice(0, 2).toReversed() });

    expect((await readAll(azure, log)).map(({ class: name }) => name)).toEqual(['dataAccess', 'dataAccessDenied']);
  });
});

it('reads a list of records that is still open as it is', async () => {
  const log = `{"records":[${TEXTS.join(',')}`;

  expect(await countsOf(log, [50])).toEqual(COUNTS);
});

it('does not wait for more behind a row of a query that is not like a record', async () => {
  const row = {
    TimeGenerated: '2026-11-19T00:00:57Z',
    OperationName: 'Read',
    ClientIpAddress: '192.0.2.7',
    StatusCode: 200,
  };
  const reader = azure.open({ timezone: undefined });
  const line = Buffer.from(lines([row]));
  const source = [line, line].values();
  await reader.window.refill((bytes, at) => {
    const piece = source.next().value ?? Buffer.alloc(0);
    bytes.set(piece, at);
    return piece.length;
  });

  expect(reader.next(false)).toBe(Step.activity);
});

it('passes an object that carries none on', async () => {
  const log = lines([{ body: RECORDS[0] }, { hello: 1 }, { body: RECORDS[1] }]);

  expect(await countsOf(log)).toEqual({ dataAccess: 1, dataAccessDenied: 1, 'a record without a time': 1 });
});

it('takes any JSON without throwing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue()), fc.jsonValue(), async (values, value) => {
      const log = lines([{ body: value }, ...values, { message: JSON.stringify(RECORDS[0]), values }]);
      const records = await readAll(azure, log, { limitMs: 5000 });
      expect(records.length).toBeGreaterThan(0);
    }),
    { numRuns: 200 },
  );
});

it('is not slowed down by a long object in tiny pieces', async () => {
  const log = `{"body":{"items":[${'{"x":1},'.repeat(10_000)}{"x":2}],"records":[${TEXTS.join(',')}]}}`;
  const begun = performance.now();

  expect(await countsOf(log, [100])).toEqual(COUNTS);
  expect(performance.now() - begun).toBeLessThan(10_000);
});
