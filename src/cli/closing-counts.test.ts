import { expect, it } from 'vitest';
import { closingCounts } from './closing-counts.ts';
import { anAlert, someCounts } from './testkit.ts';

it('tells what was read, understood and found', () => {
  const counts = someCounts({
    bytes: 123_400_000,
    records: 1_234_567,
    skipped: 1000,
    late: 3,
    rejected: {
      'not a csvlog record': { count: 2, where: 'orders.csv at byte 77', example: 'garbage' },
      'unknown time zone': { count: 1500, where: 'orders.csv at byte 1234', example: '2026-01-01 IST' },
    },
    notes: ['empty.csv is empty'],
  });
  const text = closingCounts({
    counts: { ...counts, activities: { ...counts.activities, authentication: 1200, authenticationFailure: 36 } },
    alerts: [anAlert(), anAlert({ alertType: 'SQL.PostgreSQL_GeoAnomaly', severity: 'Low' }), anAlert()],
    seconds: 2,
    attributions: ['Geolocation by DB-IP'],
  });

  expect(text).toBe(`records       1,234,567 (123.4 MB in 2.0 s, 61.7 MB/s)
activities    1,200 authentication, 36 authentication failure
skipped       1,000
late          3
rejected      1,500: unknown time zone; the first: orders.csv at byte 1234: 2026-01-01 IST
rejected      2: not a csvlog record; the first: orders.csv at byte 77: garbage
alerts        3 alerts: 2 High, 1 Low. 2 SQL.PostgreSQL_BruteForce, 1 SQL.PostgreSQL_GeoAnomaly
note          empty.csv is empty
address data  Geolocation by DB-IP
`);
});

it('tells what was expected, and which rules are over', () => {
  const expected = {
    'expected[0], j.meyer until 2026-12-24 (DBA: moves)': { findings: 1, afterwards: 0, isOver: false },
    'expected[1], v-token-* until 2026-01-24 (\x1b[2J: test)': { findings: 1200, afterwards: 3, isOver: true },
  };
  const text = closingCounts({ counts: someCounts({ expected }), alerts: [], seconds: 0, attributions: [] });

  expect(text).toContain(`
expected    1 finding by rule expected[0], j.meyer until 2026-12-24 (DBA: moves)
expected    1,200 findings by rule expected[1], v-token-* until 2026-01-24 (\\x1b[2J: test)
rule over   expected[1], v-token-* until 2026-01-24 (\\x1b[2J: test): raised since then: 3; renew or remove it
`);
});

it('tells of a run that saw nothing', () => {
  const text = closingCounts({ counts: someCounts(), alerts: [], seconds: 0, attributions: [] });

  expect(text).toBe(`records     0 (0.0 MB in 0.0 s)
activities  none
skipped     0
late        0
rejected    0
alerts      none
`);
});

it('obeys nothing that a log says', () => {
  const rejected = { 'not a record': { count: 1, where: '\x1b[2J.csv at byte 0', example: '\u202eabc' } };
  const text = closingCounts({
    counts: someCounts({ rejected, notes: ['\x07'] }),
    alerts: [],
    seconds: 1,
    attributions: [],
  });

  expect(text).toContain('\\x1b[2J.csv at byte 0: \\u{202e}abc');
  expect(text).toContain('note        \\x07');
});
