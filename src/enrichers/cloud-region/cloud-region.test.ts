import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../lib/user-error.ts';
import { readDataFile } from '../data-file.ts';
import { describeWith, sharedDataFile, temporaryFile } from '../testkit.ts';
import { parseCloudList } from './cloud-list.ts';
import { cloudRegion } from './cloud-region.ts';
import { regionLabel } from './region-label.ts';

const cloudRanges = ['ServiceTags_Public.json', 'ip-ranges.json', 'cloud.json'].map((name) =>
  fileURLToPath(new URL(`testdata/${name}`, import.meta.url)),
);

const published = ['azure-service-tags.json', 'aws-ip-ranges.json', 'google-cloud.json'].flatMap(
  (name) => sharedDataFile(name) ?? [],
);

describe.skipIf(published.length === 0)('every region that is published', () => {
  it.each(published)('has a name for people in %s', async (path) => {
    const regions = parseCloudList(await readDataFile('test', path)).map(({ region }) => region);

    expect(regions.length).toBeGreaterThan(35);
    expect(regions.filter(({ region, label }) => label === region)).toEqual([]);
  });
});

it('calls a region that it does not know by its own name', () => {
  expect(regionLabel('Azure', 'atlantiscentral')).toBe('atlantiscentral');
  expect(regionLabel('AWS', 'constructor')).toBe('constructor');
});

describe('cloudRegion', () => {
  it.each([
    ['192.0.2.1', 'Azure', 'westeurope', 'West Europe, Netherlands'],
    ['192.0.2.63', 'Azure', 'westeurope', 'West Europe, Netherlands'],
    ['192.0.2.64', 'Azure', 'northeurope', 'North Europe, Ireland'],
    ['192.0.2.128', 'Azure', 'westeurope', 'West Europe, Netherlands'],
    ['2001:db8:1::9', 'Azure', 'westeurope', 'West Europe, Netherlands'],
    ['198.51.100.1', 'AWS', 'eu-central-1', 'Frankfurt, Germany'],
    ['198.51.100.200', 'AWS', 'GLOBAL', 'worldwide, no data centre of its own'],
    ['2001:db8:2::9', 'AWS', 'eu-central-1', 'Frankfurt, Germany'],
    ['203.0.113.1', 'Google Cloud', 'europe-west3', 'Frankfurt, Germany'],
    ['2001:db8:3::9', 'Google Cloud', 'europe-west3', 'Frankfurt, Germany'],
  ])('puts %s into %s %s', async (text, provider, region, label) => {
    for (const order of [cloudRanges, cloudRanges.toReversed()]) {
      const factsOf = await describeWith(cloudRegion, { cloudRanges: order });
      expect(factsOf(text).cloudRegion).toEqual({ provider, region, label });
    }
  });

  it.each(['192.0.3.1', '198.51.101.1', '2001:db8:4::9'])('knows no data centre of %s', async (text) => {
    const factsOf = await describeWith(cloudRegion, { cloudRanges });

    expect(factsOf(text)).toEqual({ address: text });
  });

  it.each([
    ['{"values": [', 'is not valid JSON; fetch it again'],
    ['[]', 'is no list of cloud addresses; give Azure'],
    ['null', 'is no list of cloud addresses'],
    [
      '{"values": [{"name": "AzureCloud.x", "properties": {"region": 7}}]}',
      'is no Azure list: values.0.properties.region: ',
    ],
    ['{"prefixes": [], "ipv6_prefixes": [{"ipv6_prefix": "::/0"}]}', 'is no AWS list: ipv6_prefixes.0.region: '],
    [
      '{"prefixes": [{"ipv4Prefix": "192.0.2.0/24"}]}',
      'tells no regions; give the list of Google Cloud that tells them',
    ],
    ['{"prefixes": [{"ipv4Prefix": "192.0.2.0/99", "scope": "x"}]}', '"192.0.2.0/99" is not a CIDR block'],
  ])('refuses %s', async (content, message) => {
    const refused = describeWith(cloudRegion, { cloudRanges: [temporaryFile('list.json', content)] });

    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toBeInstanceOf(UserError);
  });
});
