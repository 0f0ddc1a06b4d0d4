import { Acquaintances } from '../../baselines/acquaintances.ts';
import type { Habit } from '../../baselines/habit-list.ts';
import { Habits } from '../../baselines/habits.ts';
import type { Activity, Directory, Id } from '../../model/activity.ts';
import { Families, NO_NAME } from '../application-families.ts';
import type { Holder } from '../detector.ts';

/** Days for which an application, a place or an address stays usual after its last use. */
export const MEMORY_DAYS = 60;
/** Stands for everybody beside an address. */
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
  };
}

/** Notes what of an access is usual; undefined when all of it is. */
export function meet({ families, applications, places, addresses }: Customs, access: Activity): Custom | undefined {
  const { principal, address, place, time } = access;
  const family = families.numberOf(access);
  const isClient = address !== 0 && access.engine === 'postgresql';
  if (isClient) {
    addresses.meet(ANYBODY, address, time);
  }
  const isUsualApplication = applications.use(principal, family, time);
  const isUsualPlace = place === 0 || places.use(principal, place, time);
  const isUsualAddress = !isClient || addresses.meet(principal, address, time);
  return isUsualApplication && isUsualPlace && isUsualAddress
    ? undefined
    : { family, isUsualApplication, isUsualPlace, isUsualAddress };
}

/** Makes usual what was not. */
export function learn({ applications, places, addresses }: Customs, access: Activity, custom: Custom): void {
  const { principal, address, place, time } = access;
  if (!custom.isUsualApplication) {
    applications.learn(principal, custom.family, time);
  }
  if (!custom.isUsualPlace) {
    places.learn(principal, place, time);
  }
  if (!custom.isUsualAddress) {
    addresses.learn(principal, address, time);
    addresses.learn(ANYBODY, address, time);
  }
}

/** The key of an alert about a principal that comes through another application than its own. */
export function clientKey(principal: string, family: string): string {
  return `client|${principal}|${family}`;
}

/** Somebody accepted an alert: what it was about is usual. False where it was about no such thing, as probes are not. */
export function acceptClient(
  { applications, families }: Customs,
  key: string,
  directory: Directory,
  time: number,
): boolean {
  const accepted: { principal: Id; family: number }[] = [];
  applications.forEachScope((principal) => {
    const beginning = clientKey(directory.principal(principal), '');
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

/** Whether anybody has logged in from an address. */
export function isKnownAddress({ addresses }: Customs, { address, time }: Activity): boolean {
  return addresses.isKnown(ANYBODY, address, time);
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

export function holdCustoms({ families, applications, places, addresses }: Customs, holder: Holder): void {
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
}
