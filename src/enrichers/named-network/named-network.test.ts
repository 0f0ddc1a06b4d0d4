import { describe, expect, it } from 'vitest';
import type { NetworkSettings } from '../../model/network-settings.ts';
import { describeWith } from '../testkit.ts';
import { namedNetwork } from './named-network.ts';

const berlin: NetworkSettings = {
  name: 'Berlin office',
  cidr: ['198.51.100.0/24', '10.20.0.0/16', '2001:db8:1::/48'],
  location: { country: 'de', city: 'Berlin', lat: 52.52, lon: 13.4 },
  trusted: true,
};
const lab: NetworkSettings = { name: 'Lab', cidr: ['10.20.99.0/24', '192.0.2.7'] };

describe('namedNetwork', () => {
  it('tells name, trust and location', async () => {
    const factsOf = await describeWith(namedNetwork, { networks: [berlin, lab] });

    expect(factsOf('198.51.100.7')).toEqual({
      address: '198.51.100.7',
      namedNetwork: { name: 'Berlin office', trusted: true },
      location: { countryCode: 'DE', countryName: 'Germany', city: 'Berlin', latitude: 52.52, longitude: 13.4 },
    });
  });

  it.each([
    ['10.20.1.1', 'Berlin office'],
    ['10.20.99.1', 'Lab'],
    ['10.20.100.0', 'Berlin office'],
    ['10.21.0.0', undefined],
    ['192.0.2.7', 'Lab'],
    ['192.0.2.8', undefined],
    ['2001:db8:1:ffff::1', 'Berlin office'],
    ['2001:db8:2::1', undefined],
    ['::ffff:10.20.99.1', 'Lab'],
  ])('puts %s into %s: the most specific block counts', async (text, name) => {
    for (const networks of [
      [berlin, lab],
      [lab, berlin],
    ]) {
      const factsOf = await describeWith(namedNetwork, { networks });
      expect(factsOf(text).namedNetwork?.name).toBe(name);
    }
  });

  it('trusts nobody unasked', async () => {
    const factsOf = await describeWith(namedNetwork, { networks: [lab] });

    expect(factsOf('192.0.2.7')).toEqual({ address: '192.0.2.7', namedNetwork: { name: 'Lab', trusted: false } });
  });

  it.each([
    [
      [{ name: 'Berlin office', cidr: ['10.20.0.0/33'] }],
      'network "Berlin office": "10.20.0.0/33" is not a CIDR block; write it like 10.20.0.0/16 or 2001:db8::/32',
    ],
    [
      [{ name: 'Lab', cidr: [], location: { country: 'Germany' } }],
      'network "Lab": "Germany" is not a country code; write the two letters of ISO 3166-1, like DE',
    ],
    [
      [lab, { name: 'Other', cidr: ['10.20.99.8/24'] }],
      'networks "Lab" and "Other" both list 10.20.99.8/24; keep it in one of them',
    ],
  ])('refuses %j', async (networks, message) => {
    await expect(describeWith(namedNetwork, { networks })).rejects.toThrow(message);
  });
});
