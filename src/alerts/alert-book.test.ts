import { describe, expect, it } from 'vitest';
import type { Finding } from '../model/finding.ts';
import { createAlertBook } from './alert-book.ts';
import { aFinding, from, orders, START } from './testkit.ts';

const HOUR = 3_600_000;

it('makes one alert of findings with the same key', () => {
  const book = createAlertBook(orders);
  book.add('brute-force', aFinding());
  book.add('brute-force', aFinding({ startTime: START + HOUR, endTime: START + 2 * HOUR, count: 5 }));

  expect(book.alerts()).toMatchObject([
    { count: 15, startTime: START, endTime: START + 2 * HOUR, openedTime: START, changedTime: START + 2 * HOUR },
  ]);
});

it('takes a finding with the start of the one before for that one, grown', () => {
  const book = createAlertBook(orders);
  book.add('brute-force', aFinding({ count: 10 }));
  book.add('brute-force', aFinding({ count: 20, endTime: START + 1 }));
  book.add('brute-force', aFinding({ count: 37, endTime: START + 2 }));
  book.add('brute-force', aFinding({ startTime: START + HOUR, endTime: START + HOUR, count: 10 }));
  book.add('brute-force', aFinding({ startTime: START + HOUR, endTime: START + HOUR, count: 12 }));

  expect(book.alerts()).toMatchObject([{ count: 49, endTime: START + HOUR }]);
});

it.each([
  [24 * HOUR, 1],
  [24 * HOUR + 1, 2],
])('opens another when the last one is %d ms ago: %i', (gap, alerts) => {
  const book = createAlertBook(orders);
  book.add('brute-force', aFinding({ endTime: START + 5 * HOUR }));
  const next = START + 5 * HOUR + gap;
  book.add('brute-force', aFinding({ startTime: next, endTime: next }));

  expect(book.alerts()).toHaveLength(alerts);
  expect(new Set(book.alerts().map(({ name }) => name)).size).toBe(alerts);
});

it('leaves a matter open for as long as its finding says', () => {
  const book = createAlertBook(orders);
  const restMs = 36 * HOUR;
  for (const time of [START, START + 36 * HOUR, START + 73 * HOUR]) {
    book.add('data-exfiltration', aFinding({ startTime: time, endTime: time, count: 1, restMs }));
  }

  expect(book.alerts()).toMatchObject([{ count: 2, endTime: START + 36 * HOUR }, { count: 1 }]);
});

it('keeps an alert open for as long as findings go on', () => {
  const book = createAlertBook(orders);
  for (let day = 0; day < 30; day++) {
    const time = START + day * 23 * HOUR;
    book.add('brute-force', aFinding({ startTime: time, endTime: time, count: 1 }));
  }

  expect(book.alerts()).toMatchObject([{ count: 30, endTime: START + 29 * 23 * HOUR }]);
});

it('lets severity and display name rise, never fall', () => {
  const book = createAlertBook(orders);
  const success = { severity: 'High', displayName: 'Suspected successful brute force attack' } as const;
  book.add('brute-force', aFinding({ severity: 'Low', displayName: 'refused' }));
  book.add('brute-force', aFinding({ startTime: START + 1, endTime: START + 1, ...success }));
  book.add('brute-force', aFinding({ startTime: START + 2, endTime: START + 2 }));

  expect(book.alerts()).toMatchObject([{ finding: success, count: 30, endTime: START + 2 }]);
});

it('shows the latest of equally grave findings', () => {
  const book = createAlertBook(orders);
  book.add('brute-force', aFinding());
  book.add('brute-force', aFinding({ startTime: START + 1, summary: 'later' }));

  expect(book.alerts()[0].finding.summary).toBe('later');
});

it('keeps detectors and keys apart', () => {
  const book = createAlertBook(orders);
  book.add('brute-force', aFinding());
  book.add('unusual-location', aFinding());
  book.add('brute-force', aFinding({ dedupKey: 'other' }));

  expect(book.alerts().map(({ detector }) => detector)).toEqual(['brute-force', 'unusual-location', 'brute-force']);
  expect(new Set(book.alerts().map(({ name }) => name)).size).toBe(3);
});

it('counts one more event of an alert that is open, and says whether there is one', () => {
  const book = createAlertBook(orders);
  const { dedupKey } = book.add('unusual-location', aFinding({ count: 1 })).finding;

  expect(book.again('unusual-location', dedupKey, START + HOUR)).toBe(true);
  expect(book.again('unusual-location', 'other', START + HOUR)).toBe(false);
  expect(book.again('brute-force', dedupKey, START + HOUR)).toBe(false);
  expect(book.again('unusual-location', dedupKey, START + 25 * HOUR)).toBe(true);
  expect(book.again('unusual-location', dedupKey, START + 49 * HOUR + 1)).toBe(false);
  expect(book.alerts()).toMatchObject([{ count: 3, endTime: START + 25 * HOUR, changedTime: START + 25 * HOUR }]);
});

it('is not put back by late events', () => {
  const book = createAlertBook(orders);
  book.add('brute-force', aFinding({ endTime: START + HOUR }));
  book.again('brute-force', '203.0.113.7', START - HOUR);
  book.add('brute-force', aFinding({ startTime: START - HOUR, endTime: START - HOUR, count: 1 }));

  expect(book.alerts()).toMatchObject([{ startTime: START, endTime: START + HOUR, count: 12 }]);
});

describe('what is expected', () => {
  const rule = { label: 'expected[0]', principal: 'analyst', until: START + 2 * HOUR };
  const login = (finding: Partial<Finding> = {}) =>
    aFinding({ count: 1, ...from('203.0.113.7', 'analyst'), ...finding });
  const at = (time: number) => ({ startTime: time, endTime: time });

  it('raises nothing and is counted once, while it goes on and the rule holds', () => {
    const book = createAlertBook(orders, [rule]);
    const raised = [login(), login(at(START + HOUR)), login({ ...at(START), dedupKey: 'other' })].map((finding) =>
      book.raise('unusual-location', finding),
    );

    expect(raised).toEqual([false, false, false]);
    expect(book.again('unusual-location', login().dedupKey, START + HOUR)).toBe(true);
    expect(book.alerts()).toEqual([]);
    expect(book.tallies(START + HOUR)).toEqual({ 'expected[0]': { findings: 2, afterwards: 0, isOver: false } });
  });

  it('is an alert when the rule is over', () => {
    const book = createAlertBook(orders, [rule]);
    book.raise('unusual-location', login());

    expect(book.again('unusual-location', login().dedupKey, rule.until)).toBe(false);
    expect(book.raise('unusual-location', login(at(rule.until)))).toBe(true);
    expect(book.alerts()).toMatchObject([{ startTime: rule.until, count: 1 }]);
    expect(book.tallies(rule.until)).toEqual({ 'expected[0]': { findings: 1, afterwards: 1, isOver: true } });
  });

  it('is an alert when it grows into what the rule does not name, and stays one', () => {
    const book = createAlertBook(orders, [rule]);
    const wider = { entities: { ...login().entities, otherPrincipals: ['postgres'] } };

    expect(book.raise('brute-force', login())).toBe(false);
    expect(book.raise('brute-force', login({ ...wider, ...at(START + 1) }))).toBe(true);
    expect(book.raise('brute-force', login(at(START + 2)))).toBe(true);
    expect(book.alerts()).toMatchObject([{ startTime: START + 1, count: 2 }]);
  });
});

it('lets an alert grow no more once somebody has said that it is expected', () => {
  const before = createAlertBook(orders);
  before.raise('brute-force', aFinding());
  before.raise('brute-force', aFinding({ dedupKey: 'other', entities: { principal: 'root' } }));
  const rule = { label: 'expected x', principal: '*', network: '203.0.113.0/24', until: START + 24 * HOUR };
  const book = createAlertBook(orders, [rule], before.save());
  const later = { startTime: START + HOUR, endTime: START + HOUR };

  expect(book.again('brute-force', '203.0.113.7', START + HOUR)).toBe(false);
  expect(book.raise('brute-force', aFinding(later))).toBe(false);
  expect(book.raise('brute-force', aFinding({ ...later, dedupKey: 'other', entities: { principal: 'root' } }))).toBe(
    true,
  );
  expect(book.alerts().map(({ count }) => count)).toEqual([10, 20]);
});
