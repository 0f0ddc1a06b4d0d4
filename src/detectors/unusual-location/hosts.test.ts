import { expect, it } from 'vitest';
import { placeOfHost } from '../../enrichers/host-place.ts';
import type { AddressFacts } from '../../model/address-facts.ts';
import { at, brazil, office, replay, signIn } from '../testkit.ts';
import { unusualLocation } from './unusual-location.ts';

const host = (address: string): AddressFacts => ({ address, place: placeOfHost(address)! });
const usual = host('p4fd1a2b3.dip0.t-ipconnect.de');

/** Somebody works three weeks, and comes once from elsewhere. */
function found(history: AddressFacts, address: AddressFacts): string[] {
  const workdays = Array.from({ length: 21 }, (_, n) => n).filter((n) => n % 7 < 5);
  const weeks = workdays.map((n) => signIn({ time: at(n, 9), address: history }));
  return replay(unusualLocation, [...weeks, signIn({ time: at(21, 9), address })]).map(
    ({ finding: { variant } }) => variant,
  );
}

it.each([
  ['another line of the provider', usual, host('p4fd1ffff.dip0.t-ipconnect.de'), []],
  ['an address of the country whose name was not found', usual, office, []],
  ['an address of another country', usual, brazil, ['new country']],
  ['a provider of another country', usual, host('198-51-100-7.dsl.example.ro'), ['new country']],
  ['a provider whose country is not known', usual, host('198-51-100-7.example.net'), []],
  ['an address, where the country is not known of the usual names', host('c-7.example.net'), brazil, []],
  [
    'a name of the outside, by somebody of the own network',
    host('ip-10-0-0-7.internal'),
    host('vps7.example.net'),
    ['new network'],
  ],
])('judges names by their domain: %s', (_, history, address, told) => {
  expect(found(history, address)).toEqual(told);
});
