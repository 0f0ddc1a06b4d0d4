import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../lib/user-error.ts';
import { describeWith, temporaryFile } from '../testkit.ts';
import { cloudRegion } from './cloud-region.ts';

const cloudRanges = ['ServiceTags_Public.json', 'ip-ranges.json', 'cloud.json'].map((name) =>
  fileURLToPath(new URL(`testdata/${name}`, import.meta.url)),
);

describe('cloudRegion', () => {
  it.each([
    ['192.0.2.1', 'Azure', 'westeurope'],
    ['192.0.2.63', 'Azure', 'westeurope'],
    ['192.0.2.64', 'Azure', 'northeurope'],
    ['192.0.2.128', 'Azure', 'westeurope'],
    ['2001:db8:1::9', 'Azure', 'westeurope'],
    ['198.51.100.1', 'AWS', 'eu-central-1'],
    ['198.51.100.200', 'AWS', 'GLOBAL'],
    ['2001:db8:2::9', 'AWS', 'eu-central-1'],
    ['203.0.113.1', 'Google Cloud', 'europe-west3'],
    ['2001:db8:3::9', 'Google Cloud', 'europe-west3'],
  ])('puts %s into %s %s', async (text, provider, region) => {
    for (const order of [cloudRanges, cloudRanges.toReversed()]) {
      const factsOf = await describeWith(cloudRegion, { cloudRanges: order });
      expect(factsOf(text).cloudRegion).toEqual({ provider, region });
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
