import { describe, expect, it } from 'vitest';
import { parseIp } from '../lib/ip.ts';
import type { AddressFacts } from '../model/address-facts.ts';
import { createPlaces } from './place.ts';

const germany = { countryCode: 'DE', countryName: 'Germany' };
const telekom = { number: 3320, organization: 'Deutsche Telekom AG' };

function placeOf(text: string, facts: Partial<AddressFacts> = {}) {
  return createPlaces()(parseIp(text)!, { address: text, ...facts });
}

describe('createPlaces', () => {
  it.each([
    [
      'country and network',
      { location: germany, autonomousSystem: telekom },
      'DE/AS3320',
      'Germany, AS3320 Deutsche Telekom AG',
    ],
    ['country alone', { location: germany }, 'DE', 'Germany'],
    ['network alone', { autonomousSystem: telekom }, 'AS3320', 'AS3320 Deutsche Telekom AG'],
    ['a nameless network', { autonomousSystem: { number: 64511, organization: '' } }, 'AS64511', 'AS64511'],
  ])('tells %s', (_, facts, key, label) => {
    expect(placeOf('203.0.113.9', facts)).toMatchObject({ key, label, kind: 'public' });
  });

  it('does not judge by city', () => {
    const of = createPlaces();
    const berlin = { address: '203.0.113.9', location: { ...germany, city: 'Berlin' } };
    const hamburg = { address: '203.0.113.10', location: { ...germany, city: 'Hamburg' } };

    expect(of(parseIp('203.0.113.9')!, berlin)).toBe(of(parseIp('203.0.113.10')!, hamburg));
  });

  it('believes the operator before all else', () => {
    const facts = {
      namedNetwork: { name: 'Berlin office', trusted: true },
      location: germany,
      autonomousSystem: telekom,
    };

    expect(placeOf('10.20.3.4', facts)).toEqual({
      key: 'named:Berlin office',
      label: 'Berlin office',
      kind: 'named',
      ...germany,
    });
    expect(placeOf('203.0.113.9', facts)?.key).toBe('named:Berlin office');
  });

  it.each([
    ['10.20.3.4', '10.20.3.0/24'],
    ['172.31.255.1', '172.31.255.0/24'],
    ['192.168.1.1', '192.168.1.0/24'],
    ['100.127.0.1', '100.127.0.0/24'],
    ['169.254.9.9', '169.254.9.0/24'],
    ['127.0.0.1', '127.0.0.0/24'],
    ['::1', '::/64'],
    ['fd12:3456:789a:1::5', 'fd12:3456:789a:1::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
    ['::ffff:10.20.3.4', '10.20.3.0/24'],
  ])('takes the subnet of %s', (text, subnet) => {
    expect(placeOf(text)).toEqual({ key: subnet, label: subnet, kind: 'private' });
  });

  it.each([
    '192.0.2.1',
    '198.51.100.1',
    '203.0.113.1',
    '2001:db8::1',
    '240.0.0.1',
    '::',
    '11.0.0.1',
    '172.32.0.1',
    '100.128.0.1',
  ])('knows nothing of %s', (text) => {
    expect(placeOf(text)).toBeUndefined();
  });
});
