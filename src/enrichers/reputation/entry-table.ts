import { formatCidr, type IpLanes, type IpPrefix, parseCidr } from '../../lib/ip.ts';
import { UserError } from '../../lib/user-error.ts';
import type { Listing } from '../../model/address-facts.ts';
import { addPrefix, createRangeList, findValue, type IpRanges, type RangeList, sealRanges } from '../ip-ranges.ts';
import type { ListEntry, ListSink } from './list-entry.ts';

/** Entries of all lists together: 32 MB for IPv4, 100 MB for IPv6. */
const MOST_ENTRIES = 2_097_152;
/** Different things that lists may say, notes and all; what is beyond is told without its note. */
const MOST_LISTINGS = 65_536;
/** Wider blocks are taken for mistakes: one of them would flag a good part of all addresses. */
const WIDEST_BITS = { ipv4: 8, ipv6: 16 };
const DAY_MS = 86_400_000;

/** Addresses that mean something else in every network, or nothing: a list cannot know who has them. */
const RESERVED_BLOCKS = [
  '0.0.0.0/8', // RFC 791, this network
  '10.0.0.0/8', // RFC 1918
  '100.64.0.0/10', // RFC 6598, carrier-grade NAT
  '127.0.0.0/8', // RFC 1122, loopback
  '169.254.0.0/16', // RFC 3927, link-local
  '172.16.0.0/12', // RFC 1918
  '192.168.0.0/16', // RFC 1918
  '224.0.0.0/4', // RFC 5771, multicast
  '240.0.0.0/4', // RFC 1112, reserved
  '::/127', // RFC 4291, unspecified and loopback
  'fc00::/7', // RFC 4193, unique local
  'fe80::/10', // RFC 4291, link-local
  'ff00::/8', // RFC 4291, multicast
];
const reserved = rangesOf(RESERVED_BLOCKS);

/** Whether an address is private or reserved. */
export function isReserved(lanes: IpLanes): boolean {
  return findValue(reserved, lanes) !== undefined;
}

/** The entries of all lists, searchable. */
export interface ReputationTables {
  /** Ranges to positions in `listings`. */
  ranges: IpRanges;
  listings: Listing[];
}

/** The entries of all lists, being collected. */
export interface EntryTable {
  /** Where the entries of one list go. `notes` tells what was left out, and why, as one sentence at most. */
  listNamed(name: string, label: string): { sink: ListSink; notes(): string[] };
  seal(): ReputationTables;
}

export function createEntryTable(): EntryTable {
  const ranges = createRangeList();
  const listings: Listing[] = [];
  const positions = new Map<string, number>();

  function positionOf(listing: Listing): number {
    const kept = positions.size < MOST_LISTINGS ? listing : coarse(listing);
    const key = JSON.stringify(kept);
    const position = positions.get(key) ?? listings.push(kept) - 1;
    positions.set(key, position);
    return position;
  }

  function add(name: string, label: string, { prefix, ...said }: ListEntry): void {
    if (countOf(ranges) === MOST_ENTRIES) {
      throw new UserError(`${label}: the lists have more than ${MOST_ENTRIES} entries; leave one of them out`);
    }
    addPrefix(ranges, prefix, positionOf({ name, ...said }));
  }

  return {
    listNamed: (name, label) => openList(label, (entry) => add(name, label, entry)),
    seal: () => ({ ranges: sealRanges(ranges), listings }),
  };
}

function openList(label: string, add: (entry: ListEntry) => void): { sink: ListSink; notes(): string[] } {
  const left = new Map<string, { count: number; first: string }>();
  let count = 0;
  const leave = (what: string, where: string) => {
    const known = left.get(what) ?? { count: 0, first: where };
    known.count++;
    left.set(what, known);
  };
  const sink: ListSink = {
    add(entry) {
      const problem = problemOf(entry.prefix);
      if (problem !== undefined) {
        leave(problem, formatCidr(entry.prefix));
        return;
      }
      count++;
      add(entry);
    },
    leaveOut: (where) => leave(NO_ADDRESS, where),
  };
  return {
    sink,
    notes() {
      if (count === 0 && left.has(NO_ADDRESS)) {
        throw new UserError(
          `${label} holds no addresses; give a plain list, a CSV, or STIX indicators with ipv4-addr or ipv6-addr patterns`,
        );
      }
      const parts = [...left].map(([what, { count: times, first }]) => `${what} (${times}, the first: ${first})`);
      const none = count === 0 ? ['it lists no address'] : [];
      const told = [...none, ...(parts.length > 0 ? [`left out ${parts.join(', ')}`] : [])];
      return told.length === 0 ? [] : [`${label}: ${told.join('; ')}`];
    },
  };
}

const NO_ADDRESS = 'entries that name no address';

function problemOf({ lanes, bits }: IpPrefix): string | undefined {
  const widest = lanes.length === 1 ? WIDEST_BITS.ipv4 : WIDEST_BITS.ipv6;
  if (bits < widest) {
    return `blocks wider than /${widest}`;
  }
  return isReserved(lanes) ? 'private or reserved blocks' : undefined;
}

/** The same with less that differs from entry to entry: no note, and the end of the day until which it is valid. */
function coarse({ name, kind, validUntil }: Listing): Listing {
  const until = validUntil === undefined ? {} : { validUntil: Math.ceil(validUntil / DAY_MS) * DAY_MS };
  return { name, kind, ...until };
}

function countOf({ ipv4, ipv6 }: RangeList): number {
  return ipv4.count + ipv6.count;
}

function rangesOf(blocks: readonly string[]): IpRanges {
  const list = createRangeList();
  for (const block of blocks) {
    addPrefix(list, parseCidr(block)!, 0);
  }
  return sealRanges(list);
}
