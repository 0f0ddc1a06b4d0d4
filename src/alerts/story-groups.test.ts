import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Finding } from '../model/finding.ts';
import { type AlertRecord, createAlertBook } from './alert-book.ts';
import { OPEN_MS } from './open-time.ts';
import { createStoryGroups } from './story-groups.ts';
import { aBulkRead, aFinding, aLogin, orders, START } from './testkit.ts';
import { type Story, storiesOf } from './told-alerts.ts';

const HOUR_MS = 3_600_000;

/** One more finding: of which kind, by whom, from where, so many hours after the one before. */
const step = fc.record({
  kind: fc.constantFrom('guess', 'success', 'login', 'centre', 'read', 'note'),
  principal: fc.constantFrom('ann', 'bob', 'postgres', undefined),
  address: fc.constantFrom(
    '203.0.113.1',
    '203.0.113.2',
    '203.0.113.3',
    '203.0.113.4',
    '203.0.113.5',
    '[local]',
    undefined,
  ),
  isTrusted: fc.boolean(),
  hours: fc.constantFrom(0, 0, 0.1, 3, 20, 26),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const FINDINGS: Record<Step['kind'], (finding: Partial<Finding>) => Finding> = {
  guess: aFinding,
  success: (finding) =>
    aFinding({ ...finding, displayName: 'Suspected successful brute force attack', severity: 'High' }),
  login: aLogin,
  centre: (finding) => aLogin({ ...finding, alertType: 'SQL.PostgreSQL_DataCenterAnomaly' }),
  read: aBulkRead,
  note: (finding) =>
    aFinding({ ...finding, alertType: 'SQL.PostgreSQL_WeakAuthentication', severity: 'Informational' }),
};
const DETECTORS = { guess: 'brute-force', success: 'brute-force', login: 'unusual-location' } as const;

function findingOf({ kind, principal, address, isTrusted }: Step, time: number): [string, Finding] {
  const facts = address && { address, ...(isTrusted && { namedNetwork: { name: 'Office', trusted: true } }) };
  const entities = { ...(principal !== undefined && { principal }), ...(facts && { address: facts }) };
  const finding = FINDINGS[kind]({ entities, startTime: time, endTime: time, dedupKey: `${principal} ${address}` });
  return [kind in DETECTORS ? DETECTORS[kind as keyof typeof DETECTORS] : kind, finding];
}

function told(stories: readonly Story[], orderOf: (record: AlertRecord) => number): string[] {
  const sorted = stories.map((story) => ({ story, order: Math.min(...story.parts.map(orderOf)) }));
  return sorted
    .sort((a, b) => a.order - b.order)
    .map(({ story: { parts, version, endTime, told: alerts } }) =>
      JSON.stringify([parts.map(({ name }) => name), version, endTime, alerts]),
    );
}

it('gives the same stories as all alerts together, after each change, and when some were forgotten', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 8 }), (steps, every) => {
      const book = createAlertBook(orders, [], undefined, true);
      const groups = createStoryGroups();
      const known = new Map<AlertRecord, Story[]>();
      let time = START;
      for (const [i, one] of steps.entries()) {
        time += one.hours * HOUR_MS;
        book.add(...findingOf(one, time));
        for (const group of new Set(book.takeChanged().map((record) => groups.note(record)))) {
          const records = groups.alertsOf(group);
          const stories = storiesOf(orders, records);
          group.stories = stories.map(({ parts, endTime }) => ({ parts, endTime, names: [] }));
          for (const record of records) {
            known.set(
              record,
              stories.filter(({ parts }) => parts.includes(record)),
            );
          }
        }
        const all = storiesOf(orders, book.alerts());
        expect(told([...new Set([...known.values()].flat())], groups.orderOf)).toEqual(told(all, groups.orderOf));
        if (i % every === 0) {
          const old = groups.stories().filter(({ endTime }) => endTime < time - 2 * OPEN_MS);
          expect(old.length).toBe(all.filter(({ endTime }) => endTime < time - 2 * OPEN_MS).length);
          const parts = new Set(old.flatMap((story) => story.parts));
          book.forget(parts, time - 2 * OPEN_MS);
          groups.forget(parts);
          for (const part of parts) {
            known.delete(part);
          }
        }
      }
    }),
    { numRuns: 300 },
  );
});

it('asks only for alerts that may belong to what has changed, however many there are', () => {
  const book = createAlertBook(orders, [], undefined, true);
  const groups = createStoryGroups();
  const address = (n: number) => ({ address: { address: `10.0.${n >> 8}.${n & 255}` }, principal: 'postgres' });
  const sizes = Array.from({ length: 2000 }, (_, n) => {
    book.add(
      'brute-force',
      aFinding({ entities: address(n), dedupKey: String(n), startTime: START + n, endTime: START + n }),
    );
    return book.takeChanged().map((record) => groups.alertsOf(groups.note(record)).length);
  });

  expect(new Set(sizes.flat())).toEqual(new Set([1]));
});
