import { describe, expect, it } from 'vitest';
import { activitySearch, conditionsOf, narrowed, queryOfSearch, without } from './activity-search.ts';

const NOW = Date.parse('2026-11-19T12:00:30Z');

describe('activitySearch', () => {
  it('takes what it knows', () => {
    expect(activitySearch({ principal: ['billing', ''], 'not.address': '10.0.0.1', asn: 3320, last: '7d' })).toEqual({
      principal: ['billing', ''],
      'not.address': ['10.0.0.1'],
      asn: ['3320'],
      last: '7d',
    });
  });

  it.each([{ last: 'toString' }, { from: 'yesterday' }, { resource: 7 }, { day: '2026' }, { principal: {} }, { x: 1 }])(
    'leaves out what makes no sense: %j',
    (search) => {
      expect(activitySearch(search)).toEqual({});
    },
  );
});

describe('queryOfSearch', () => {
  it('asks for the last 24 hours unless something else is said, the same for a minute', () => {
    const query = queryOfSearch({ principal: ['a'] }, NOW);

    expect(query).toEqual({ principal: ['a'], from: '2026-11-18T12:01:00.000Z', to: '2026-11-19T12:01:00.000Z' });
    expect(queryOfSearch({ principal: ['a'] }, NOW + 20_000)).toEqual(query);
  });

  it('leaves the times to the alert', () => {
    expect(queryOfSearch({ alert: 'x' }, NOW)).toEqual({ alert: 'x' });
  });

  it('takes times as they are', () => {
    expect(queryOfSearch({ from: '2026-11-01T00:00:00.000Z' }, NOW)).toEqual({ from: '2026-11-01T00:00:00.000Z' });
  });
});

describe('conditions', () => {
  it('come, turn and go', () => {
    const once = narrowed({}, 'principal', 'alice');
    const turned = narrowed(once, 'principal', 'alice', true);

    expect(once).toEqual({ principal: ['alice'] });
    expect(narrowed(once, 'principal', 'alice')).toEqual(once);
    expect(turned).toEqual({ 'not.principal': ['alice'] });
    expect(conditionsOf(turned)).toEqual([{ key: 'not.principal', field: 'principal', isNot: true, value: 'alice' }]);
    expect(without(turned, 'not.principal', 'alice')).toEqual({});
  });
});
