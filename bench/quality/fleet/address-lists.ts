import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOn, CLOUD_BLOCKS, lineOf } from './addresses.ts';
import { CARRIERS } from './carriers.ts';
import { randomOf } from './draws.ts';

const TOR_EXITS = 40;

/** Exits of Tor, at providers of machines. */
export function torExitsOf(seed: number): string[] {
  const random = randomOf(seed, 'tor');
  const hosts = CARRIERS.filter(({ kind }) => kind === 'host');
  return Array.from({ length: TOR_EXITS }, () => addressOn(random, lineOf(random, random.pick(hosts))));
}

/** Writes the lists that an operator would give: cloud ranges in the providers' formats, and Tor exits. */
export function writeAddressLists(
  folder: string,
  torExits: readonly string[],
): { cloudRanges: string[]; reputation: string[] } {
  const aws = CLOUD_BLOCKS.filter(({ provider }) => provider === 'aws');
  const azure = CLOUD_BLOCKS.filter(({ provider }) => provider === 'azure');
  const files = {
    'ip-ranges.json': JSON.stringify({
      syncToken: '1',
      prefixes: aws.map(({ prefix, region }) => ({
        ip_prefix: prefix,
        region,
        service: 'AMAZON',
        network_border_group: region,
      })),
      ipv6_prefixes: [],
    }),
    'ServiceTags_Public.json': JSON.stringify({
      changeNumber: 1,
      cloud: 'Public',
      values: azure.map(({ prefix, region }) => ({
        name: `AzureCloud.${region}`,
        id: `AzureCloud.${region}`,
        properties: { changeNumber: 1, region, platform: 'Azure', systemService: '', addressPrefixes: [prefix] },
      })),
    }),
    'tor-exits.txt': `${torExits.join('\n')}\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
  }
  return { cloudRanges: ['ip-ranges.json', 'ServiceTags_Public.json'], reputation: ['tor-exits.txt'] };
}
