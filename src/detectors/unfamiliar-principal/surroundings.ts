import { LastUses } from '../../baselines/last-uses.ts';
import { UsualHours } from '../../baselines/usual-hours.ts';
import type { Activity, Id } from '../../model/activity.ts';
import { Families } from '../application-families.ts';
import type { Holder } from '../detector.ts';
import { isInCountryOf, isNeighbour } from './neighbours.ts';

const MEMORY_DAYS = 60;
/** The hours of people are kept as those of one scope. */
const PEOPLE = 1;

/** What of an access is usual on the resource, whoever uses it. */
export interface Usual {
  address: boolean;
  /** True, too, where nothing is known about the address. */
  place: boolean;
  /** The place is new, but several like it are usual: other subnets of the network, other providers of the country. */
  isNearby: boolean;
  application: boolean;
  /** Undefined for programs. `here`: from there, or at home in a country from which others work. */
  people?: { here: boolean; now: boolean };
}

/** From where, and with what, the principals that are known use the resource. */
export interface Surroundings {
  addresses: LastUses;
  places: LastUses;
  /** By family: whoever joins brings another version, or the name of another script. */
  applications: LastUses;
  /** Absent in states of 0.1, which knew applications by their whole names. */
  families?: Families;
  /** Where and when tools of people are used. Absent in states of 0.1. */
  people?: People;
}

interface People {
  addresses: LastUses;
  places: LastUses;
  hours: UsualHours;
}

export function createSurroundings(): Surroundings {
  return {
    addresses: new LastUses(MEMORY_DAYS),
    places: new LastUses(MEMORY_DAYS),
    applications: new LastUses(MEMORY_DAYS),
    families: new Families(),
    people: createPeople(),
  };
}

function createPeople(): People {
  return { addresses: new LastUses(MEMORY_DAYS), places: new LastUses(MEMORY_DAYS), hours: new UsualHours() };
}

/** Learns from an access of a principal that is known. */
export function learnSurroundings(surroundings: Surroundings, access: Activity): void {
  const families = familiesOf(surroundings);
  const family = families.numberOf(access);
  if (access.isRepeated !== true) {
    const { address, place, time } = access;
    meetOrLearn(surroundings.addresses, address, time);
    meetOrLearn(surroundings.places, place, time);
    meetOrLearn(surroundings.applications, family, time);
  }
  if (families.isToolOfPeople(family)) {
    surroundings.people ??= createPeople();
    learnPeople(surroundings.people, access);
  }
}

function learnPeople({ addresses, places, hours }: People, { address, place, time }: Activity): void {
  meetOrLearn(addresses, address, time);
  meetOrLearn(places, place, time);
  hours.note(PEOPLE, time);
}

function familiesOf(surroundings: Surroundings): Families {
  if (surroundings.families === undefined) {
    surroundings.families = new Families();
    surroundings.applications = new LastUses(MEMORY_DAYS);
  }
  return surroundings.families;
}

function meetOrLearn(known: LastUses, id: Id, time: number): void {
  if (!known.meet(id, time)) {
    known.learn(id, time);
  }
}

export function usualOf(surroundings: Surroundings, access: Activity): Usual {
  const families = familiesOf(surroundings);
  const family = families.numberOf(access);
  const { addresses, places, applications } = surroundings;
  const { address, place, time } = access;
  const isUsualPlace = place === 0 || places.isKnown(place, time);
  const people = families.isToolOfPeople(family) ? (surroundings.people ?? createPeople()) : undefined;
  const isAtHome = people !== undefined && isInCountryOf(access, people.places);
  return {
    address: addresses.isKnown(address, time),
    place: isUsualPlace,
    isNearby: !isUsualPlace && (isAtHome || isNeighbour(access, places)),
    application: applications.isKnown(family, time),
    ...(people !== undefined && { people: peopleAt(people, access, isAtHome) }),
  };
}

/** Whether people are usual there, and at that time of the day. */
function peopleAt(
  { addresses, places, hours }: People,
  { address, place, time }: Activity,
  isAtHome: boolean,
): { here: boolean; now: boolean } {
  return {
    here: isAtHome || addresses.isKnown(address, time) || places.isKnown(place, time),
    now: !hours.isUnusual(PEOPLE, time),
  };
}

export function holdSurroundings({ addresses, families }: Surroundings, holder: Holder): void {
  addresses.forEach((address) => {
    holder.address(address);
  });
  families?.forgetIds(); // ids that nobody holds are given to others
}
