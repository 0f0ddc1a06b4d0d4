import { z } from 'zod';
import { learnedMembers } from '../../baselines/learned-members.ts';
import type { Members } from '../../baselines/members.ts';
import { BASELINE_CLASSES } from '../../baselines/state-classes.ts';
import { type Activity, ActivityClass } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import { habitTable, named } from '../describe.ts';
import { defineDetector, type Report } from '../detector.ts';
import { type Sensitivity, sensitivity } from '../sensitivity.ts';
import { type Extraction, findingOf, type Variant } from './extraction.ts';
import { countAgain, followUse } from './follow-use.ts';
import { operationOf } from './operation-of.ts';
import { CALLER_DAYS, createState, holdState, isUsualCountry, isUsualPlace, type State } from './state.ts';

/** Extractions that are followed at a time. */
const MAX_FOLLOWED = 16;
/** Who begins to list keys mostly comes from where the others do; of intruders many do not. */
const AFAR_NATS = 0.9;
/** People travel at home and change their provider, as `unusual-location` has it. */
const AT_HOME_NATS = 2;
const THRESHOLD_SHIFT: Record<Sensitivity, number> = { low: 0.8, medium: 0, high: -0.8 };
const MAX_CALLERS_TOLD = 12;
/** HTTP statuses from here on are refusals and failures. */
const FIRST_FAILURE = 400;

const settings = z.object({
  sensitivity,
  surpriseNats: z
    .number()
    .min(0)
    .default(2.3)
    .describe('Surprise from which a new caller is unusual: 2.3 is one such as comes on one day in ten.'),
  followHours: z
    .number()
    .min(1)
    .max(24)
    .default(24)
    .describe('Hours after an extraction in which a use of an account key from a new address is counted against it.'),
});
type Settings = z.output<typeof settings>;

/**
 * Somebody who does not do so usually lists or replaces the keys of an account.
 *
 * Judged against who did so before, and followed: are the keys then used from somewhere new? Blind spots: keys read
 * elsewhere (a repository, a vault); key operations of which no Activity Log tells.
 */
export const keyExtraction = defineDetector({
  id: 'key-extraction',
  title: 'Suspicious extraction of account keys',
  attack: [
    { tactic: 'TA0006', technique: 'T1555.006' },
    { tactic: 'TA0003', technique: 'T1098.001' },
  ],
  watches: ActivityClass.keyOperation | ActivityClass.dataAccess,
  settings,
  stateVersion: 3,
  stateClasses: BASELINE_CLASSES,
  createState,

  evaluate(activity, state, options, report, resource) {
    if (activity.class === ActivityClass.dataAccess) {
      state.callers.watch(activity.time);
      followUse(activity, state, options.followHours, report);
    } else if (activity.principal !== 0) {
      judge({ operation: activity, state, options, report, resource });
    }
  },

  hold: holdState,

  learned: ({ callers }, directory, time) => learnedMembers(callers, 'caller', time, (id) => directory.principal(id)),

  revise({ callers }, { kind, fact }, directory) {
    if (fact.about === 'caller') {
      callers.revise(kind, (id) => directory.principal(id) === fact.principal);
    }
  },

  accept({ callers }, key, directory) {
    callers.accept((id) => directory.principal(id) === key || key.startsWith(`${directory.principal(id)}|`));
    return true;
  },

  placeMoved({ placesOfCallers, places }, from, to) {
    placesOfCallers.inherit(from, to);
    places.inherit(from, to);
  },
});

/** An operation with all that it is judged by. */
interface Case {
  operation: Activity;
  state: State;
  options: Settings;
  report: Report;
  resource: Resource;
}

function judge(matter: Case): void {
  const { operation, state, options, report } = matter;
  const { callers, placesOfCallers } = state;
  const { principal, place, time } = operation;
  if (operation.status >= FIRST_FAILURE) {
    judgeRefused(matter);
    return;
  }
  const standing = callers.meet(principal, time, CALLER_DAYS);
  if (standing === 'suspected') {
    judgeSuspected(matter);
    return;
  }
  if (standing !== 'known') {
    const { isLearning, isLearningMembers, surprise } = callers.judge('new', time);
    const isNear = isUsualPlace(operation, state);
    const isKnown = isNear ? !isLearningMembers : !isLearning; // who lists keys is seen seldom
    const isUnusual = isKnown && surprise >= callerThresholdOf(options, isNear);
    const isReported = isUnusual && tell('unfamiliar caller', surprise, matter);
    callers.admit(principal, standing, time, isReported ? 'reported' : 'usual');
    if (isReported) {
      placesOfCallers.suspect(principal, place, time);
      return;
    }
  } else if (!isUsualPlace(operation, state)) {
    const { isLearning, isSteady, surprise } = placesOfCallers.judge(principal, place, time);
    const isAtHome = !isSteady && isUsualCountry(operation, state);
    const isUnusual = !isLearning && surprise >= placeThresholdOf(matter) + (isAtHome ? AT_HOME_NATS : 0);
    if (
      isUnusual &&
      (countAgain(state, dedupKeyOf(operation), time, report) || tell('unusual place', surprise, matter))
    ) {
      return;
    }
  }
  learn(operation, state);
}

/** Who was reported is told again from yet another place abroad; that teaches nothing. */
function judgeSuspected(matter: Case): void {
  const { operation, state, report } = matter;
  const { principal, place, time } = operation;
  const { callers, placesOfCallers } = state;
  if (isUsualPlace(operation, state) || isUsualCountry(operation, state)) {
    countAgain(state, dedupKeyOf(operation), time, report);
    return;
  }
  const { suspected } = placesOfCallers.judge(principal, place, time);
  if (!countAgain(state, placeKeyOf(operation), time, report)) {
    if (suspected === 'recent') {
      countAgain(state, dedupKeyOf(operation), time, report);
    } else {
      tell('unusual place', callers.judge('new', time).surprise, matter, placeKeyOf(operation));
    }
  }
  placesOfCallers.suspect(principal, place, time);
}

/** Who is refused has learned nothing, and teaches nothing. */
function judgeRefused(matter: Case): void {
  const { operation, state, options, report } = matter;
  const { callers } = state;
  const { isLearning, surprise } = callers.judge('new', operation.time);
  const isKnown = callers.member(operation.principal) !== undefined;
  if (isKnown || isLearning || surprise < thresholdOf(options)) {
    return;
  }
  if (!report.again(dedupKeyOf(operation), operation.time)) {
    tell('refused', surprise, matter);
  }
}

function learn({ principal, place, time }: Activity, { placesOfCallers, places }: State): void {
  if (place !== 0) {
    if (!placesOfCallers.use(principal, place, time)) {
      placesOfCallers.learn(principal, place, time);
    }
    places.learn(place, time);
  }
}

/** Reports an operation; false when somebody expects it. */
function tell(variant: Variant, surprise: number, matter: Case, dedupKey = dedupKeyOf(matter.operation)): boolean {
  const { operation, state, options, report, resource } = matter;
  const { directory, time } = operation;
  const { callers, followed } = state;
  const isNear = isUsualPlace(operation, state);
  const extraction: Extraction = {
    resource,
    variant,
    surprise,
    time,
    operation: operationOf(directory.word(operation.operation)),
    caller: directory.principal(operation.principal),
    address: directory.address(operation.address),
    application: directory.application(operation.application),
    isNewPlace: !isNear,
    isNewCountry: !isNear && !isUsualCountry(operation, state),
    watchedSince: callers.firstTime,
    callers: callers.size,
    baseline: baselineOf(operation, callers, resource),
    threshold: variant === 'unfamiliar caller' ? callerThresholdOf(options, isNear) : placeThresholdOf(matter),
    dedupKey,
    rawLines: operation.keep().map((record) => record.show()),
    isLate: operation.isLate,
    count: 1,
    uses: [],
  };
  if (!report.finding(findingOf(extraction))) {
    return false;
  }
  if (variant !== 'refused') {
    followed.push(extraction);
    followed.splice(0, followed.length - MAX_FOLLOWED);
  }
  return true;
}

function baselineOf({ directory }: Activity, callers: Members, resource: Resource): Extraction['baseline'] {
  const habits = callers.latest(MAX_CALLERS_TOLD).map(({ id, ...member }) => ({ value: id, ...member }));
  return habitTable(`Who lists the keys of ${resource.name}`, 'Caller', habits, (id) => named(directory.principal(id)));
}

function thresholdOf({ surpriseNats, sensitivity: level }: Settings): number {
  return surpriseNats + THRESHOLD_SHIFT[level];
}

function callerThresholdOf(options: Settings, isNear: boolean): number {
  return thresholdOf(options) - (isNear ? 0 : AFAR_NATS);
}

/** One from where nobody of the account ever was is as odd as a stranger from afar. A cloud's machines are anywhere. */
function placeThresholdOf({ operation, state, options }: Case): number {
  const { place, cloudRegion } = operation.directory.address(operation.address);
  const isPublic = place?.countryCode !== undefined && cloudRegion === undefined;
  const isAbroad = isPublic && !isUsualCountry(operation, state);
  return thresholdOf(options) - (isAbroad ? AFAR_NATS : 0);
}

function dedupKeyOf({ directory, principal }: Activity): string {
  return directory.principal(principal);
}

function placeKeyOf(operation: Activity): string {
  return `${dedupKeyOf(operation)}|${operation.directory.place(operation.place).key}`;
}
