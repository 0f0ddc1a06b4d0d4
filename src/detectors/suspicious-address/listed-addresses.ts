import { grown } from '../../lib/pair-table.ts';
import type { Activity, Id } from '../../model/activity.ts';
import type { AddressFacts, Listing } from '../../model/address-facts.ts';

/** Listed addresses whose facts are at hand. */
const MAX_AT_HAND = 4096;

const NOT_LOOKED_UP = 0;
const CLEAN = 1;
const LISTED = 2;

/** Which entries of lists count. */
export interface ListingRule {
  /** From 0 to 100; entries that tell no confidence always count. */
  minConfidence: number;
  /** Milliseconds for which an entry counts after its end. */
  graceMs: number;
}

/** Which address ids are listed: most are not, and are asked about once. */
export class ListedAddresses {
  private states = new Uint8Array(0);
  private readonly atHand = new Map<Id, AddressFacts>();

  /** The facts of an address that a list holds and the operator does not trust. */
  factsOf(activity: Activity): AddressFacts | undefined {
    const { address } = activity;
    if (address >= this.states.length) {
      this.states = grown(this.states, 2 * (address + 1));
    }
    switch (address === 0 ? CLEAN : this.states[address]) {
      case CLEAN:
        return undefined;
      case NOT_LOOKED_UP:
        return this.lookUp(address, activity);
      default:
        return this.atHand.get(address) ?? this.lookUp(address, activity);
    }
  }

  /** Ids may be given to other addresses from here on. */
  forget(): void {
    this.states.fill(NOT_LOOKED_UP);
    this.atHand.clear();
  }

  private lookUp(address: Id, { directory }: Activity): AddressFacts | undefined {
    const facts = directory.address(address);
    const isListed = facts.reputation !== undefined && facts.namedNetwork?.trusted !== true;
    this.states[address] = isListed ? LISTED : CLEAN;
    if (!isListed) {
      return undefined;
    }
    if (this.atHand.size === MAX_AT_HAND) {
      this.atHand.clear();
    }
    this.atHand.set(address, facts);
    return facts;
  }
}

/** What lists say of an address at a time. */
export function listingsAt({ reputation }: AddressFacts, time: number, rule: ListingRule): readonly Listing[] {
  const { minConfidence, graceMs } = rule;
  return (reputation?.lists ?? []).filter(
    ({ confidence, validUntil }) =>
      (confidence === undefined || confidence >= minConfidence) &&
      (validUntil === undefined || time < validUntil + graceMs),
  );
}
