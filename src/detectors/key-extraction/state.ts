import { Acquaintances } from '../../baselines/acquaintances.ts';
import { Habits } from '../../baselines/habits.ts';
import { Members } from '../../baselines/members.ts';
import type { Activity } from '../../model/activity.ts';
import type { Holder } from '../detector.ts';
import type { Extraction } from './extraction.ts';

/** How long a caller is remembered, in days. */
export const CALLER_DAYS = 180;
const MEMORY_DAYS = 60;
/** Kinds of what is `known`. */
export const ADDRESS = 1;
export const PLACE = 2;

export interface State {
  /** Who lists keys; the account is watched from its first request on. */
  callers: Members;
  /** Places (values) of each caller (scope). */
  placesOfCallers: Habits;
  /** Addresses and places from which the account is used. */
  known: Acquaintances;
  followed: Extraction[];
}

export function createState(): State {
  return {
    callers: new Members(CALLER_DAYS),
    placesOfCallers: new Habits(MEMORY_DAYS),
    known: new Acquaintances(MEMORY_DAYS),
    followed: [],
  };
}

export function holdState({ callers, placesOfCallers, known }: State, holder: Holder): void {
  callers.forEachMember((caller) => holder.principal(caller));
  placesOfCallers.forEachScope((caller) => holder.principal(caller));
  known.forEach((kind, id) => {
    if (kind === ADDRESS) {
      holder.address(id);
    }
  });
}

/** A place is usual where the account is used from, or where known callers are; one that is not known is never unusual. */
export function isUsualPlace({ directory, address, place, time }: Activity, { known }: State): boolean {
  return place === 0 || known.isKnown(PLACE, place, time) || directory.address(address).namedNetwork?.trusted === true;
}
