import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Parser } from '../parser.ts';
import { readAll } from '../testkit.ts';
import { csvlog } from './csvlog.ts';
import { csvRecord, MAJORS, sample } from './testkit.ts';

/** Behind a broken record nothing is taken in bulk: each record is read column by column. */
const oneByOne: Parser = {
  ...csvlog,
  open(options) {
    const reader = csvlog.open(options);
    reader.recall({ isLost: false, isSuspicious: true });
    return reader;
  },
};

it.each(MAJORS)('takes the records of PostgreSQL %i as they are read one by one', async (major) => {
  const seen = await readAll(csvlog, sample(major), { sizes: [100_000, 777] });
  expect(seen.filter(({ step }) => step === 'activity').length).toBeGreaterThan(20);
  expect(seen).toEqual(await readAll(oneByOne, sample(major)));
});

const time = fc.constantFrom(
  ...['12:00:00.000 UTC', '12:00:00.001 UTC', '12:00:59.999 UTC', '12:00:60.000 UTC', '12:00:07.5 UTC', '12:00:07 UTC'],
  ...[
    '12:00:07.123456 UTC',
    '12:00:07.123 +03',
    '12:00:07.123',
    '12:01:00.000 UTC',
    '12:00:0x.000 UTC',
    '12:00:00.12x UTC',
  ],
);
const session = fc.constantFrom(
  '6b01ebad.4d46',
  '6b01ebad.1',
  '6B01EBAD.4d46',
  '6b01ebad.12345678',
  '1.2',
  '6b01ebag.1',
  '',
);
const message = fc.constantFrom(
  ...[
    'connection received: host=192.0.2.10 port=1',
    'connection received:',
    'connection authorized: user=a database=b',
  ],
  ...['connection authenticated: identity="a" method=md5', 'disconnection: session time: 0:00:01', 'disconnection'],
  ...[
    'statement: SELECT 1',
    'statement: ',
    'execute a: SELECT 2',
    'AUDIT: SESSION,1,1,READ,SELECT,,,x',
    'duration: 1.0 ms',
  ],
  ...[
    'duration: 1.0 ms  statement: SELECT 3',
    'checkpoint starting: time',
    'replication connection authorized: user=r',
    '',
  ],
);
const record = fc.record({
  time: time.map((text) => `2026-11-21 ${text}`),
  session,
  message,
  severity: fc.constantFrom('LOG', 'LOG', 'LOG', 'FATAL', 'ERROR', 'WARNING'),
  from: fc.constantFrom('192.0.2.10:41234', '[local]', ''),
  columns: fc.constantFrom(26, 26, 24, 23),
});

it('takes any records as they are read one by one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 40 }), async (records) => {
      const log = records.map((each) => csvRecord(each as Parameters<typeof csvRecord>[0])).join('');
      const taken = await readAll(csvlog, log);
      const broken = taken.findIndex(({ step }) => step === 'rejected'); // behind it, both read one by one
      const count = broken < 0 ? taken.length : broken + 1;
      expect(taken.slice(0, count)).toEqual((await readAll(oneByOne, log)).slice(0, count));
    }),
    { numRuns: 300 },
  );
});
