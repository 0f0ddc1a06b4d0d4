import { describe, expect, it } from 'vitest';
import { alertSearch, filterOf } from './alert-search.ts';

describe('alertSearch', () => {
  it('takes what it knows', () => {
    expect(alertSearch({ severity: ['High', 'Low'], status: 'Resolved', text: 'analyst' })).toEqual({
      severity: ['High', 'Low'],
      status: ['Resolved'],
      text: 'analyst',
    });
  });

  it.each([
    { severity: ['<img>'] },
    { status: 7 },
    { text: ['a'] },
    { resource: '' },
    { other: 'x' },
    { from: 'today' },
    { to: '2026-13-01' },
    { group: 'yes' },
  ])('leaves out what makes no sense: %j', (search) => {
    expect(alertSearch(search)).toEqual({});
  });
});

describe('filterOf', () => {
  it('takes days as they are here, the last one whole, and asks nothing by how the list looks', () => {
    expect(filterOf({ from: '2026-11-17', to: '2026-11-17', group: true, status: ['Active'] })).toEqual({
      status: ['Active'],
      from: new Date(2026, 10, 17).toISOString(),
      to: new Date(2026, 10, 18).toISOString(),
    });
  });

  it('shows what waits for somebody unless a status is chosen', () => {
    expect(filterOf({})).toEqual({ status: ['Active', 'InProgress'] });
    expect(filterOf({ status: ['Dismissed'] })).toEqual({ status: ['Dismissed'] });
  });
});
