import { expect, it } from 'vitest';
import { mergeAlerts } from './merge-alerts.ts';
import type { AlertSummary } from './schema.ts';

const alert = (name: string, more: Partial<AlertSummary> = {}) =>
  ({ name, status: 'Active', severity: 'High', ...more }) as AlertSummary;
const list = ['b', 'd', 'f'].map((name) => alert(name));
const namesOf = (alerts: readonly AlertSummary[]) => alerts.map(({ name }) => name);

it('takes in what came, where it belongs, and nothing beyond the end of the list', () => {
  const newest = ['a', 'b', 'c', 'z'].map((name) => alert(name));

  expect(namesOf(mergeAlerts(list, newest, new Map(), {}))).toEqual(['a', 'b', 'c', 'd', 'f']);
});

it('shows what changed, and lets go what fits no longer', () => {
  const changed = new Map([
    ['d', alert('d', { severity: 'Low' })],
    ['f', alert('f', { status: 'Resolved' })],
    ['x', alert('x')],
  ]);
  const merged = mergeAlerts(list, [], changed, { status: ['Active'] });

  expect(merged).toMatchObject([{ name: 'b' }, { name: 'd', severity: 'Low' }]);
  expect(namesOf(mergeAlerts(list, [], changed, { severity: ['High'] }))).toEqual(['b', 'f']);
});
