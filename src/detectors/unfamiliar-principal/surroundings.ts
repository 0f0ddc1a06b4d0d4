import { LastUses } from '../../baselines/last-uses.ts';
import { type Activity, ActivityClass, type Id } from '../../model/activity.ts';
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
  applications: LastUses;
  /** Requests until the next one that is learned in any case. */
  untilSample: number;
}

export function createSurroundings(): Surroundings {
  return {
    addresses: new LastUses(MEMORY_DAYS),
    places: new LastUses(MEMORY_DAYS),
    applications: new LastUses(MEMORY_DAYS),
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
  meetOrLearn(surroundings.applications, access.application, time);
}

/** True when it was known. */
function meetOrLearn(known: LastUses, id: Id, time: number): boolean {
  if (known.meet(id, time)) {
    return true;
  }
  known.learn(id, time);
  return false;
}

export function usualOf(
  { addresses, places, applications }: Surroundings,
  { address, place, application, time }: Activity,
): Usual {
  return {
    address: addresses.isKnown(address, time),
    place: place === 0 || places.isKnown(place, time),
    application: applications.isKnown(application, time),
  };
}

export function holdSurroundings({ addresses, applications }: Surroundings, holder: Holder): void {
  addresses.forEach((address) => {
    holder.address(address);
  });
  applications.forEach((application) => {
    holder.application(application);
  });
}
