import { z } from 'zod';
import type { Judgement } from '../../baselines/habit-judgement.ts';
import { Habits } from '../../baselines/habits.ts';
import { learnedHabits } from '../../baselines/learned-habits.ts';
import { reviseHours } from '../../baselines/learned-hours.ts';
import { BASELINE_CLASSES } from '../../baselines/state-classes.ts';
import { type Activity, ActivityClass, type Id } from '../../model/activity.ts';
import type { Place } from '../../model/address-facts.ts';
import { defineDetector } from '../detector.ts';
import { isHandTool } from '../hand-tools.ts';
import { type Sensitivity, sensitivity } from '../sensitivity.ts';
import { succeedKey } from '../successor-key.ts';
import { isTrusted } from '../trusted.ts';
import { areNear } from './continents.ts';
import { Countries, surpriseAbroad } from './countries.ts';
import { findingOf, MEMORY_DAYS, type Variant } from './finding-of.ts';
import { isInItsNetwork, isWithinItsNetwork } from './own-network.ts';
import {
  createRoutines,
  forgetRoutine,
  holdRoutines,
  isAsUsual,
  isRoutine,
  noteRoutine,
  ROUTINE_CLASSES,
  type Routines,
} from './routines.ts';

/** Added to the threshold where only the network is new, not the country: programs seldom change it, people often do. */
const SAME_COUNTRY_NATS = { steady: 1, others: 2 };
/** So many others have been told to come from a place that it is a move of many; before that, it may become one. */
const MOVE = 2;
/**
 * Added where all else is as always, among people of whom it is known how often they come from elsewhere. By Bayes it
 * would be 2: the usual hour, client and whereabouts are seen of one intruder in eight, and of nearly all travellers.
 * Of journeys four in five lead to another country of the continent, of intruders hardly more than one in three.
 */
const ROUTINE_NATS = { near: 1.7, far: 0.9 };
/** Added where the place is usual for others on this resource. */
const PEERS_NATS = 2;
/** From so many places of others in a country on, people live there who work here: somebody's first evening at home is no news. */
const COUNTRY_PEERS = 3;
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

interface State {
  /** Places (values) by principal (scope). */
  habits: Habits;
  /** The keys of alerts by principal and place: a reported place may be used a million times. May lose any entry. */
  reported: Map<Id, Map<Id, string>>;
  routines: Routines;
  /** Countries by principal. Kept since 0.1. */
  countries?: Countries;
}

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
  stateClasses: { ...BASELINE_CLASSES, ...ROUTINE_CLASSES, Countries },
  createState: (): State => ({
    habits: new Habits(MEMORY_DAYS),
    reported: new Map(),
    routines: createRoutines(),
    countries: new Countries(),
  }),

  evaluate(access, state, options, report, resource) {
    const { principal, place, time } = access;
    const { habits } = state;
    if (principal === 0 || place === 0) {
      return;
    }
    succeedKey(access, habits);
    state.countries ??= new Countries();
    if (noteRoutine(state.routines, access, habits)) {
      state.countries.use(access);
    }
    if (habits.use(principal, place, time)) {
      return;
    }
    const known = state.reported.get(principal)?.get(place);
    if (known !== undefined && report.again(known, time)) {
      habits.suspect(principal, place, time);
      state.countries.suspect(access);
      return;
    }
    if (habits.isLearning(principal, time) || isTrusted(access)) {
      habits.learn(principal, place, time);
      state.countries.learn(access);
      return;
    }
    const judged = habits.judge(principal, place, time);
    const dedupKey = dedupKeyOf(access);
    if (!report.again(dedupKey, time) && judged.suspected !== 'recent') {
      const news = newsOf(access, habits);
      const abroad =
        news.variant === 'new country' ? surpriseAbroad(access, state.countries, state.routines, habits) : 0;
      const judgement = { ...judged, surprise: Math.max(judged.surprise, abroad) };
      const isHomely = news.isKnownCountry || (!judgement.isSteady && isCountryOfOthers(access, habits));
      const threshold = thresholdOf(options, isHomely, judgement);
      const others = habits.othersSuspected(principal, place, time);
      const isNearby = isInItsNetwork(access, usualPlaces(access, habits)) && isAsUsual(state.routines, access);
      const isNote = isNearby || isHarmless(access, state, judgement, threshold, others);
      const verdict = { variant: news.variant, judgement, threshold, dedupKey, isNote, others };
      const isAtHome = judgement.isSteady && isWithinItsNetwork(access, usualPlaces(access, habits));
      const isUnusual = judgement.surprise >= threshold && others < MOVE && !isAtHome;
      if (!isUnusual && judgement.suspected !== 'no') {
        return; // nobody has said that it is usual
      }
      const isTold = isUnusual && report.finding(findingOf(access, habits, verdict, resource));
      if (!isTold || isNearby) {
        habits.learn(principal, place, time, isAtHome || isNearby ? 0 : 1); // usual enough, or expected by somebody
        state.countries.learn(access);
        return;
      }
    }
    habits.suspect(principal, place, time);
    state.countries.suspect(access);
    forgetRoutine(state.routines, access);
    remember(state.reported, access, dedupKey);
  },

  learned: ({ habits }, directory, time) =>
    learnedHabits(habits, 'place', time, {
      principal: (id) => directory.principal(id),
      value: (id) => directory.place(id).label,
    }),

  accept({ habits }, key, directory, time) {
    habits.accept((id, place) => `${directory.principal(id)}|${directory.place(place).key}` === key, time);
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

  hold({ habits, reported, routines, countries }, holder) {
    reported.clear(); // ids that nobody holds are given to others
    holdRoutines(routines, habits, holder);
    habits.forEachScope((principal) => holder.principal(principal));
    countries?.hold(holder);
  },
});

function newsOf(access: Activity, habits: Habits): { variant: Variant; isKnownCountry: boolean } {
  const { kind, countryCode } = access.directory.place(access.place);
  if (countryCode === undefined) {
    return { variant: kind === 'private' ? 'new private network' : 'new network', isKnownCountry: false };
  }
  const isKnownCountry = usualPlaces(access, habits).some((known) => known.countryCode === countryCode);
  return { variant: isKnownCountry ? 'new network' : 'new country', isKnownCountry };
}

/** Whether others on this resource have come from the country for a week or longer. */
function isCountryOfOthers({ place, time, directory }: Activity, habits: Habits): boolean {
  const { countryCode } = directory.place(place);
  const isThere = (value: number) => directory.place(value).countryCode === countryCode;
  return countryCode !== undefined && habits.peersOf(isThere, time) >= COUNTRY_PEERS;
}

function usualPlaces({ principal, time, directory }: Activity, habits: Habits): Place[] {
  return habits.habitsOf(principal, time).map(({ value }) => directory.place(value));
}

function thresholdOf(
  options: z.output<typeof settings>,
  isKnownCountry: boolean,
  { peers, isSteady }: Judgement,
): number {
  const base = options.surpriseNats + THRESHOLD_SHIFT[options.sensitivity];
  return base + (isKnownCountry ? SAME_COUNTRY_NATS[isSteady ? 'steady' : 'others'] : 0) + (peers > 0 ? PEERS_NATS : 0);
}

/**
 * Whether an unusual place of a person is worth no more than a note: nothing else is unusual, so that it looks like a
 * journey; or somebody else was told to come from there this week, so that it looks like a VPN that moves.
 */
function isHarmless(
  access: Activity,
  { habits, routines }: State,
  { surprise, isSteady, isPooled }: Judgement,
  threshold: number,
  others: number,
): boolean {
  if (isSteady) {
    return isByHandAtHome(access, habits); // programs do not travel
  }
  const routineNats = ROUTINE_NATS[isOnItsContinent(access, habits) ? 'near' : 'far'];
  const isJourney = isPooled && surprise < threshold + routineNats && isRoutine(routines, access, habits);
  return isJourney || others > 0;
}

/** Staff on call open the database by the credential of a program from where they live: that is told by the client. */
function isByHandAtHome(access: Activity, habits: Habits): boolean {
  const { application, engine, directory } = access;
  const isByHand = engine === 'postgresql' && isHandTool(directory.application(application));
  return isByHand && isCountryOfOthers(access, habits);
}

function isOnItsContinent(access: Activity, habits: Habits): boolean {
  const { countryCode = '' } = access.directory.place(access.place);
  return usualPlaces(access, habits).some((known) => areNear(known.countryCode ?? '', countryCode));
}

function dedupKeyOf({ principal, place, directory }: Activity): string {
  return `${directory.principal(principal)}|${directory.place(place).key}`;
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
