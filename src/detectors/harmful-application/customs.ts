import { Acquaintances } from '../../baselines/acquaintances.ts';
import { FamiliarValues } from '../../baselines/familiar-values.ts';
import type { Habit } from '../../baselines/habit-list.ts';
import { Habits } from '../../baselines/habits.ts';
import type { Activity, Directory, Id } from '../../model/activity.ts';
import { Families, NO_NAME } from '../application-families.ts';
import type { Holder } from '../detector.ts';
import { isHandTool } from '../hand-tools.ts';
import { succeedKey } from '../successor-key.ts';
import { Callers } from './callers.ts';
import { holdPeople, isOfPeople, notePeople } from './people.ts';
import { isPsqlOf } from './psql-programs.ts';

/** Days for which an application, a place or an address stays usual after its last use. */
export const MEMORY_DAYS = 60;
/** Stood for everybody beside an address in states of 0.1, which had no callers. */
const ANYBODY = 0;

/** Through which applications principals come, and from where. */
export interface Customs {
  families: Families;
  /** Families (values) by principal (scope). */
  applications: Habits;
  /** Places (values) by principal (scope). */
  places: Habits;
  /** Principals and addresses that logged in. PostgreSQL only: the clients of an account are too many to matter. */
  addresses: Acquaintances;
  /** The same of anybody. */
  callers: Callers;
  /** From where people use their tools. PostgreSQL only; absent in states of 0.1. */
  people?: FamiliarValues;
}

/** What is known of an access before it is learned. */
export interface Custom {
  family: number;
  isUsualApplication: boolean;
  /** What is not known is not new. */
  isUsualPlace: boolean;
  isUsualAddress: boolean;
}

export function createCustoms(): Customs {
  return {
    families: new Families(),
    applications: new Habits(MEMORY_DAYS),
    places: new Habits(MEMORY_DAYS),
    addresses: new Acquaintances(MEMORY_DAYS),
    callers: new Callers(MEMORY_DAYS),
    people: new FamiliarValues(MEMORY_DAYS),
  };
}

/** Callers, from what states of 0.1 hold. */
export function callersOf({ addresses }: Customs): Callers {
  const callers = new Callers(MEMORY_DAYS);
  const known: [Id, number][] = [];
  addresses.forEach((principal, address, time) => {
    if (principal === ANYBODY) {
      known.push([address, time]);
    }
  });
  for (const [address, time] of known) {
    addresses.forget(ANYBODY, address);
    callers.learn(address, time);
  }
  return callers;
}

/** Notes what of an access is usual; undefined when all of it is. */
export function meet(customs: Customs, access: Activity): Custom | undefined {
  const { families, applications, places, addresses, callers } = customs;
  const { principal, address, time } = access;
  const family = families.numberOf(access);
  succeedKey(access, applications, places);
  const isClient = address !== 0 && access.engine === 'postgresql';
  if (isClient) {
    callers.meet(address, time);
  }
  const isUsualApplication =
    applications.use(principal, family, time) || isPsqlOf(principal, family, families, applications, time);
  if (isUsualApplication && (access.isRepeated === true || (isClient && addresses.isNoted(principal, address, time)))) {
    return undefined; // whoever has been here on this day has noted the place, too
  }
  const { place } = access;
  const isUsualPlace = place === 0 || places.useOfDay(principal, place, time);
  const isUsualAddress = !isClient || addresses.meet(principal, address, time);
  if (isClient && isUsualApplication && isUsualPlace) {
    meetPeople(customs, access, family);
  }
  return isUsualApplication && isUsualPlace && isUsualAddress
    ? undefined
    : { family, isUsualApplication, isUsualPlace, isUsualAddress };
}

function meetPeople(customs: Customs, access: Activity, family: number): void {
  const { families } = customs;
  if (
    isHandTool(families.nameOf(family)) &&
    isOfPeople(habitOf(customs, access.principal, access.time).habits, families)
  ) {
    customs.people ??= new FamiliarValues(MEMORY_DAYS);
    notePeople(customs.people, access);
  }
}

/** Makes usual what was not. */
export function learn({ applications, places, addresses, callers }: Customs, access: Activity, custom: Custom): void {
  const { principal, address, place, time } = access;
  if (!custom.isUsualApplication) {
    applications.learn(principal, custom.family, time);
  }
  if (!custom.isUsualPlace) {
    places.learn(principal, place, time);
  }
  if (!custom.isUsualAddress) {
    addresses.learn(principal, address, time);
    callers.learn(address, time);
  }
}

/** The key of an alert about a principal that comes through another application than its own. */
export function clientKey(principal: string, family: string): string {
  return `client|${principal}|${family}`;
}

/**
 * Somebody accepted an alert: what it was about is usual. False where it was about no such thing, as probes are not.
 *
 * @param others principals that it is about beside the one in its key
 */
export function acceptClient(
  { applications, families }: Customs,
  { key, others }: { key: string; others: ReadonlySet<string> },
  directory: Directory,
  time: number,
): boolean {
  const accepted: { principal: Id; family: number }[] = [];
  applications.forEachScope((principal) => {
    const name = directory.principal(principal);
    const beginning = clientKey(others.has(name) ? '' : name, '');
    const family = key.startsWith(beginning) ? families.find(key.slice(beginning.length)) : undefined;
    if (family !== undefined) {
      accepted.push({ principal, family });
    }
  });
  for (const { principal, family } of accepted) {
    if (!applications.use(principal, family, time)) {
      applications.learn(principal, family, time);
    }
  }
  return accepted.length > 0;
}

/** The applications that are usual for a principal: one, and always a name, is a habit that seldom changes. */
export function habitOf({ applications }: Customs, principal: Id, time: number) {
  const habits: Habit[] = applications.habitsOf(principal, time);
  return {
    habits,
    hasName: habits.length > 0 && habits.every(({ value }) => value !== NO_NAME),
    isSteady: habits.length === 1 && habits[0]!.value !== NO_NAME,
  };
}

/** @param isHeld whether an address is named by others */
export function holdCustoms(customs: Customs, holder: Holder, isHeld: (address: Id) => boolean): void {
  const { families, applications, places, addresses, callers, people } = customs;
  families.forgetIds(); // ids that nobody holds are given to others
  for (const habits of [applications, places]) {
    habits.forEachScope((principal) => holder.principal(principal));
  }
  addresses.forEach((principal, address) => {
    if (principal !== ANYBODY) {
      holder.principal(principal);
    }
    holder.address(address);
  });
  holdPeople(people, holder);
  callers.hold(holder, isHeld);
}
