import { describe, expect, it } from 'vitest';
import { isBroad, isInForce, type SuppressionCondition, type SuppressionRule, suppresses } from './suppression.ts';
import { aRecord, from } from './testkit.ts';
import { toAzureAlert } from './to-azure-alert.ts';

const alert = toAzureAlert(aRecord('brute-force', from('203.0.113.7', 'Analyst')));

function rule(conditions: SuppressionCondition[], more: Partial<SuppressionRule> = {}): SuppressionRule {
  return { name: 'r', alertType: '*', reason: 'Noise', state: 'Enabled', conditions, ...more };
}

describe('a suppression rule', () => {
  it.each<[string, SuppressionCondition[], boolean]>([
    ['an address', [{ field: 'entities.ip.address', oneOf: ['198.51.100.1', '203.0.113.7'] }], true],
    ['another address', [{ field: 'entities.ip.address', oneOf: ['203.0.113.70'] }], false],
    ['a name in another letter case', [{ field: 'Entities.Account.Name', oneOf: ['ANALYST'] }], true],
    ['a part of a name', [{ field: 'entities.account.name', contains: 'naly' }], true],
    ['a part that is not there', [{ field: 'entities.account.name', contains: 'root' }], false],
    ['the resource', [{ field: 'entities.azureresource.resourceId', contains: '/servers/orders' }], true],
    ['a member of the alert', [{ field: 'compromisedEntity', oneOf: ['orders'] }], true],
    [
      'two of which one does not fit',
      [
        { field: 'entities.ip.address', oneOf: ['203.0.113.7'] },
        { field: 'compromisedEntity', oneOf: ['x'] },
      ],
      false,
    ],
    ['a member that is not there', [{ field: 'entities.process.commandline', contains: '' }], false],
    ['a condition that says nothing', [{ field: 'entities.ip.address' }], false],
    ['an empty list', [{ field: 'entities.ip.address', oneOf: [] }], false],
    ['no condition', [], true],
  ])('about %s', (_, conditions, expected) => {
    expect(suppresses(rule(conditions), alert)).toBe(expected);
  });

  it('is about its type of alert only', () => {
    expect(suppresses(rule([], { alertType: 'sql.postgresql_bruteforce' }), alert)).toBe(true);
    expect(suppresses(rule([], { alertType: 'SQL.PostgreSQL_GeoAnomaly' }), alert)).toBe(false);
  });

  it('ends, and can be switched off', () => {
    expect([isInForce(rule([], { until: 10 }), 9), isInForce(rule([], { until: 10 }), 10)]).toEqual([true, false]);
    expect(isInForce(rule([], { state: 'Disabled' }), 0)).toBe(false);
  });

  it('is broad without conditions, for every type or for ever', () => {
    const one = [{ field: 'entities.ip.address', oneOf: ['203.0.113.7'] }];

    expect([rule([]), rule([], { alertType: 'a' }), rule([], { until: 1 })].map((it) => isBroad(it))).toEqual([
      true,
      true,
      true,
    ]);
    expect([rule(one), rule([], { alertType: 'a', until: 1 })].map((it) => isBroad(it))).toEqual([false, false]);
  });
});
