import type { Judgement } from '../../baselines/habit-judgement.ts';
import { Habits } from '../../baselines/habits.ts';
import type { Activity } from '../../model/activity.ts';
import type { Holder } from '../detector.ts';
import { MEMORY_DAYS } from './finding-of.ts';
import { isRoutine, type Routines } from './routines.ts';

const LETTERS = 26;
const BEFORE_A = 64;

/** In which countries each principal is, so that it can be told how often it gains one. */
export class Countries {
  private readonly habits = new Habits(MEMORY_DAYS);

  /** Notes that somebody is at work in a country, which counts if it is usual. Once a day is enough. */
  use(access: Activity): void {
    const country = countryOf(access);
    if (country !== 0) {
      this.habits.useOfDay(access.principal, country, access.time);
    }
  }

  /**
   * Notes that a place in a country has become usual.
   *
   * @param weight how much it tells of how often the principal gains countries
   */
  learn(access: Activity, weight: number): void {
    const { principal, time } = access;
    const country = countryOf(access);
    if (country !== 0 && !this.habits.use(principal, country, time)) {
      this.habits.learn(principal, country, time, weight);
    }
  }

  /** Notes that a place in a country was reported: a week later that counts for how often the principal gains others. */
  suspect(access: Activity): void {
    const country = countryOf(access);
    if (country !== 0 && !this.habits.use(access.principal, country, access.time)) {
      this.habits.suspect(access.principal, country, access.time);
    }
  }

  /** How unusual it is that a principal comes from a further country; undefined where it was in none before. */
  judge(access: Activity): Judgement | undefined {
    const { principal, time } = access;
    return this.habits.knows(principal) ? this.habits.judge(principal, countryOf(access), time) : undefined;
  }

  hold(holder: Holder): void {
    this.habits.forEachScope((principal) => holder.principal(principal));
  }
}

/**
 * How unusual a further country is for somebody who does not come as always. Who comes from the office, from home and
 * from a train gains places, but no countries.
 */
export function surpriseAbroad(access: Activity, countries: Countries, routines: Routines, habits: Habits): number {
  return isRoutine(routines, access, habits) ? 0 : (countries.judge(access)?.surprise ?? 0);
}

/** A number for ISO 3166-1 alpha-2; 0 for none. */
function countryOf({ place, directory }: Activity): number {
  const { countryCode = '' } = directory.place(place);
  return countryCode.length === 2
    ? LETTERS * (countryCode.charCodeAt(0) - BEFORE_A) + countryCode.charCodeAt(1) - BEFORE_A
    : 0;
}
