import { LastUses } from '../../baselines/last-uses.ts';
import { type Activity, ActivityClass, type Id } from '../../model/activity.ts';
import { Families } from '../application-families.ts';
import type { Holder } from '../detector.ts';

const MEMORY_DAYS = 60;
/** Requests of which one is learned even where place and address are known: looking up applications takes time. */
const SAMPLE = 16;

/** What of an access is usual on the resource, whoever uses it. */
export interface Usual {
  address: boolean;
  /** True, too, where nothing is known about the address. */
  place: boolean;
  application: boolean;
}

/** From where, and with what, the principals that are known use the resource. */
export interface Surroundings {
  addresses: LastUses;
  places: LastUses;
  /** By family: whoever joins brings another version, or the name of another script. */
  applications: LastUses;
  /** Absent in states of 0.1, which knew applications by their whole names. */
  families?: Families;
  /** Requests until the next one that is learned in any case. */
  untilSample: number;
}

export function createSurroundings(): Surroundings {
  return {
    addresses: new LastUses(MEMORY_DAYS),
    places: new LastUses(MEMORY_DAYS),
    applications: new LastUses(MEMORY_DAYS),
    families: new Families(),
    untilSample: 1,
  };
}

/** Learns from an access of a principal that is known. */
export function learnSurroundings(surroundings: Surroundings, access: Activity): void {
  const { address, place, time } = access;
  const isAddressKnown = meetOrLearn(surroundings.addresses, address, time);
  const isPlaceKnown = meetOrLearn(surroundings.places, place, time);
  const isPlain = isAddressKnown && isPlaceKnown;
  if (isPlain && access.class === ActivityClass.dataAccess && --surroundings.untilSample > 0) {
    return;
  }
  surroundings.untilSample = SAMPLE;
  const family = familiesOf(surroundings).numberOf(access);
  meetOrLearn(surroundings.applications, family, time);
}

function familiesOf(surroundings: Surroundings): Families {
  if (surroundings.families === undefined) {
    surroundings.families = new Families();
    surroundings.applications = new LastUses(MEMORY_DAYS);
  }
  return surroundings.families;
}

/** True when it was known. */
function meetOrLearn(known: LastUses, id: Id, time: number): boolean {
  if (known.meet(id, time)) {
    return true;
  }
  known.learn(id, time);
  return false;
}

export function usualOf(surroundings: Surroundings, access: Activity): Usual {
  const family = familiesOf(surroundings).numberOf(access);
  const { addresses, places, applications } = surroundings;
  const { address, place, time } = access;
  return {
    address: addresses.isKnown(address, time),
    place: place === 0 || places.isKnown(place, time),
    application: applications.isKnown(family, time),
  };
}

export function holdSurroundings({ addresses, families }: Surroundings, holder: Holder): void {
  addresses.forEach((address) => {
    holder.address(address);
  });
  families?.forgetIds(); // ids that nobody holds are given to others
}
