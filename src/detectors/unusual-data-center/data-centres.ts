import { grown } from '../../lib/pair-table.ts';
import type { Activity } from '../../model/activity.ts';
import type { CloudRegion } from '../../model/address-facts.ts';

/** Stands for every address that is in no known cloud: an office, a home, a data centre of one's own. */
export const OUTSIDE = 1;

/** Of an address that has not been looked up. */
const UNKNOWN = 0;
/** Regions told apart; the providers have some two hundred. */
const MAX_REGIONS = 4096;

/** Small numbers for the regions from which accesses come, for the baseline. */
export interface DataCentres {
  /** The number of the region that the address of an activity belongs to; `OUTSIDE` for an address in none. */
  numberOf(activity: Activity): number;
  /** The region of a number; undefined for `OUTSIDE`. */
  region(number: number): CloudRegion | undefined;
  /** Ids of addresses may be given to others from here on. Numbers stay. */
  forgetAddresses(): void;
}

export function createDataCentres(): DataCentres {
  let byAddress = new Int32Array(256);
  const regions: CloudRegion[] = [];
  const numbers = new Map<string, number>();

  function lookUp({ directory, address }: Activity): number {
    const region = directory.address(address).cloudRegion;
    if (region === undefined) {
      return OUTSIDE;
    }
    const key = regionKey(region);
    const known = numbers.get(key);
    if (known !== undefined || numbers.size === MAX_REGIONS) {
      return known ?? OUTSIDE;
    }
    const number = OUTSIDE + regions.push(region);
    numbers.set(key, number);
    return number;
  }

  return {
    numberOf(activity) {
      const { address } = activity;
      if (address >= byAddress.length) {
        byAddress = grown(byAddress, 2 * address);
      }
      if (byAddress[address] === UNKNOWN) {
        byAddress[address] = lookUp(activity);
      }
      return byAddress[address]!;
    },

    region: (number) => regions[number - OUTSIDE - 1],

    forgetAddresses() {
      byAddress.fill(UNKNOWN);
    },
  };
}

/** `Azure/westeurope`. */
export function regionKey({ provider, region }: CloudRegion): string {
  return `${provider}/${region}`;
}

/** `Azure West Europe, Netherlands (westeurope)`, `AWS eu-x-9`. */
export function regionText(region: CloudRegion | undefined): string {
  if (region === undefined) {
    return 'outside the known clouds';
  }
  const { provider, region: id, label } = region;
  return label === id ? `${provider} ${id}` : `${provider} ${label} (${id})`;
}

/** What serves the whole world from no data centre of its own: AWS and Google have such blocks. */
export function isWorldwide({ region }: CloudRegion): boolean {
  return region.toLowerCase() === 'global';
}
