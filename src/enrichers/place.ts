import { formatCidr, type IpAddress, type IpLanes, parseCidr, prefixOf } from '../lib/ip.ts';
import type { AddressFacts, AutonomousSystem, Location, Place } from '../model/address-facts.ts';
import { addPrefix, createRangeList, findValue, sealRanges } from './ip-ranges.ts';

/** Blocks that are not routed between organizations: what they are near to is all that can be told. */
const PRIVATE_BLOCKS = [
  '10.0.0.0/8', // RFC 1918
  '172.16.0.0/12', // RFC 1918
  '192.168.0.0/16', // RFC 1918
  '100.64.0.0/10', // RFC 6598, carrier-grade NAT
  '169.254.0.0/16', // RFC 3927, link-local
  '127.0.0.0/8', // RFC 1122, loopback
  'fc00::/7', // RFC 4193, unique local
  'fe80::/10', // RFC 4291, link-local
  '::1/128', // RFC 4291, loopback
];

/** The subnet that stands for a private address: as small as people make networks. */
const SUBNET_BITS = { ipv4: 24, ipv6: 64 };

/** Autonomous systems are numbered from 1 (RFC 7607). */
const NO_SYSTEM = 0;

/**
 * The place of an address: its named network; else, for private and loopback addresses, its subnet;
 * else country and autonomous system, as far as known. City is told and never judged.
 * Public places are made once for each country and system.
 */
export function createPlaces(): (address: IpAddress, facts: AddressFacts) => Place | undefined {
  const publicPlaces = new Map<string, Map<number, Place>>();
  return (address, facts) => {
    if (facts.namedNetwork !== undefined) {
      const { name } = facts.namedNetwork;
      return { key: `named:${name}`, label: name, kind: 'named', ...countryOf(facts.location) };
    }
    if (isPrivate(address.lanes)) {
      const subnet = subnetOf(address);
      return { key: subnet, label: subnet, kind: 'private', ...countryOf(facts.location) };
    }
    return rememberedPlace(publicPlaces, facts);
  };
}

const privateRanges = rangesOf(PRIVATE_BLOCKS);

/** Whether an address is not routed between organizations. */
export function isPrivate(lanes: IpLanes): boolean {
  return findValue(privateRanges, lanes) !== undefined;
}

function rangesOf(blocks: readonly string[]) {
  const list = createRangeList();
  for (const block of blocks) {
    addPrefix(list, parseCidr(block)!, 0);
  }
  return sealRanges(list);
}

function subnetOf(address: IpAddress): string {
  const bits = address.lanes.length === 1 ? SUBNET_BITS.ipv4 : SUBNET_BITS.ipv6;
  return formatCidr(prefixOf(address.lanes, bits));
}

function rememberedPlace(places: Map<string, Map<number, Place>>, facts: AddressFacts): Place | undefined {
  const { location, autonomousSystem } = facts;
  if (location === undefined && autonomousSystem === undefined) {
    return undefined;
  }
  const countryCode = location?.countryCode ?? '';
  let ofCountry = places.get(countryCode);
  if (ofCountry === undefined) {
    ofCountry = new Map();
    places.set(countryCode, ofCountry);
  }
  const number = autonomousSystem?.number ?? NO_SYSTEM;
  let place = ofCountry.get(number);
  if (place === undefined) {
    place = publicPlace(location, autonomousSystem);
    ofCountry.set(number, place);
  }
  return place;
}

function publicPlace(location: Location | undefined, system: AutonomousSystem | undefined): Place {
  const number = system === undefined ? [] : [`AS${system.number}`];
  const network = system === undefined ? [] : [`AS${system.number} ${system.organization}`.trimEnd()];
  return {
    key: [...(location === undefined ? [] : [location.countryCode]), ...number].join('/'),
    label: [...(location === undefined ? [] : [location.countryName]), ...network].join(', '),
    kind: 'public',
    ...countryOf(location),
  };
}

function countryOf(location: Location | undefined): Pick<Place, 'countryCode' | 'countryName'> {
  return location === undefined ? {} : { countryCode: location.countryCode, countryName: location.countryName };
}
