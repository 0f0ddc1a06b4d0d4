import type { Activity, KeptRecord } from '../../model/activity.ts';
import type { AddressFacts } from '../../model/address-facts.ts';
import type { Resource } from '../../model/resource.ts';

/** Raw records shown: the first forged entries, each with the lines that opened its session. */
const MAX_RECORDS = 8;

/** Who forges, and what is known of it so far. */
export interface Forger {
  key: string;
  resource: Resource;
  /** Undefined where neither the entry nor its session tells where it came from. */
  address: AddressFacts | undefined;
  firstTime: number;
  lastTime: number;
  /** Forged entries. */
  count: number;
  /** Of which a finding has told. */
  told: number;
  records: KeptRecord[];
  isLate: boolean;
}

/** One source is one matter; so are all entries of which nobody knows where they came from. */
export function forgerKey({ address, directory }: Activity): string {
  return address === 0 ? 'unknown' : `from|${directory.address(address).address}`;
}

export function createForger(key: string, { address, directory, time }: Activity, resource: Resource): Forger {
  return {
    key,
    resource,
    address: address === 0 ? undefined : directory.address(address),
    firstTime: time,
    lastTime: time,
    count: 0,
    told: 0,
    records: [],
    isLate: false,
  };
}

/** Adds one more; true when its record is among those that are shown. */
export function addForgery(forger: Forger, activity: Activity): boolean {
  forger.count++;
  forger.firstTime = Math.min(forger.firstTime, activity.time);
  forger.lastTime = Math.max(forger.lastTime, activity.time);
  forger.isLate ||= activity.isLate;
  if (forger.records.length >= MAX_RECORDS) {
    return false;
  }
  forger.records = [...forger.records, ...activity.keep()].slice(0, MAX_RECORDS);
  return true;
}
