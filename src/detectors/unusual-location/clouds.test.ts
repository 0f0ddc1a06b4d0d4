import { describe, expect, it } from 'vitest';
import type { AddressFacts } from '../../model/address-facts.ts';
import { at, brazil, type Happening, home, office, privateAddress, publicAddress, replay, signIn } from '../testkit.ts';
import { unusualLocation } from './unusual-location.ts';

const inRegion = (facts: AddressFacts, region: string): AddressFacts => ({
  ...facts,
  cloudRegion: { provider: 'Azure', region, label: region },
});
const azure = inRegion(publicAddress('203.0.113.40', 'NL', 'Netherlands', 8075, 'Microsoft'), 'westeurope');
const sameRegion = inRegion(publicAddress('203.0.113.41', 'IE', 'Ireland', 8069, 'Microsoft'), 'westeurope');
const otherRegion = inRegion(publicAddress('203.0.113.42', 'IE', 'Ireland', 8069, 'Microsoft'), 'northeurope');
const dutch = publicAddress('203.0.113.43', 'NL', 'Netherlands', 1136, 'KPN');

/** A program that logs in each hour of three weeks, beside people who work from home. */
const weeks = (address: AddressFacts): Happening[] =>
  Array.from({ length: 21 * 24 }, (_, n) => [
    signIn({ time: at(0, n), principal: 'shop_app', application: 'shop-api', address }),
    ...(n % 24 === 9
      ? [home, office, dutch].map((from, m) => signIn({ time: at(0, n), principal: `p${m}`, address: from }))
      : []),
  ]).flat();

function found(usual: AddressFacts, address: AddressFacts): string[] {
  const last = signIn({ time: at(21, 9), principal: 'shop_app', application: 'shop-api', address });
  return replay(unusualLocation, [...weeks(usual), last]).map(({ finding }) => finding.variant);
}

describe('a program in a cloud', () => {
  it('is at home in all of its region, whoever announces it, and wherever it is said to be', () => {
    expect(found(azure, sameRegion)).toEqual([]);
    expect(found(azure, otherRegion)).toEqual(['new country']);
  });

  it('is told of from the home of a colleague, and in the country of the region', () => {
    expect(found(azure, home)).toEqual(['new country']);
    expect(found(azure, dutch)).toEqual(['new network']);
  });
});

describe('what a cloud announces in many countries', () => {
  const said = (n: number): AddressFacts =>
    inRegion(publicAddress(`203.0.113.${100 + n}`, 'CAFRJPKR'.slice(2 * n, 2 * n + 2), '', 8070 + n, ''), 'westeurope');
  const learned = [0, 1, 2, 3].map((n) => signIn({ time: at(n + 2, 5), principal: 'shop_app', address: said(n) }));
  const history = [...weeks(azure), ...learned].sort((a, b) => a.time - b.time);

  it('tells nothing of how often a program is elsewhere, in its first week either', () => {
    const login = signIn({ time: at(21, 9), principal: 'shop_app', address: brazil });
    expect(replay(unusualLocation, [...history, login]).map(({ finding }) => finding.variant)).toEqual(['new country']);
  });
});

it('knows what runs in three regions of a provider in all of them, as hosted build agents do', () => {
  const regions = ['westeurope', 'northeurope', 'uksouth', 'eastus'].map((region, n) =>
    inRegion(publicAddress(`203.0.113.${50 + n}`, 'NLIEGBUS'.slice(2 * n, 2 * n + 2), '', 8060 + n, ''), region),
  );
  const builds = (count: number) => [
    ...Array.from({ length: 21 }, (_, n) => signIn({ time: at(n, 5), principal: 'ci', address: regions[n % count]! })),
    signIn({ time: at(21, 5), principal: 'ci', address: regions[3]! }),
  ];

  expect(replay(unusualLocation, builds(1)).length).toBe(1);
  expect(replay(unusualLocation, builds(3))).toEqual([]);
});

it('tells of a program of the own network that comes from the home of a colleague', () => {
  expect(found(privateAddress('10.20.3.4'), home)).toEqual(['new country']);
});

it('does not tell of a program that comes from a carrier anyway, and now from that of a colleague', () => {
  expect(found(office, home)).toEqual([]);
});

it('tells of one program that fails over to another region of its cloud, and only notes the next', () => {
  const names = ['shop_app', 'worker'];
  const logins = (time: number, address: AddressFacts) =>
    names.map((principal, n) => signIn({ time: time + n, principal, application: principal, address }));
  const history = Array.from({ length: 21 * 24 }, (_, n) => logins(at(0, n), azure)).flat();
  const raised = replay(unusualLocation, [...history, ...logins(at(21, 9), otherRegion)]);

  expect(raised.map(({ finding }) => finding.severity)).toEqual(['Low', 'Informational']);
});

it('tells once of a program that moves to another private network, whose subnets are many', () => {
  const moved = [5, 6, 7].map((n) =>
    signIn({ time: at(21, n), principal: 'shop_app', address: privateAddress(`10.77.${n}.4`) }),
  );
  const raised = replay(unusualLocation, [...weeks(privateAddress('10.20.3.4')), ...moved]);

  expect(raised.map(({ finding, count }) => [finding.variant, count])).toEqual([['new private network', 3]]);
});

it('tells once of a program that fails over, by whichever networks the new region is announced', () => {
  const announced = [8075, 8069, 8068].map((number, n) =>
    inRegion(publicAddress(`203.0.113.${60 + n}`, 'USCAUS'.slice(2 * n, 2 * n + 2), '', number, ''), 'eastus2'),
  );
  const elsewhere = inRegion(publicAddress('203.0.113.70', 'JP', '', 8075, ''), 'japaneast');
  const from = (addresses: readonly AddressFacts[]) => {
    const logins = addresses.map((address, n) => signIn({ time: at(21, 9) + n, principal: 'shop_app', address }));
    return replay(unusualLocation, [...weeks(azure), ...logins]).map(({ count }) => count);
  };

  expect(from(announced)).toEqual([3]);
  expect(from([announced[0]!, elsewhere])).toEqual([1, 1]);
});
