import { expect, it } from 'vitest';
import { domainOf, principalFamilyOf } from './principal-family-of.ts';

it.each([
  ['v-token-readonly-x7Gq2-1767600000', 'v-token-readonly-*-*'],
  ['v-userpass-shop-kQwErTyUiOpAsDfG', 'v-userpass-shop-*'],
  ['app_17', 'app_*'],
  ['alice', 'alice'],
  ['shop_app', 'shop_app'],
  ['u12345', 'u12345'],
  ['8d1b3f52-6a0c-4f7e-9b1d-2c3e4f5a6b7c', '8d1b3f52-6a0c-4f7e-9b1d-2c3e4f5a6b7c'],
  ['anna7@example.com', 'anna7@example.com'],
  ['', ''],
])('%s is of the family %s', (name, family) => {
  expect(principalFamilyOf(name)).toBe(family);
});

it.each([
  ['anna@Example.com', 'example.com'],
  ['EXAMPLE\\anna', 'example'],
  ['anna', undefined],
  ['@x', undefined],
  ['a@b@c', undefined],
])('%s has the domain %s', (name, domain) => {
  expect(domainOf(name)).toBe(domain);
});

it('takes a name of any length in linear time', () => {
  expect(principalFamilyOf('a@'.repeat(500_000))).toHaveLength(1_000_000);
  expect(domainOf('\\'.repeat(1_000_000))).toBeUndefined();
});
