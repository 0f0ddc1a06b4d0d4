import { FamiliarValues } from '../../baselines/familiar-values.ts';
import type { Habits } from '../../baselines/habits.ts';
import { UsualHours } from '../../baselines/usual-hours.ts';
import type { Activity } from '../../model/activity.ts';
import { Families } from '../application-families.ts';
import type { Holder } from '../detector.ts';

const MEMORY_DAYS = 60;
/** Hours in which somebody was active, of which fewer do not tell when it is not. */
const MIN_HOURS = 10;
/** Nobody works here and, within this time, in another country. */
const JOURNEY_MS = 2 * 3_600_000;

/** With what, and at which hours, each principal works. Plain data, about 100 bytes for each. */
export interface Routines {
  hours: UsualHours;
  applications: FamiliarValues;
  families: Families;
}

export const ROUTINE_CLASSES = { Families };

export function createRoutines(): Routines {
  return { hours: new UsualHours(), applications: new FamiliarValues(MEMORY_DAYS), families: new Families() };
}

/** Notes who is at work and with what: of each principal once an hour. One that has no habits (any longer) begins anew. */
export function noteRoutine({ hours, applications, families }: Routines, access: Activity, habits: Habits): void {
  const { principal, time } = access;
  if (!hours.note(principal, time)) {
    return;
  }
  if (habits.firstTimeOf(principal) === undefined) {
    hours.forget(principal);
    hours.note(principal, time);
  }
  applications.meet(principal, families.numberOf(access), time);
}

/** Whether somebody comes with another client than ever, as far as is remembered: of too many, some are forgotten. */
export function isStrangeClient(routines: Routines, access: Activity): boolean {
  const { applications, families } = routines;
  return !isUsualClient(routines, access) && applications.hasOther(access.principal, families.numberOf(access));
}

/** Whether somebody comes with a usual client. */
function isUsualClient({ hours, applications, families }: Routines, access: Activity): boolean {
  const { principal, time } = access;
  const since = hours.firstTimeOf(principal) ?? time;
  return applications.isFamiliar(principal, families.numberOf(access), time, since);
}

/** Whether somebody comes at an hour at which nothing was ever seen of it; of few hours that tells nothing. */
export function isOffHours({ hours }: Routines, { principal, time }: Activity): boolean {
  return hours.countOf(principal) >= MIN_HOURS && hours.isUnusual(principal, time);
}

/** Whether somebody comes with a usual client and at a usual hour. */
export function isAsUsual(routines: Routines, access: Activity): boolean {
  return !routines.hours.isUnusual(access.principal, access.time) && isUsualClient(routines, access);
}

/** Whether somebody comes with a usual client, at a usual hour, and was not elsewhere just now. */
export function isRoutine(routines: Routines, access: Activity, habits: Habits): boolean {
  const { principal, place, time, directory } = access;
  if (!isAsUsual(routines, access)) {
    return false;
  }
  const here = directory.place(place).countryCode;
  return habits
    .habitsOf(principal, time)
    .every(({ value, lastTime }) => time - lastTime > JOURNEY_MS || directory.place(value).countryCode === here);
}

/** A client with which somebody came from an unusual place teaches nothing while it is new. */
export function forgetRoutine(routines: Routines, access: Activity): void {
  if (!isUsualClient(routines, access)) {
    routines.applications.forget(access.principal, routines.families.numberOf(access));
  }
}

export function holdRoutines({ hours, applications, families }: Routines, habits: Habits, holder: Holder): void {
  families.forgetIds(); // ids that nobody holds are given to others
  applications.forEach((principal) => {
    holder.principal(principal);
  });
  hours.forEachScope((principal) => {
    if (habits.firstTimeOf(principal) === undefined) {
      hours.forget(principal);
    }
  });
}
