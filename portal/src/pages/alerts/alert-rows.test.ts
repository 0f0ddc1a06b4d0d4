import { describe, expect, it } from 'vitest';
import type { AlertSummary } from '../../api/schema.ts';
import { rowsOf } from './alert-rows.ts';

const alert = (name: string, correlationKey: string, more: Partial<AlertSummary> = {}) =>
  ({ name, correlationKey, severity: 'Low', isIncident: false, ...more }) as AlertSummary;

const list = [
  alert('1', 'a'),
  alert('2', 'b', { severity: 'Medium' }),
  alert('3', 'b', { isIncident: true, severity: 'High' }),
  alert('4', 'c', { severity: 'High' }),
  alert('5', 'a', { severity: 'Medium' }),
];

describe('rowsOf', () => {
  it('is the list as it comes unless it is grouped', () => {
    expect(rowsOf(list, false, new Set()).map(({ key }) => key)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('puts alerts of one intrusion together, with the incident as their head', () => {
    const rows = rowsOf(list, true, new Set());

    expect(rows.map(({ key }) => key)).toEqual(['group a', '1', '5', 'group b', '2', '4']);
    expect(rows[0]).toMatchObject({ lead: { name: '5' }, severity: 'Medium', isOpen: true });
    expect(rows[3]).toMatchObject({ lead: { name: '3' }, severity: 'High' });
  });

  it('keeps members of a closed group to itself', () => {
    expect(rowsOf(list, true, new Set(['b'])).map(({ key }) => key)).toEqual(['group a', '1', '5', 'group b', '4']);
  });
});
