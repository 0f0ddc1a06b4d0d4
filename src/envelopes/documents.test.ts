import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonlog } from '../parsers/jsonlog/jsonlog.ts';
import { countBy, readAll, type SeenRecord } from '../parsers/testkit.ts';
import { unwrapped } from '../parsers/unwrapped.ts';

const parser = unwrapped(jsonlog, 'json');
const SAMPLE = readFileSync(new URL('../parsers/jsonlog/samples/postgresql-16.jsonl', import.meta.url), 'utf8');
const LINES = SAMPLE.trimEnd().split('\n');
type Members = Record<string, string | number>;
const RECORDS: readonly Members[] = LINES.map((line) => JSON.parse(line));
const classOf = ({ class: name, reason, step }: SeenRecord) => name ?? reason ?? step;
const countsOf = async (log: string) => countBy(await readAll(parser, log), classOf);
const lines = (objects: readonly unknown[]) => objects.map((object) => `${JSON.stringify(object)}\n`).join('');

const STATEMENT = /^(?:duration: [\d.]+ ms {2})?(statement|execute|parse|bind)(?: ([^:]+))?: ([\s\S]*)$/;

/** As Elastic's integration does: the statement is cut out of the message. */
function documentOf(record: Members, isSplit: boolean): Record<string, unknown> {
  const [, step, name, query] = STATEMENT.exec(`${record.message}`) ?? [];
  const message = step === undefined ? { message: record.message } : isSplit ? {} : { message: query };
  return {
    '@timestamp': '2026-11-21T10:00:00.123Z',
    event: { module: 'postgresql', dataset: 'postgresql.log' },
    log: { level: record.error_severity },
    process: { pid: record.pid },
    user: { name: record.user },
    postgresql: {
      log: {
        timestamp: record.timestamp,
        database: record.dbname,
        client_addr: record.remote_host === '[local]' ? 'local' : record.remote_host,
        client_port: record.remote_port,
        session_id: record.session_id,
        sql_state_code: record.state_code,
        application_name: record.application_name,
        detail: record.detail,
        query: step !== undefined && isSplit ? query : record.statement,
        query_step: isSplit ? step : undefined,
        query_name: isSplit ? name : undefined,
      },
    },
    ...message,
  };
}

/** `{"user": {"name": …}}` as `{"user.name": …}`. */
function flat(object: object, path = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) =>
      typeof value === 'object' ? Object.entries(flat(value, `${path}${name}.`)) : [[path + name, value]],
    ),
  );
}

describe("documents of Elastic's tell what the log told", () => {
  it.each([
    ['one a line', lines(RECORDS.map((record) => documentOf(record, true)))],
    ['with flat names', JSON.stringify(RECORDS.map((record) => flat(documentOf(record, true))))],
    [
      'as answers of a search',
      JSON.stringify({ hits: { hits: RECORDS.map((record) => ({ _id: 'x', _source: documentOf(record, true) })) } }),
    ],
    [
      'as fields of an answer',
      lines(
        RECORDS.map((record) =>
          Object.fromEntries(Object.entries(flat(documentOf(record, true))).map(([name, value]) => [name, [value]])),
        ),
      ),
    ],
  ])('%s', async (_, log) => {
    expect(await countsOf(log)).toEqual(await countsOf(SAMPLE));
  });

  it('whose statements have lost what stood in front', async () => {
    const plain = await countsOf(SAMPLE);

    expect((await countsOf(lines(RECORDS.map((record) => documentOf(record, false))))).statement).toBe(plain.statement);
  });

  it('and join sessions by the process where they have neither session nor address', async () => {
    const of = (message: string) =>
      documentOf({ timestamp: '2026-11-21 10:00:00.123 UTC', error_severity: 'LOG', pid: 7, message }, true);
    const log = lines([
      of('connection received: host=192.0.2.1 port=5'),
      of('connection authorized: user=a database=b'),
      of('checkpoint starting: time'),
    ]);

    expect((await readAll(parser, log)).map(({ session, address }) => [session, address])).toEqual([
      ['0.7', '192.0.2.1'],
      ['0.7', ''],
      [undefined, undefined],
    ]);
  });
});

describe('bodies of OpenTelemetry that are lists of keys', () => {
  const anyValue = (value: unknown): object =>
    typeof value === 'number'
      ? { intValue: `${value}` }
      : typeof value === 'object'
        ? listed(value!)
        : { stringValue: value };
  const listed = (object: object): object => ({
    kvlistValue: { values: Object.entries(object).map(([key, value]) => ({ key, value: anyValue(value) })) },
  });
  const request = (bodies: readonly object[]) =>
    JSON.stringify({
      resourceLogs: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'db' } }] },
          scopeLogs: [{ logRecords: bodies.map((body) => ({ timeUnixNano: '1795255200000000000', body })) }],
        },
      ],
    });

  it('carry jsonlog', async () => {
    expect(await countsOf(request(RECORDS.map(listed)))).toEqual(await countsOf(SAMPLE));
  });

  it('carry the columns of csvlog, within others', async () => {
    const {
      user,
      dbname,
      message,
      remote_host: host,
      ...rest
    } = RECORDS.find(({ message: text }) => `${text}`.startsWith('connection authorized'))!;
    const columns = { ...rest, user_name: user, database_name: dbname, connection_from: `${host}:5`, message };

    expect(await countsOf(request([listed({ logger: 'postgres', metadata: { parsed: columns } })]))).toEqual({
      authentication: 1,
    });
  });
});

it('takes documents and bodies of any kind without throwing', async () => {
  const name = fc.constantFrom(
    'postgresql',
    'log',
    'postgresql.log.timestamp',
    'timestamp',
    'message',
    'body',
    '_source',
  );
  const key = fc.constantFrom(
    'kvlistValue',
    'arrayValue',
    'values',
    'stringValue',
    'intValue',
    'key',
    'value',
    'log.level',
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('2026-11-21 10:00:00 UTC', 'LOG', 'SELECT 1', null, 7),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.oneof(name, key), tie('value'), { maxKeys: 5 }),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(fc.array(value, { maxLength: 6 }), async (values) => {
      await readAll(parser, `${lines([documentOf(RECORDS[0]!, true)])}${lines(values)}`, { limitMs: 2000 });
    }),
    { numRuns: 300 },
  );
});
