import type { Habits } from '../../baselines/habits.ts';
import type { Activity, Id } from '../../model/activity.ts';
import { Clouds } from './clouds.ts';
import { Countries } from './countries.ts';
import type { Routines } from './routines.ts';

export interface State {
  /** Places (values) by principal (scope). */
  habits: Habits;
  /** The keys of alerts by principal and place: a reported place may be used a million times. May lose any entry. */
  reported: Map<Id, Map<Id, string>>;
  routines: Routines;
  /** Countries by principal. Kept since 0.1. */
  countries?: Countries;
  /** Regions of clouds by principal. Kept since 0.1. */
  clouds?: Clouds;
}

/** What every state holds from the first access on. */
export type WholeState = Required<State>;

/** Adds what states of earlier versions lack. */
export function complete(state: State): WholeState {
  state.countries ??= new Countries();
  state.clouds ??= new Clouds();
  return state as WholeState;
}

/**
 * Makes a place usual.
 *
 * @param weight how much it tells of how often the principal gains places
 */
export function learnPlace({ habits, countries, clouds }: WholeState, access: Activity, weight = 1): void {
  habits.learn(access.principal, access.place, access.time, weight);
  countries.learn(access, weight);
  clouds.learn(access);
}
