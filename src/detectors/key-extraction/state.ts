import { Habits } from '../../baselines/habits.ts';
import { LastUses } from '../../baselines/last-uses.ts';
import { Members } from '../../baselines/members.ts';
import type { Activity } from '../../model/activity.ts';
import type { Holder } from '../detector.ts';
import type { Extraction } from './extraction.ts';

/** How long a caller is remembered, in days. */
export const CALLER_DAYS = 180;
const MEMORY_DAYS = 60;

export interface State {
  /** Who lists keys; the account is watched from its first request on. */
  callers: Members;
  /** Places (values) of each caller (scope). */
  placesOfCallers: Habits;
  /** From where the account is used. */
  addresses: LastUses;
  places: LastUses;
  followed: Extraction[];
}

export function createState(): State {
  return {
    callers: new Members(CALLER_DAYS),
    placesOfCallers: new Habits(MEMORY_DAYS),
    addresses: new LastUses(MEMORY_DAYS),
    places: new LastUses(MEMORY_DAYS),
    followed: [],
  };
}

export function holdState({ callers, placesOfCallers, addresses }: State, holder: Holder): void {
  callers.forEachMember((caller) => holder.principal(caller));
  placesOfCallers.forEachScope((caller) => holder.principal(caller));
  addresses.forEach((address) => {
    holder.address(address);
  });
}

/** A place is usual where the account is used from, or where known callers are; one that is not known is never unusual. */
export function isUsualPlace({ directory, address, place, time }: Activity, { places }: State): boolean {
  return place === 0 || places.isKnown(place, time) || directory.address(address).namedNetwork?.trusted === true;
}

/** Whether the account is used, or its keys were listed, from the country; one that is not known is new. */
export function isUsualCountry({ directory, place, time }: Activity, { places }: State): boolean {
  const { countryCode } = directory.place(place);
  let isUsual = false;
  places.forEach((known) => {
    isUsual ||= directory.place(known).countryCode === countryCode && places.isKnown(known, time);
  });
  return countryCode !== undefined && isUsual;
}
