import type { FamiliarValues } from '../../baselines/familiar-values.ts';
import type { Habit } from '../../baselines/habit-list.ts';
import type { Activity, Id } from '../../model/activity.ts';
import { type Families, NO_NAME } from '../application-families.ts';
import type { Holder } from '../detector.ts';
import { isHandTool } from '../hand-tools.ts';

/** Scopes: addresses, and private or named places, from which people use tools of people. */
const ADDRESSES = 1;
const PLACES = 2;
/** Whatever is to be familiar must be so for a week: nothing is taken over from the first days. */
const FROM_THE_START = 0;

/** Whether a principal uses nothing but tools of people, as a program does not. */
export function isOfPeople(habits: readonly Habit[], families: Families): boolean {
  return habits.every(({ value }) => value === NO_NAME || isHandTool(families.nameOf(value)));
}

export function notePeople(people: FamiliarValues, { address, place, time }: Activity): void {
  people.meet(ADDRESSES, address, time);
  if (place !== 0) {
    people.meet(PLACES, place, time);
  }
}

/**
 * Whether people have used their tools from there for a week. Outside it is the address that counts, since a provider
 * has many customers; and where programs live, too.
 */
export function isWherePeopleWork(
  people: FamiliarValues | undefined,
  { address, place, time, directory }: Activity,
  isOfProgram: boolean,
): boolean {
  const isWhole = place !== 0 && !isOfProgram && directory.place(place).kind !== 'public';
  return (
    people !== undefined &&
    address !== 0 &&
    (people.isFamiliar(ADDRESSES, address, time, FROM_THE_START) ||
      (isWhole && people.isFamiliar(PLACES, place, time, FROM_THE_START)))
  );
}

export function holdPeople(people: FamiliarValues | undefined, holder: Holder): void {
  people?.forEach((scope: number, address: Id) => {
    if (scope === ADDRESSES) {
      holder.address(address);
    }
  });
}
