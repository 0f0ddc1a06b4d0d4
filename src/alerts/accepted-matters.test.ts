import { expect, it } from 'vitest';
import type { Finding } from '../model/finding.ts';
import { createAlertBook } from './alert-book.ts';
import { aFinding, orders, START } from './testkit.ts';

const DAY = 86_400_000;
const score = { value: 100, threshold: 50, unit: 'bytes' };

/** An alert of Medium that was accepted, and what is found later. */
function found(later: Partial<Finding>, isBounded = false) {
  const book = createAlertBook(orders);
  book.add('it', aFinding({ severity: 'Medium', score }));
  const matter = { detector: 'it', key: aFinding().dedupKey, severity: 'Medium', score: 100, unit: 'bytes' } as const;
  book.accept(matter, isBounded, START);
  const time = START + 60_000;
  return {
    book,
    isRaised: book.raise('it', aFinding({ severity: 'Medium', score, startTime: time, endTime: time, ...later })),
  };
}

it('is over, and raises nothing when it comes again', () => {
  const { book, isRaised } = found({});

  expect(isRaised).toBe(false);
  expect(book.alerts()).toHaveLength(1);
});

it.each<[string, Partial<Finding>, boolean, boolean]>([
  ['is graver', { severity: 'High' }, false, true],
  ['is milder', { severity: 'Low' }, false, false],
  ['is about something else', { dedupKey: 'other' }, false, true],
  ['is far more, where that does not matter', { score: { ...score, value: 900 } }, false, false],
  ['is far more', { score: { ...score, value: 900 } }, true, true],
  ['is a little more', { score: { ...score, value: 120 } }, true, false],
  ['is more of something else', { score: { ...score, unit: 'tables' } }, true, true],
  ['comes after two months', { startTime: START + 61 * DAY, endTime: START + 61 * DAY }, false, true],
])('where what comes %s', (_, later, isBounded, isRaised) => {
  expect(found(later, isBounded).isRaised).toBe(isRaised);
});

it('raises an alert of its own where it has become graver, beside the one that was dismissed', () => {
  const { book, isRaised } = found({ severity: 'High', startTime: START });

  expect(isRaised).toBe(true);
  expect(new Set(book.alerts().map(({ name }) => name)).size).toBe(2);
});

it('is remembered as long as it comes', () => {
  const book = createAlertBook(orders);
  const matter = { detector: 'it', key: aFinding().dedupKey, severity: 'Medium', score: 1, unit: 'x' } as const;
  book.accept(matter, false, START);
  const raised = [50, 100, 150].map((days) =>
    book.raise('it', aFinding({ severity: 'Medium', startTime: START + days * DAY, endTime: START + days * DAY })),
  );

  expect(raised).toEqual([false, false, false]);
});
