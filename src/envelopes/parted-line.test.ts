import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonlog } from '../parsers/jsonlog/jsonlog.ts';
import { countBy, readAll } from '../parsers/testkit.ts';
import { unwrapped } from '../parsers/unwrapped.ts';
import { partedLine } from './parted-line.ts';

type Members = Record<string, string | number>;
const parser = unwrapped(jsonlog, 'json');
const SAMPLE = readFileSync(new URL('../parsers/jsonlog/samples/postgresql-16.jsonl', import.meta.url), 'utf8');
const RECORDS: readonly Members[] = SAMPLE.trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
const lines = (objects: readonly unknown[]) => objects.map((object) => `${JSON.stringify(object)}\n`).join('');
/** What is told, without what parts of a line do not hold: the session's start, and ports. */
async function told(log: string, sizes?: readonly number[]) {
  const records = await readAll(parser, log, sizes && { sizes });
  return countBy(records, ({ class: name, reason, step, principal, database, address }) =>
    [name ?? reason ?? step, principal, database, address].join('|'),
  );
}
const plain = await told(SAMPLE);

describe('lines that a collector was told to take apart tell what the log told', () => {
  it.each([
    [
      'with the names of a text prefix, and what the collector adds',
      lines(
        RECORDS.map((record) => ({
          timestamp: record.timestamp,
          host: 'db01',
          pid: record.pid,
          user: record.user ?? '[unknown]',
          database: record.dbname,
          client:
            record.remote_host && `${record.remote_host}(${record.remote_port ?? 5})`.replace('[local](5)', '[local]'),
          level: record.error_severity,
          sqlstate: record.state_code,
          message: record.message,
          detail: record.detail,
          query: record.statement,
        })),
      ),
    ],
    [
      'in objects within others, numbers as texts, times as numbers',
      lines(
        RECORDS.map((record) => ({
          '@timestamp': '2026-11-21T10:00:00Z',
          ts: Date.parse(`${record.timestamp}`),
          labels: { loglevel: record.error_severity, db: record.dbname },
          attributes: { process_id: `${record.pid}`, username: record.user, client_addr: record.remote_host },
          pg: { sql_state_code: record.state_code, detail: record.detail },
          msg: record.message,
        })),
      ),
    ],
    [
      'with names that are joined by dots',
      JSON.stringify({
        hits: RECORDS.map((record) => ({
          _source: {
            time: record.timestamp,
            'log.level': record.error_severity,
            'postgresql.pid': record.pid,
            'postgresql.user': record.user,
            'postgresql.database': record.dbname,
            'postgresql.remote_host': record.remote_host,
            'postgresql.state_code': record.state_code,
            'postgresql.detail': record.detail,
            message: record.message,
          },
        })),
      }),
    ],
  ])('%s', async (_, log) => {
    expect(await told(log)).toEqual(plain);
    expect(await told(log, [7, 900])).toEqual(plain);
  });
});

describe('what another program logs', () => {
  it('is none, whatever its members are called', async () => {
    const log = lines(
      RECORDS.map((_, i) => ({ time: 1.79e12 + i, level: 'ERROR', pid: 7, user: 'bob', message: 'password failed' })),
    );

    expect(Object.keys(await told(log))).toEqual(['not a JSON object on a line|||']);
  });

  it.each([
    [{ level: 'LOG', message: 'x', pid: 7 }],
    [{ level: 'LOG', message: 'x', time: '2026-11-21 10:00:00 UTC' }],
    [{ level: 'LOG', pid: 7, time: '2026-11-21 10:00:00 UTC' }],
    [{ level: 'info', message: 'x', pid: 7, time: '2026-11-21 10:00:00 UTC' }],
    [{ level: 'LOG', message: 'x', pid: 'main', time: '2026-11-21 10:00:00 UTC' }],
  ])('lacks something: %j', (object) => {
    expect(partedLine(object)).toBeUndefined();
  });
});

it("does not take the server's name for the client's", () => {
  const { record } = partedLine({ time: 'x', level: 'LOG', pid: 7, user: 'a', host: 'db01', message: 'statement: x' })!;

  expect(JSON.parse(record)).toMatchObject({ remote_host: '[local]', user: 'a', session_id: '0.7' });
});

it('takes any object without throwing', () => {
  const name = fc.constantFrom('time', 'level', 'pid', 'message', 'client', 'user', 'attributes', '__proto__');
  fc.assert(
    fc.property(fc.dictionary(name, fc.oneof(fc.jsonValue(), fc.constantFrom('LOG', '7', '[local]'))), (object) => {
      partedLine(object);
    }),
  );
});
