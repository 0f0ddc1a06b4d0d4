import { z } from 'zod';
import type { Judgement } from '../../baselines/habit-judgement.ts';
import { Habits } from '../../baselines/habits.ts';
import { learnedHabits } from '../../baselines/learned-habits.ts';
import { BASELINE_CLASSES } from '../../baselines/state-classes.ts';
import { type Activity, ActivityClass, type Id } from '../../model/activity.ts';
import type { CloudRegion } from '../../model/address-facts.ts';
import { defineDetector } from '../detector.ts';
import { type Sensitivity, sensitivity } from '../sensitivity.ts';
import { succeedKey } from '../successor-key.ts';
import { isTrusted } from '../trusted.ts';
import { DataCentres, isWorldwide, regionKey, regionText } from './data-centres.ts';
import { findingOf, MEMORY_DAYS, type Variant } from './finding-of.ts';

/** Added to the threshold where the provider is a usual one: workloads move between its regions, and fail over. */
const SAME_PROVIDER_NATS = 1;
/** Added where the region is usual for others on this resource. */
const PEERS_NATS = 2;
const THRESHOLD_SHIFT: Record<Sensitivity, number> = { low: 0.8, medium: 0, high: -0.8 };
/** So many others have been told to come from there that it is a move of many. A region is what workloads fail over to. */
const MOVE: Record<Variant, number> = { provider: 2, region: 1 };
/** Principals whose reported regions are at hand. */
const MAX_REPORTED = 4096;

const settings = z.object({
  sensitivity,
  surpriseNats: z
    .number()
    .min(0)
    .default(2.3)
    .describe('Surprise from which a new region is unusual: 2.3 is a region such as is gained on one day in ten.'),
});

interface State {
  dataCentres: DataCentres;
  /** Numbers of data centres (values) by principal (scope). */
  habits: Habits;
  /** The keys of alerts by principal and number: a reported region may be used a million times. May lose any entry. */
  reported: Map<Id, Map<number, string>>;
}

/**
 * A principal reaches the database from a cloud provider, or a region of it, from which it never came.
 *
 * Judged against how often this principal gains new ones at all. Blind spots: another customer of the same provider in
 * the same region; a principal still learning; addresses that the providers do not list.
 */
export const unusualDataCenter = defineDetector({
  id: 'unusual-data-center',
  title: 'Access from an unusual data centre',
  attack: [
    { tactic: 'TA0001', technique: 'T1078' },
    { tactic: 'TA0001', technique: 'T1078.004' },
  ],
  watches: ActivityClass.authentication | ActivityClass.dataAccess,
  needs: 'cloud-region',
  settings,
  stateClasses: { ...BASELINE_CLASSES, DataCentres },
  createState: (): State => ({
    dataCentres: new DataCentres(),
    habits: new Habits(MEMORY_DAYS),
    reported: new Map(),
  }),

  evaluate(access, state, options, report, resource) {
    const { principal, address, time } = access;
    if (principal === 0 || address === 0) {
      return; // a Unix socket is in no data centre that could be told
    }
    const { dataCentres, habits } = state;
    succeedKey(access, habits);
    const number = dataCentres.numberOf(access);
    if (habits.use(principal, number, time)) {
      return;
    }
    const known = state.reported.get(principal)?.get(number);
    if (known !== undefined && report.again(known, time)) {
      habits.suspect(principal, number, time);
      return;
    }
    const judgement = habits.judge(principal, number, time);
    const region = dataCentres.region(number);
    const variant = region === undefined ? undefined : variantOf(region, access, state);
    if (region === undefined || variant === undefined || judgement.isLearning || isTrusted(access)) {
      habits.learn(principal, number, time);
      return;
    }
    const dedupKey = keyOf(access.directory.principal(principal), region);
    if (!report.again(dedupKey, time) && judgement.suspected !== 'recent') {
      const threshold = thresholdOf(options, variant, judgement);
      const verdict = { variant, region, judgement, threshold, dedupKey };
      const isUnusual =
        judgement.surprise >= threshold && habits.othersSuspected(principal, number, time) < MOVE[variant];
      if (!isUnusual && judgement.suspected !== 'no') {
        return; // nobody has said that it is usual
      }
      if (!isUnusual || !report.finding(findingOf(access, habits, dataCentres, verdict, resource))) {
        habits.learn(principal, number, time); // usual enough, or expected by somebody
        return;
      }
    }
    habits.suspect(principal, number, time);
    remember(state.reported, principal, number, dedupKey);
  },

  learned: ({ habits, dataCentres }, directory, time) =>
    learnedHabits(habits, 'region', time, {
      principal: (id) => directory.principal(id),
      value: (number) => regionText(dataCentres.region(number)),
    }),

  accept({ habits, dataCentres }, key, directory, time) {
    habits.accept((id, number) => {
      const region = dataCentres.region(number);
      return region !== undefined && keyOf(directory.principal(id), region) === key;
    }, time);
    return true;
  },

  revise({ habits, dataCentres }, { kind, fact }, directory) {
    if (fact.about === 'region') {
      const fits = (id: Id, number: number) =>
        directory.principal(id) === fact.principal && regionText(dataCentres.region(number)) === fact.value;
      habits.revise(kind, fits);
    }
  },

  hold({ dataCentres, habits, reported }, holder) {
    dataCentres.forgetAddresses(); // ids that nobody holds are given to others
    reported.clear();
    habits.forEachScope((principal) => holder.principal(principal));
  },
});

function keyOf(principal: string, region: CloudRegion): string {
  return `${principal}|${regionKey(region)}`;
}

/** What is new about a region; undefined where it tells nothing: a worldwide service of a provider that is usual. */
function variantOf(region: CloudRegion, access: Activity, { habits, dataCentres }: State): Variant | undefined {
  const usual = habits.habitsOf(access.principal, access.time).map(({ value }) => dataCentres.region(value));
  if (!usual.some((known) => known?.provider === region.provider)) {
    return 'provider';
  }
  return isWorldwide(region) ? undefined : 'region';
}

function thresholdOf(options: z.output<typeof settings>, variant: Variant, { peers }: Judgement): number {
  const base = options.surpriseNats + THRESHOLD_SHIFT[options.sensitivity];
  return base + (variant === 'region' ? SAME_PROVIDER_NATS : 0) + (peers > 0 ? PEERS_NATS : 0);
}

/** Puts the key of an alert where the next access of the same kind finds it. */
function remember(reported: State['reported'], principal: Id, number: number, dedupKey: string): void {
  if (reported.size >= MAX_REPORTED) {
    reported.clear();
  }
  const numbers = reported.get(principal) ?? new Map<number, string>();
  numbers.set(number, dedupKey);
  reported.set(principal, numbers);
}
