import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readAll, type SeenRecord } from '../testkit.ts';
import { jsonlog } from './jsonlog.ts';
import { jsonRecord, MAJORS, sample } from './testkit.ts';

/** No record is taken in bulk before one was read: a reader of one line reads it member by member. */
async function readOneByOne(log: string): Promise<SeenRecord[]> {
  const seen: SeenRecord[] = [];
  let offset = 0;
  for (const line of log.match(/[^\n]*\n/g) ?? []) {
    const records = await readAll(jsonlog, line);
    seen.push(...records.map((record) => ({ ...record, offset: record.offset + offset })));
    offset += Buffer.byteLength(line);
  }
  return seen;
}

it.each(MAJORS)('takes the records of PostgreSQL %i as they are read one by one', async (major) => {
  const log = sample(major).toString();
  const seen = await readAll(jsonlog, log, { sizes: [100_000, 777] });
  expect(seen.filter(({ step }) => step === 'activity').length).toBeGreaterThan(20);
  expect(seen).toEqual(await readOneByOne(log));
});

const time = fc.constantFrom(
  ...['12:00:00.000 UTC', '12:00:00.001 UTC', '12:00:59.999 UTC', '12:00:60.000 UTC', '12:00:07.5 UTC', '12:00:07 UTC'],
  ...['12:00:07.123456 UTC', '12:00:07.123 +03', '12:00:07.123', '12:01:00.000 UTC', '12:00:0x.000 UTC'],
);
const session_id = fc.constantFrom('6b01ebad.4d46', '6b01ebad.1', '6B01EBAD.4d46', '6b01ebad.12345678', '1.2', '', 7);
const message = fc.constantFrom(
  ...['connection received: host=192.0.2.10 port=1', 'connection received:', 'disconnection: session time: 0:00:01'],
  ...['connection authorized: user=app database=shop application_name=a', 'connection authorized: user=app'],
  ...['connection authorized: user=ap database=shop application_name=b SSL enabled (protocol=TLSv1.3)'],
  ...['connection authenticated: identity="a" method=md5', 'statement: SELECT 1', 'statement: ', 'execute a: SELECT 2'],
  ...['AUDIT: SESSION,1,1,READ,SELECT,,,x', 'duration: 1.0 ms', 'duration: 1.0 ms  statement: SELECT 3', '', undefined],
  ...['checkpoint starting: time', 'replication connection authorized: user=r application_name=s'],
);
const name = fc.constantFrom('app', 'a"p', 'a\\p\n', '', undefined);
const record = fc.record({
  timestamp: fc.oneof({ weight: 20, arbitrary: time.map((text) => `2026-11-21 ${text}`) }, fc.constant(undefined)),
  user: name,
  dbname: fc.constantFrom('shop', 's"', undefined),
  remote_host: fc.constantFrom('192.0.2.10', '[local]', undefined),
  session_id,
  error_severity: fc.constantFrom('LOG', 'LOG', 'LOG', 'FATAL', 'ERROR', 'WARNING', undefined),
  message,
  application_name: name,
});
const written = fc.constantFrom(
  ...[(line: string) => line, (line: string) => line, (line: string) => line.replace('\n', ' \r\n')],
  ...[(line: string) => line.replace(':', ': '), (line: string) => line.replace('}', ',"user":"b"}')],
);

it('takes any records as they are read one by one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(record, written), { minLength: 1, maxLength: 40 }), async (records) => {
      const log = records.map(([members, write]) => write(jsonRecord(members))).join('');
      expect(await readAll(jsonlog, log)).toEqual(await readOneByOne(log));
    }),
    { numRuns: 300 },
  );
});
