import { z } from 'zod';
import { UserError } from '../../lib/user-error.ts';
import type { CloudRegion } from '../../model/address-facts.ts';
import type { DataFile } from '../data-file.ts';
import { regionLabel } from './region-label.ts';

/** The address blocks of one region. */
export interface RegionBlocks {
  region: CloudRegion;
  /** CIDR text. */
  prefixes: string[];
}

/** One address block with the region that a provider tells for it; none for blocks that it keeps to itself. */
interface Block {
  prefix: string | undefined;
  region: string | undefined;
}

interface ListFormat {
  provider: CloudRegion['provider'];
  /** The member by which the format is recognized. Earlier formats are asked first. */
  mark: string;
  schema: z.ZodType<Block[]>;
}

/** Tags of whole regions. Others (`Sql.WestEurope`) are parts of them, or tell no region. */
const AZURE_REGION_TAG = 'AzureCloud.';

/** "Azure IP Ranges and Service Tags – Public Cloud", ServiceTags_Public_*.json. */
const azureSchema = z
  .object({
    values: z.array(
      z.object({
        name: z.string(),
        properties: z.object({ region: z.string(), addressPrefixes: z.array(z.string()) }),
      }),
    ),
  })
  .transform(({ values }) =>
    values
      .filter(({ name }) => name.startsWith(AZURE_REGION_TAG))
      .flatMap(({ properties: { region, addressPrefixes } }) => addressPrefixes.map((prefix) => ({ prefix, region }))),
  );

/** https://ip-ranges.amazonaws.com/ip-ranges.json. What serves the whole world has the region `GLOBAL`. */
const awsSchema = z
  .object({
    prefixes: z.array(z.object({ ip_prefix: z.string(), region: z.string() })),
    ipv6_prefixes: z.array(z.object({ ipv6_prefix: z.string(), region: z.string() })),
  })
  .transform(({ prefixes, ipv6_prefixes }) => [
    ...prefixes.map(({ ip_prefix, region }) => ({ prefix: ip_prefix, region })),
    ...ipv6_prefixes.map(({ ipv6_prefix, region }) => ({ prefix: ipv6_prefix, region })),
  ]);

/** https://www.gstatic.com/ipranges/cloud.json. `scope` is the region, or `global`. */
const googleSchema = z
  .object({
    prefixes: z.array(
      z.object({ ipv4Prefix: z.string().optional(), ipv6Prefix: z.string().optional(), scope: z.string().optional() }),
    ),
  })
  .transform(({ prefixes }) =>
    prefixes.map(({ ipv4Prefix, ipv6Prefix, scope }) => ({ prefix: ipv4Prefix ?? ipv6Prefix, region: scope })),
  );

const FORMATS: readonly ListFormat[] = [
  { provider: 'Azure', mark: 'values', schema: azureSchema },
  { provider: 'AWS', mark: 'ipv6_prefixes', schema: awsSchema },
  { provider: 'Google Cloud', mark: 'prefixes', schema: googleSchema },
];

/** Reads a provider's list, recognized by its content. Throws `UserError`. */
export function parseCloudList(file: DataFile): RegionBlocks[] {
  const json = parseJson(file);
  const format = FORMATS.find(({ mark }) => typeof json === 'object' && json !== null && Object.hasOwn(json, mark));
  if (format === undefined) {
    throw new UserError(
      `${file.label} is no list of cloud addresses; give Azure's ServiceTags_Public, AWS's ip-ranges.json or Google's cloud.json`,
    );
  }
  const blocks = format.schema.safeParse(json);
  if (!blocks.success) {
    const { path, message } = blocks.error.issues[0];
    throw new UserError(`${file.label} is no ${format.provider} list: ${path.join('.')}: ${message}; fetch it again`);
  }
  const byRegion = groupByRegion(blocks.data, format.provider);
  if (byRegion.length === 0) {
    throw new UserError(`${file.label} tells no regions; give the list of ${format.provider} that tells them`);
  }
  return byRegion;
}

function parseJson(file: DataFile): unknown {
  try {
    return JSON.parse(file.bytes.toString());
  } catch {
    throw new UserError(`${file.label} is not valid JSON; fetch it again`);
  }
}

function groupByRegion(blocks: readonly Block[], provider: CloudRegion['provider']): RegionBlocks[] {
  const groups = new Map<string, RegionBlocks>();
  for (const { prefix, region } of blocks) {
    if (prefix === undefined || region === undefined || region === '') {
      continue;
    }
    const group = groups.get(region) ?? {
      region: { provider, region, label: regionLabel(provider, region) },
      prefixes: [],
    };
    groups.set(region, group);
    group.prefixes.push(prefix);
  }
  return [...groups.values()];
}
