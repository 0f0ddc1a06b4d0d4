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
export interface ListedAddresses {
  /** The facts of an address that a list holds and the operator does not trust. */
  factsOf(activity: Activity): AddressFacts | undefined;
  /** Ids may be given to other addresses from here on. */
  forget(): void;
}

export function createListedAddresses(): ListedAddresses {
  let states = new Uint8Array(256);
  const atHand = new Map<Id, AddressFacts>();

  function lookUp(address: Id, { directory }: Activity): AddressFacts | undefined {
    const facts = directory.address(address);
    const isListed = facts.reputation !== undefined && facts.namedNetwork?.trusted !== true;
    states[address] = isListed ? LISTED : CLEAN;
    if (!isListed) {
      return undefined;
    }
    if (atHand.size === MAX_AT_HAND) {
      atHand.clear();
    }
    atHand.set(address, facts);
    return facts;
  }

  return {
    factsOf(activity) {
      const { address } = activity;
      if (address >= states.length) {
        states = grown(states, 2 * address);
      }
      switch (address === 0 ? CLEAN : states[address]) {
        case CLEAN:
          return undefined;
        case NOT_LOOKED_UP:
          return lookUp(address, activity);
        default:
          return atHand.get(address) ?? lookUp(address, activity);
      }
    },

    forget() {
      states.fill(NOT_LOOKED_UP);
      atHand.clear();
    },
  };
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
