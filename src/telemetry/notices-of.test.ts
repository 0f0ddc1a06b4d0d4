import { expect, it } from 'vitest';
import { noticesOf } from './notices-of.ts';
import type { Observation, OneAddress } from './observe-health.ts';

const DAY_MS = 86_400_000;
const counts = { records: 0, skipped: 0, late: 0, activities: {}, rejected: {} };
const orders: Observation = { key: 'orders', name: 'orders', newest: 0, waitingBytes: 0, counts, gaps: [] };
const pooled: OneAddress = { address: '10.0.0.5', logins: 200, principals: 3, first: 0, last: DAY_MS };

it.each([
  ['enough logins of several roles from one address', pooled, 'All 200 logins at orders come from 10.0.0.5'],
  ['several addresses', 'several', undefined],
] as const)('tells of hidden clients by %s', (_, clients, text) => {
  const [notice, ...others] = noticesOf({ ...orders, clients });

  expect(others).toEqual([]);
  expect(notice?.kind).toBe('hidden-clients');
  expect(notice?.text?.slice(0, text?.length)).toBe(text);
});

it.each([
  ['nobody can tell', undefined],
  ['there are too few logins', { ...pooled, logins: 199 }],
  ['too few roles log in', { ...pooled, principals: 2 }],
  ['it is too early', { ...pooled, last: DAY_MS - 1 }],
])('leaves it as it was when %s', (_, clients) => {
  expect(noticesOf({ ...orders, ...(clients !== undefined && { clients }) })).toEqual([]);
});

it.each([
  ['running', undefined],
  ['pending', undefined],
  ['waiting', 'Nothing comes from kafka logs: no broker answers.'],
  ['refused', 'Nothing comes from kafka logs: no broker answers.'],
] as const)('tells of a source that is %s', (state, text) => {
  const source = { name: 'kafka logs', source: 'kafka', format: 'azure', state, refused: [], lacks: [] };
  const sources = [{ ...source, problem: 'no broker answers' }];

  expect(noticesOf({ ...orders, sources })).toEqual([{ kind: 'source', text }]);
});
