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

  it.each([{ severity: ['<img>'] }, { status: 7 }, { text: ['a'] }, { resource: '' }, { other: 'x' }])(
    'leaves out what makes no sense: %j',
    (search) => {
      expect(alertSearch(search)).toEqual({});
    },
  );
});

describe('filterOf', () => {
  it('shows what waits for somebody unless a status is chosen', () => {
    expect(filterOf({})).toEqual({ status: ['Active', 'InProgress'] });
    expect(filterOf({ status: ['Dismissed'] })).toEqual({ status: ['Dismissed'] });
  });
});
