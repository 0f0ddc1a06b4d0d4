import { Acquaintances } from '../../baselines/acquaintances.ts';
import { type Activity, ActivityClass, type Id } from '../../model/activity.ts';
import type { Holder } from '../detector.ts';

const MEMORY_DAYS = 60;
const ADDRESS = 1;
const PLACE = 2;
const APPLICATION = 3;
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
  known: Acquaintances;
  /** Requests until the next one that is learned in any case. */
  untilSample: number;
}

export function createSurroundings(): Surroundings {
  return { known: new Acquaintances(MEMORY_DAYS), untilSample: 1 };
}

/** Learns from an access of a principal that is known. */
export function learnSurroundings(surroundings: Surroundings, access: Activity): void {
  const { known } = surroundings;
  const { address, place, time } = access;
  const isAddressKnown = meetOrLearn(known, ADDRESS, address, time);
  const isPlaceKnown = meetOrLearn(known, PLACE, place, time);
  const isPlain = isAddressKnown && isPlaceKnown;
  if (isPlain && access.class === ActivityClass.dataAccess && --surroundings.untilSample > 0) {
    return;
  }
  surroundings.untilSample = SAMPLE;
  meetOrLearn(known, APPLICATION, access.application, time);
}

/** True when it was known. */
function meetOrLearn(known: Acquaintances, kind: number, id: Id, time: number): boolean {
  if (known.meet(kind, id, time)) {
    return true;
  }
  known.learn(kind, id, time);
  return false;
}

export function usualOf({ known }: Surroundings, { address, place, application, time }: Activity): Usual {
  return {
    address: known.isKnown(ADDRESS, address, time),
    place: place === 0 || known.isKnown(PLACE, place, time),
    application: known.isKnown(APPLICATION, application, time),
  };
}

export function holdSurroundings({ known }: Surroundings, holder: Holder): void {
  known.forEach((kind, id) => {
    if (kind === ADDRESS) {
      holder.address(id);
    } else if (kind === APPLICATION) {
      holder.application(id);
    }
  });
}
