import { z } from 'zod';
import { Habits } from '../../baselines/habits.ts';
import { learnedHabits } from '../../baselines/learned-habits.ts';
import { reviseHours } from '../../baselines/learned-hours.ts';
import { BASELINE_CLASSES } from '../../baselines/state-classes.ts';
import { type Activity, ActivityClass, type Id } from '../../model/activity.ts';
import type { Place } from '../../model/address-facts.ts';
import { defineDetector } from '../detector.ts';
import { networkOf } from '../network-of.ts';
import { type Sensitivity, sensitivity } from '../sensitivity.ts';
import { succeedKey } from '../successor-key.ts';
import { isTrusted } from '../trusted.ts';
import { Clouds } from './clouds.ts';
import { Countries } from './countries.ts';
import { findingOf, MEMORY_DAYS } from './finding-of.ts';
import { createRoutines, forgetRoutine, holdRoutines, noteRoutine, ROUTINE_CLASSES } from './routines.ts';
import { complete, learnPlace, type State } from './state.ts';
import { weigh } from './weigh.ts';

const THRESHOLD_SHIFT: Record<Sensitivity, number> = { low: 0.8, medium: 0, high: -0.8 };
/** Principals whose reported places are at hand. */
const MAX_REPORTED = 4096;

const settings = z.object({
  sensitivity,
  surpriseNats: z
    .number()
    .min(0)
    .default(2.6)
    .describe('Surprise from which a new place is unusual: 2.6 is a place such as is gained on one day in thirteen.'),
});

/**
 * A principal reaches the database from a place from which it never came.
 *
 * Judged against how often this principal gains new places at all. Blind spots: an exit inside a usual place; a
 * principal still learning; an address about which nothing is known.
 */
export const unusualLocation = defineDetector({
  id: 'unusual-location',
  title: 'Access from an unusual location',
  attack: [
    { tactic: 'TA0001', technique: 'T1078' },
    { tactic: 'TA0001', technique: 'T1078.004' },
  ],
  watches: ActivityClass.authentication | ActivityClass.dataAccess,
  settings,
  stateVersion: 3,
  stateClasses: { ...BASELINE_CLASSES, ...ROUTINE_CLASSES, Countries, Clouds },
  createState: (): State => ({
    habits: new Habits(MEMORY_DAYS),
    reported: new Map(),
    routines: createRoutines(),
    countries: new Countries(),
    clouds: new Clouds(),
  }),

  evaluate(access, state, options, report, resource) {
    const { principal, place, time } = access;
    const { habits } = state;
    if (principal === 0 || place === 0) {
      return;
    }
    const whole = complete(state);
    const { countries, clouds } = whole;
    succeedKey(access, habits, clouds.habits);
    const isUsual = habits.use(principal, place, time);
    noteRoutine(state.routines, access, habits);
    if (access.isRepeated !== true) {
      countries.use(access);
      if (isUsual) {
        clouds.learn(access);
      }
    }
    if (isUsual) {
      return;
    }
    const known = state.reported.get(principal)?.get(place) ?? clouds.keyOf(access);
    if (known !== undefined && report.again(known, time)) {
      habits.suspect(principal, place, time);
      countries.suspect(access);
      return;
    }
    if (habits.isLearning(principal, time) || isTrusted(access)) {
      learnPlace(whole, access, clouds.isInItsRegion(access) ? 0 : 1);
      return;
    }
    const judged = habits.judge(principal, place, time);
    const dedupKey = dedupKeyOf(access, judged.isSteady);
    if (!report.again(dedupKey, time) && judged.suspected !== 'recent') {
      const weighed = weigh(access, whole, judged, options.surpriseNats + THRESHOLD_SHIFT[options.sensitivity]);
      if (!weighed.isUnusual && judged.suspected !== 'no') {
        return; // nobody has said that it is usual
      }
      const verdict = { ...weighed, dedupKey };
      const isTold = weighed.isUnusual && report.finding(findingOf(access, habits, verdict, resource));
      if (!isTold || weighed.isNearby) {
        learnPlace(whole, access, weighed.isAtHome ? 0 : 1); // usual enough, or expected by somebody
        return;
      }
    }
    habits.suspect(principal, place, time);
    countries.suspect(access);
    forgetRoutine(state.routines, access);
    remember(state.reported, access, dedupKey);
    clouds.noteReported(access, dedupKey);
  },

  learned: ({ habits }, directory, time) =>
    learnedHabits(habits, 'place', time, {
      principal: (id) => directory.principal(id),
      value: (id) => directory.place(id).label,
    }),

  accept({ habits }, key, directory, time) {
    habits.accept((id, place) => keysOf(directory.principal(id), directory.place(place)).includes(key), time);
    return true;
  },

  revise({ habits, routines }, revision, directory) {
    const { kind, fact } = revision;
    reviseHours(routines.hours, revision, (id) => directory.principal(id));
    if (fact.about === 'place') {
      const fits = (id: Id, place: number) =>
        directory.principal(id) === fact.principal && directory.place(place).label === fact.value;
      habits.revise(kind, fits);
    }
  },

  placeMoved: ({ habits }, from, to) => habits.inherit(from, to),

  hold({ habits, reported, routines, countries, clouds }, holder) {
    reported.clear(); // ids that nobody holds are given to others
    holdRoutines(routines, habits, holder);
    habits.forEachScope((principal) => holder.principal(principal));
    countries?.hold(holder);
    clouds?.hold(holder);
  },
});

/** A program that moves to another private network comes from many of its subnets: that is one matter. */
function dedupKeyOf({ principal, place, directory }: Activity, isProgram: boolean): string {
  const [whole, own] = keysOf(directory.principal(principal), directory.place(place));
  return isProgram ? whole : own;
}

/** The keys under which a place of a principal may have been told: its network's, and its own. */
function keysOf(principal: string, place: Place): [string, string] {
  const own = `${principal}|${place.key}`;
  const network = networkOf(place);
  return [network === undefined ? own : `${principal}|${network}`, own];
}

/** Puts the key of an alert where the next access of the same kind finds it. */
function remember(reported: State['reported'], { principal, place }: Activity, dedupKey: string): void {
  if (reported.size >= MAX_REPORTED) {
    reported.clear();
  }
  const places = reported.get(principal) ?? new Map<Id, string>();
  places.set(place, dedupKey);
  reported.set(principal, places);
}
