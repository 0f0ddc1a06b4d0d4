import { parseCidr } from '../../lib/ip.ts';
import { UserError } from '../../lib/user-error.ts';
import type { Location, NamedNetwork } from '../../model/address-facts.ts';
import type { NetworkSettings } from '../../model/network-settings.ts';
import { countryCodeOf, countryNameOf } from '../country.ts';
import type { Enricher } from '../enricher.ts';
import { addPrefix, createRangeList, findValue, type IpRanges, sealRanges } from '../ip-ranges.ts';

interface NamedNetworkTables {
  /** Ranges to positions in `networks`. */
  ranges: IpRanges;
  networks: { named: NamedNetwork; location: Location | undefined }[];
}

/** Networks that the operator named. Of several that hold an address, the most specific block counts. */
export const namedNetwork: Enricher<NamedNetworkTables> = {
  id: 'named-network',

  async load(settings) {
    return { tables: tablesOf(settings.networks), attributions: [] };
  },

  openGroups:
    ({ ranges }) =>
    (lanes) =>
      findValue(ranges, lanes) === undefined ? 0 : -1,

  open({ ranges, networks }) {
    return (address, facts) => {
      const position = findValue(ranges, address.lanes);
      if (position === undefined) {
        return;
      }
      const { named, location } = networks[position];
      facts.namedNetwork = named;
      if (location !== undefined) {
        facts.location = location;
      }
    };
  },
};

function tablesOf(networks: readonly NetworkSettings[]): NamedNetworkTables {
  const list = createRangeList();
  const ownerOf = new Map<string, string>();
  for (const [position, network] of networks.entries()) {
    for (const text of network.cidr) {
      const prefix = parseCidr(text);
      if (prefix === undefined) {
        throw new UserError(
          `network "${network.name}": "${text}" is not a CIDR block; write it like 10.20.0.0/16 or 2001:db8::/32`,
        );
      }
      const block = `${prefix.lanes.join()}/${prefix.bits}`;
      const owner = ownerOf.get(block);
      if (owner !== undefined && owner !== network.name) {
        throw new UserError(`networks "${owner}" and "${network.name}" both list ${text}; keep it in one of them`);
      }
      ownerOf.set(block, network.name);
      addPrefix(list, prefix, position);
    }
  }
  return {
    ranges: sealRanges(list),
    networks: networks.map((network) => ({
      named: { name: network.name, trusted: network.trusted ?? false },
      location: locationOf(network),
    })),
  };
}

function locationOf({ name, location }: NetworkSettings): Location | undefined {
  if (location === undefined) {
    return undefined;
  }
  const countryCode = countryCodeOf(location.country);
  if (countryCode === undefined) {
    throw new UserError(
      `network "${name}": "${location.country}" is not a country code; write the two letters of ISO 3166-1, like DE`,
    );
  }
  return {
    countryCode,
    countryName: countryNameOf(countryCode),
    ...(location.city !== undefined && { city: location.city }),
    ...(location.lat !== undefined && { latitude: location.lat }),
    ...(location.lon !== undefined && { longitude: location.lon }),
  };
}
