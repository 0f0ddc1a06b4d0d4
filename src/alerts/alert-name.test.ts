import { expect, it } from 'vitest';
import { alertName, correlationKey } from './alert-name.ts';

const TIME = Date.UTC(2026, 10, 17, 2, 14, 5, 12);

it('is 19 digits and a UUID of version 5', () => {
  expect(alertName('brute-force', '/subscriptions/s', '203.0.113.7', TIME)).toMatch(
    /^\d{19}_[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});

it('begins with the ticks that are left until the year 10000, as Azure does', () => {
  const [digits] = alertName('d', 'r', 'k', Date.UTC(2020, 6, 27, 14, 22, 15)).split('_');
  const year10000 = Date.UTC(9999, 11, 31, 23, 59, 59, 999) + 1;

  expect(BigInt(digits)).toBe(BigInt(year10000 - Date.UTC(2020, 6, 27, 14, 22, 15)) * 10_000n - 1n);
});

it('is the same for the same matter, on any machine', () => {
  expect(alertName('brute-force', '/subscriptions/s', '203.0.113.7', TIME)).toBe(
    '2516074191549879999_b207516b-072f-5f07-83fe-98ea6976988c',
  );
});

it.each([
  ['detector', 'other', 'r', 'k', TIME],
  ['resource', 'd', 'other', 'k', TIME],
  ['matter', 'd', 'r', 'other', TIME],
  ['start', 'd', 'r', 'k', TIME + 1],
])('differs by %s', (_, detector, resource, key, time) => {
  expect(alertName(detector, resource, key, time)).not.toBe(alertName('d', 'r', 'k', TIME));
});

it('does not take the parts of a matter for one another', () => {
  expect(alertName('d', 'r","k', 'x', TIME)).not.toBe(alertName('d', 'r', 'k","x', TIME));
});

it('sorts newer alerts first', () => {
  const times = [0, TIME - 1, TIME, TIME + 1, Date.UTC(9999, 0, 1)];
  const names = times.map((time) => alertName('d', 'r', 'k', time));

  expect([...names].sort()).toEqual([...names].reverse());
});

it('gives an intrusion a key that its first alert names', () => {
  const names = [TIME, TIME + 1].map((time) => alertName('d', 'r', 'k', time));

  expect(new Set([...names.map(correlationKey), ...names.map(correlationKey)]).size).toBe(2);
  expect(correlationKey(names[0])).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
