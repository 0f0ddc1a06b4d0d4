import { type IpLanes, parseCidr, parseIp, prefixOf } from '../ip.ts';

/** Where this program may connect to when people give it a URL. */
export interface OutboundPolicy {
  /** Private networks (RFC 1918, RFC 4193, RFC 6598) may be reached by URLs that the file does not name. */
  allowPrivate: boolean;
  /** `host:port` that the configuration file names itself: whoever writes it owns this machine. Absent: there is no file. */
  named?: ReadonlySet<string>;
}

type Kind = 'metadata' | 'loopback' | 'private' | 'none';

/** What an address is, by block; the first that holds it counts. Everything else is public. */
const BLOCKS: readonly (readonly [Kind, string])[] = [
  ['metadata', '169.254.0.0/16'], // RFC 3927: link-local, and where most clouds tell secrets
  ['metadata', 'fe80::/10'], // RFC 4291: link-local
  ['metadata', 'fd00:ec2::/32'], // AWS: metadata, DNS and time by IPv6
  ['metadata', 'fd20:ce::254/128'], // Google Cloud: metadata by IPv6
  ['metadata', '168.63.129.16/32'], // Azure: the host of a virtual machine
  ['metadata', '100.100.100.200/32'], // Alibaba Cloud
  ['metadata', '192.0.0.192/32'], // Oracle Cloud
  ['loopback', '127.0.0.0/8'],
  ['loopback', '::1/128'],
  ['loopback', '0.0.0.0/8'], // "this host": Linux connects to itself
  ['loopback', '::/128'],
  ['private', '10.0.0.0/8'],
  ['private', '172.16.0.0/12'],
  ['private', '192.168.0.0/16'],
  ['private', '100.64.0.0/10'],
  ['private', 'fc00::/7'],
  ['none', '224.0.0.0/3'], // multicast, reserved, broadcast
  ['none', 'ff00::/8'],
];
const WORDS: Readonly<Record<Kind, string>> = {
  metadata: 'is link-local or the metadata service of a cloud, which is never asked',
  loopback: 'is this machine, which is reached only where vedette.yaml names it',
  private: 'is in a private network, and server.outbound.allowPrivate is off',
  none: 'is no address of a server',
};
const blocks = BLOCKS.map(([kind, text]) => ({ kind, block: parseCidr(text)! }));
/** IPv4 addresses in IPv6: NAT64 (RFC 6052) and 6to4 (RFC 3056), each with the place of the address in bits. */
const EMBEDDED = [
  { block: parseCidr('64:ff9b::/96')!, at: 96 },
  { block: parseCidr('2002::/16')!, at: 16 },
];

let policy: OutboundPolicy = { allowPrivate: true };

/** Holds for the process from now on. */
export function useOutboundPolicy(next: OutboundPolicy): void {
  policy = next;
}

/** Why nothing connects to an address on behalf of a URL's host and port; undefined: it may. */
export function refusalOf(address: string, hostAndPort: string): string | undefined {
  const parsed = parseIp(address);
  const kind = parsed === undefined ? 'none' : kindOf(parsed.lanes);
  const isNamed = policy.named?.has(hostAndPort) ?? true;
  const isFine =
    kind === undefined || (kind === 'private' && (policy.allowPrivate || isNamed)) || (kind === 'loopback' && isNamed);
  return isFine ? undefined : `${address} ${WORDS[kind]}`;
}

/** Undefined: public. */
function kindOf(lanes: IpLanes): Kind | undefined {
  const hidden = EMBEDDED.find(({ block }) => isIn(lanes, block));
  if (hidden !== undefined) {
    return kindOf([ipv4At(lanes, hidden.at)]);
  }
  return blocks.find(({ block }) => isIn(lanes, block))?.kind;
}

function isIn(lanes: IpLanes, block: { lanes: IpLanes; bits: number }): boolean {
  return lanes.length === block.lanes.length && prefixOf(lanes, block.bits).lanes.join() === block.lanes.join();
}

/** 32 bits from a place that is a multiple of 16. */
function ipv4At(lanes: IpLanes, bit: number): number {
  const lane = Math.floor(bit / 32);
  return bit % 32 === 0 ? lanes[lane]! : ((lanes[lane]! << 16) | (lanes[lane + 1]! >>> 16)) >>> 0;
}
