import { describe, expect, it } from 'vitest';
import type { ExpectedRule } from '../model/expected-rule.ts';
import type { FindingEntities } from '../model/finding.ts';
import { expectationsOf } from './expected-findings.ts';
import { aFinding, orders, START } from './testkit.ts';

const DAY = 86_400_000;
const holding = { label: 'expected[0]', until: START + DAY };

function isExpected(rule: Partial<ExpectedRule>, entities: FindingEntities): boolean {
  return expectationsOf([{ ...holding, ...rule }], orders)('brute-force', aFinding({ entities })) !== undefined;
}

describe('a principal', () => {
  it.each([
    ['j.meyer', { principal: 'j.meyer' }, true],
    ['j.meyer', { principal: 'J.Meyer' }, false],
    ['j.meyer', { principal: 'j.meyer2' }, false],
    ['j.meyer', {}, false],
    ['j.meyer', { principal: '' }, false],
    ['v-token-*', { principal: 'v-token-shop-1' }, true],
    ['v-token-*', { principal: 'token' }, false],
    ['j.meyer', { principal: 'j.meyer', otherPrincipals: ['root'] }, false],
    ['j.*', { principal: 'j.meyer', otherPrincipals: ['j.smith'] }, true],
    ['j.meyer', { otherPrincipals: ['j.meyer'] }, true],
  ] as const)('%s fits %j: %s', (principal, entities, fits) => {
    expect(isExpected({ principal }, entities)).toBe(fits);
  });
});

describe('a network', () => {
  const office = { address: '198.51.100.9', namedNetwork: { name: 'Office', trusted: false } };

  it.each([
    ['198.51.100.0/24', office, true],
    ['198.51.100.9', office, true],
    ['198.51.101.0/24', office, false],
    ['2001:db8::/32', office, false],
    ['2001:db8::/32', { address: '2001:db8::7' }, true],
    ['0.0.0.0/0', { address: '[local]' }, false],
    ['Office', office, true],
    ['Office', { address: '198.51.100.9' }, false],
  ])('%s fits %j: %s', (network, address, fits) => {
    expect(isExpected({ network }, { address })).toBe(fits);
  });

  it('fits only if all addresses are in it', () => {
    const elsewhere = { address: '203.0.113.7' };

    expect(isExpected({ network: 'Office' }, { address: office, otherAddresses: [office] })).toBe(true);
    expect(isExpected({ network: 'Office' }, { address: office, otherAddresses: [elsewhere] })).toBe(false);
    expect(isExpected({ network: 'Office' }, {})).toBe(false);
  });
});

it.each([
  [{ application: 'shop-api/*' }, true],
  [{ application: 'shop' }, false],
  [{ detector: 'brute-force' }, true],
  [{ detector: 'unusual-location' }, false],
  [{ alertType: 'SQL.PostgreSQL_BruteForce' }, true],
  [{ alertType: 'SQL.PostgreSQL_GeoAnomaly' }, false],
  [{ resourceKey: orders.key }, true],
  [{ resourceKey: '/subscriptions/other' }, false],
])('needs %j to fit as well: %s', (condition, fits) => {
  const entities = { principal: 'analyst', application: 'shop-api/1.41.2' };

  expect(isExpected({ principal: 'analyst', ...condition }, entities)).toBe(fits);
});

it('takes the first rule that holds, else the first that is over', () => {
  const rule = (label: string, until: number) => ({ label, principal: 'analyst', until });
  const finding = aFinding({ entities: { principal: 'analyst' }, endTime: START + 5 });
  const labelOf = (rules: ExpectedRule[]) => {
    const found = expectationsOf(rules, orders)('brute-force', finding);
    return found && [found.rule.label, found.isOver];
  };

  expect(labelOf([rule('a', START + 5), rule('b', START + 6), rule('c', START + 7)])).toEqual(['b', false]);
  expect(labelOf([rule('a', START + 5), rule('b', START)])).toEqual(['a', true]);
  expect(labelOf([])).toBeUndefined();
});
