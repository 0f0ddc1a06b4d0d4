import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../lib/user-error.ts';
import { describeWith, encodeMmdb, temporaryFile } from '../testkit.ts';
import { geolocation } from './geolocation.ts';

const oslo = {
  country: { iso_code: 'NO', names: { en: 'Norway' } },
  city: { names: { de: 'Oslo (de)', en: 'Oslo' } },
  location: { latitude: 59.91, longitude: 10.75 },
};
const cityDatabase = encodeMmdb({
  '192.0.2.0/24': oslo,
  '2001:db8::/32': oslo,
  '198.51.100.0/25': { country: { iso_code: 'BR' } },
  '198.51.100.128/25': { country_code: 'JP', city: 'Osaka', latitude: 34.69, longitude: 135.5 },
  '203.0.113.0/26': { country_code: 'ZZ' },
  '203.0.113.64/26': { country: 'no object', city: { names: 'no object' } },
  '203.0.113.128/26': { autonomous_system_number: 64511 },
});

function factsFrom(content: Uint8Array) {
  return describeWith(geolocation, { geo: [temporaryFile('geo.mmdb', content)] });
}

describe('geolocation', () => {
  it.each([
    ['192.0.2.1', { countryCode: 'NO', countryName: 'Norway', city: 'Oslo', latitude: 59.91, longitude: 10.75 }],
    ['2001:db8::1', { countryCode: 'NO', countryName: 'Norway', city: 'Oslo', latitude: 59.91, longitude: 10.75 }],
    ['198.51.100.1', { countryCode: 'BR', countryName: 'Brazil' }],
    ['198.51.100.129', { countryCode: 'JP', countryName: 'Japan', city: 'Osaka', latitude: 34.69, longitude: 135.5 }],
    ['203.0.113.1', undefined],
    ['203.0.113.65', undefined],
    ['203.0.113.129', undefined],
    ['203.0.113.200', undefined],
    ['2001:db9::1', undefined],
  ])('tells the location of %s', async (text, location) => {
    const factsOf = await factsFrom(cityDatabase);

    expect(factsOf(text).location).toEqual(location);
    expect(factsOf(text).location).toBe(factsOf(text).location);
  });

  it('reads compressed databases', async () => {
    for (const compressed of [gzipSync(cityDatabase), zstdCompressSync(cityDatabase)]) {
      const factsOf = await factsFrom(compressed);
      expect(factsOf('192.0.2.1').location?.city).toBe('Oslo');
    }
  });

  it('leaves what the operator said', async () => {
    const factsOf = await factsFrom(cityDatabase);
    const location = { countryCode: 'DE', countryName: 'Germany' };

    expect(factsOf('192.0.2.1', { location }).location).toBe(location);
  });

  it('believes the first database that knows the address', async () => {
    const geo = [{ '192.0.2.0/25': { country_code: 'FR' } }, { '192.0.2.0/24': { country_code: 'US' } }].map(
      (records) => temporaryFile('geo.mmdb', encodeMmdb(records)),
    );
    const factsOf = await describeWith(geolocation, { geo });

    expect(factsOf('192.0.2.1').location?.countryCode).toBe('FR');
    expect(factsOf('192.0.2.200').location?.countryCode).toBe('US');
  });

  it('asks an IPv4 database nothing about IPv6', async () => {
    const factsOf = await factsFrom(encodeMmdb({ '32.0.0.0/3': { country_code: 'US' } }, 4));

    expect(factsOf('32.1.0.1').location?.countryCode).toBe('US');
    expect(factsOf('2001:db8::1').location).toBeUndefined();
  });

  it('takes a damaged record for an unknown address', async () => {
    const damaged = Buffer.from(cityDatabase);
    damaged.fill(0x1f, damaged.indexOf('Oslo (de)') - 20, damaged.indexOf('Oslo (de)') + 9);
    const factsOf = await factsFrom(damaged);

    expect(factsOf('192.0.2.1').location).toBeUndefined();
    expect(factsOf('198.51.100.1').location?.countryCode).toBe('BR');
  });

  it('credits the maker that the database names', async () => {
    const geo = [temporaryFile('geo.mmdb', encodeMmdb({ '192.0.2.0/24': oslo }, 6, 'DBIP-City-Lite'))];
    const { attributions } = await geolocation.load({ networks: [], geo, asn: [], cloudRanges: [] });

    expect(attributions).toEqual(['IP Geolocation by DB-IP (https://db-ip.com), CC BY 4.0']);
  });

  it.each([
    ['an empty file', Buffer.alloc(0), 'is not a MaxMind DB (MMDB) file'],
    ['another file', Buffer.from('start,end,country\n'), 'is not a MaxMind DB (MMDB) file'],
    [
      'a head cut off',
      cityDatabase.subarray(cityDatabase.indexOf('MaxMind.com') - 3),
      'is a damaged MaxMind DB file; fetch it again',
    ],
    ['a metadata section cut off', cityDatabase.subarray(0, -60), 'is a damaged MaxMind DB file; fetch it again'],
    [
      'a gzip file cut off',
      gzipSync(cityDatabase).subarray(0, 100),
      'its gzip data ends early or is wrong; fetch it again',
    ],
  ])('refuses %s', async (_, content, message) => {
    const refused = expect(factsFrom(content)).rejects;
    await refused.toThrow(message);
    await expect(factsFrom(content)).rejects.toBeInstanceOf(UserError);
  });

  it('refuses what it cannot read', async () => {
    await expect(describeWith(geolocation, { geo: ['/nowhere/geo.mmdb'] })).rejects.toThrow(
      'enrichment.geo: /nowhere/geo.mmdb does not exist; correct the path or remove it from the configuration',
    );
    await expect(describeWith(geolocation, { geo: [import.meta.dirname] })).rejects.toThrow('cannot be read (EISDIR)');
  });
});
