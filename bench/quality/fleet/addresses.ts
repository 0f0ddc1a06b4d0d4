import { CARRIERS, type Carrier } from './carriers.ts';
import type { Random } from './draws.ts';

/** Size of the prefixes of carriers. */
const PREFIX_SIZE = 1 << 12;
/** First blocks of two regions each, in the providers' own lists. */
export const CLOUD_BLOCKS = [
  { provider: 'aws', region: 'eu-central-1', prefix: '18.192.0.0/15' },
  { provider: 'aws', region: 'us-east-1', prefix: '52.4.0.0/14' },
  { provider: 'aws', region: 'ap-southeast-1', prefix: '13.250.0.0/15' },
  { provider: 'azure', region: 'westeurope', prefix: '4.180.0.0/16' },
  { provider: 'azure', region: 'northeurope', prefix: '4.208.0.0/15' },
  { provider: 'azure', region: 'eastus', prefix: '4.156.0.0/15' },
] as const;
export type CloudBlock = (typeof CLOUD_BLOCKS)[number];

/** What somebody is given by a provider: an address that changes now and then within one neighbourhood. */
export interface Line {
  carrier: Carrier;
  /** The prefix that the neighbourhood is served from. */
  prefix: string;
}

export function carriersOf(country: string, ...kinds: readonly Carrier['kind'][]): Carrier[] {
  return CARRIERS.filter((carrier) => carrier.country === country && kinds.includes(carrier.kind));
}

export function lineOf(random: Random, carrier: Carrier): Line {
  return { carrier, prefix: random.pick(carrier.prefixes) };
}

/** An address of today. */
export function addressOn(random: Random, { prefix }: Line): string {
  return addressIn(random, prefix, PREFIX_SIZE);
}

/** An address among the `size` ones behind the first; neither the first nor the last of a /24. */
export function addressIn(random: Random, first: string, size: number): string {
  const offset = size < 256 ? 1 + random.below(size) : random.below(size / 256) * 256 + 1 + random.below(253);
  const [a, b, c, d] = first.split('.').map(Number) as [number, number, number, number];
  const value = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d + offset;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

export function cloudAddress(random: Random, provider: CloudBlock['provider'], region: string): string {
  const block = CLOUD_BLOCKS.find((one) => one.provider === provider && one.region === region)!;
  return addressIn(random, block.prefix.split('/')[0]!, 1 << 16);
}
