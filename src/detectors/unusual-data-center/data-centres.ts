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
export class DataCentres {
  /** By address, as far as it was asked for. */
  private byAddress = new Int32Array(0);
  private readonly regions: CloudRegion[] = [];
  private readonly numbers = new Map<string, number>();

  /** The number of the region that the address of an activity belongs to; `OUTSIDE` for an address in none. */
  numberOf(activity: Activity): number {
    const { address } = activity;
    if (address >= this.byAddress.length) {
      this.byAddress = grown(this.byAddress, 2 * (address + 1));
    }
    if (this.byAddress[address] === UNKNOWN) {
      this.byAddress[address] = this.lookUp(activity);
    }
    return this.byAddress[address]!;
  }

  /** The region of a number; undefined for `OUTSIDE`. */
  region(number: number): CloudRegion | undefined {
    return this.regions[number - OUTSIDE - 1];
  }

  /** Ids of addresses may be given to others from here on. Numbers stay. */
  forgetAddresses(): void {
    this.byAddress.fill(UNKNOWN);
  }

  private lookUp({ directory, address }: Activity): number {
    const region = directory.address(address).cloudRegion;
    if (region === undefined) {
      return OUTSIDE;
    }
    const key = regionKey(region);
    const known = this.numbers.get(key);
    if (known !== undefined || this.numbers.size === MAX_REGIONS) {
      return known ?? OUTSIDE;
    }
    const number = OUTSIDE + this.regions.push(region);
    this.numbers.set(key, number);
    return number;
  }
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
