import { z } from 'zod';
import { Acquaintances } from '../../baselines/acquaintances.ts';
import { type Activity, ActivityClass, AuthenticationFailure, type Id } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import { defineDetector, type Report } from '../detector.ts';
import { type Sensitivity, sensitivity } from '../sensitivity.ts';
import { findingOf } from './finding-of.ts';
import { addFailure, addSuccess, createGuessSource, failuresWithin, type GuessSource } from './guess-source.ts';

/** Sources watched at a time; of more, the one quiet for longest is forgotten. */
const MAX_SOURCES = 4096;
/** How long a pair of principal and address is known after its last login. */
const MEMORY_DAYS = 60;
/** From so many failures on a success is not taken for a habit: what may be an attack teaches nothing. */
const DOUBTFUL_FAILURES = 5;
const THRESHOLD_FACTOR: Record<Sensitivity, number> = { low: 3, medium: 1, high: 0.5 };
const MINUTE_MS = 60_000;

const settings = z.object({
  sensitivity,
  failureCount: z
    .number()
    .int()
    .min(2)
    .default(10)
    .describe('Failed logins of one source within the window from which it is guessing.'),
  windowMinutes: z
    .number()
    .min(1)
    .default(10)
    .describe('Minutes within which failures are counted, and of quiet after which a source starts afresh.'),
  refusedWindowMinutes: z
    .number()
    .min(0.1)
    .default(1)
    .describe('The same in minutes for logins refused before any password was checked, as by pg_hba.conf.'),
});
export type BruteForceSettings = z.output<typeof settings>;

export interface BruteForceState {
  /** By address id, the source heard of last at the end. */
  sources: Map<Id, GuessSource>;
  /** Principals and addresses that belong together: their failures are stale passwords, not guesses. */
  known: Acquaintances;
}

/**
 * Many failed logins from one source that never got in as these principals before.
 *
 * Needs no learning. Blind spots: guessing from an address where the principal is at home; many sources with a few
 * guesses each; slower than the window.
 */
export const bruteForce = defineDetector({
  id: 'brute-force',
  title: 'Suspected brute force attack',
  attack: [
    { tactic: 'TA0006', technique: 'T1110.001' },
    { tactic: 'TA0006', technique: 'T1110.003' },
  ],
  watches: ActivityClass.authentication | ActivityClass.authenticationFailure,
  settings,
  createState: (): BruteForceState => ({ sources: new Map(), known: new Acquaintances(MEMORY_DAYS) }),

  evaluate(activity, state, options, report, resource) {
    const { principal, address, time } = activity;
    if (address === 0) {
      return; // a Unix socket is no source that could be told apart from others
    }
    if (activity.class === ActivityClass.authentication) {
      if (!state.known.meet(principal, address, time)) {
        succeed(activity, state, options, report);
      }
    } else if (!state.known.isKnown(principal, address, time)) {
      fail(activity, state, options, report, resource);
    }
  },

  settle(state, _options, report) {
    for (const source of state.sources.values()) {
      settleSource(source, report);
    }
  },

  hold(state, holder) {
    for (const [address, source] of state.sources) {
      holder.address(address);
      for (const principal of source.names.keys()) {
        holder.principal(principal);
      }
    }
    state.known.forEach((principal, address) => {
      holder.principal(principal);
      holder.address(address);
    });
  },
});

function fail(activity: Activity, state: BruteForceState, options: BruteForceSettings, report: Report, resource: Resource) {
  const source = sourceOf(activity, state, options, report, resource);
  addFailure(source, activity);
  const isRefused = activity.failure === AuthenticationFailure.notAllowed;
  const windowMs = (isRefused ? options.refusedWindowMinutes : options.windowMinutes) * MINUTE_MS;
  const threshold = thresholdOf(options);
  if (source.isReported || (source.failures >= threshold && failuresWithin(source, windowMs) >= threshold)) {
    tell(source, activity, report);
  }
}

/** A principal gets in from an address that is not known for it. */
function succeed(
  activity: Activity,
  state: BruteForceState,
  options: BruteForceSettings,
  report: Report,
) {
  const source = state.sources.get(activity.address);
  const isActive = source !== undefined && activity.time - source.lastTime <= options.windowMinutes * MINUTE_MS;
  if (isActive) {
    addSuccess(source, activity);
    if (source.isReported) {
      tell(source, activity, report);
    }
    if (source.failures >= DOUBTFUL_FAILURES) {
      return;
    }
  }
  state.known.learn(activity.principal, activity.address, activity.time);
}

/** The source of a failure, started afresh when it had been quiet. */
function sourceOf(
  activity: Activity,
  state: BruteForceState,
  options: BruteForceSettings,
  report: Report,
  resource: Resource,
): GuessSource {
  const { sources } = state;
  let source = sources.get(activity.address);
  if (source !== undefined) {
    sources.delete(activity.address);
    if (activity.time - source.lastTime > options.windowMinutes * MINUTE_MS) {
      settleSource(source, report);
      source = undefined;
    }
  } else if (sources.size >= MAX_SOURCES) {
    const [oldest, quiet] = sources.entries().next().value!;
    settleSource(quiet, report);
    sources.delete(oldest);
  }
  source ??= createGuessSource(activity, resource, thresholdOf(options));
  sources.set(activity.address, source);
  return source;
}

/** Reports a source when it grew to twice what was reported, and each success. The rest is told by `settleSource`. */
function tell(source: GuessSource, activity: Activity, report: Report) {
  const isSuccess = activity.class === ActivityClass.authentication;
  if (isSuccess || source.failures >= 2 * source.reportedFailures) {
    source.latestRecords = activity.keep();
    source.isReported = true;
    source.reportedFailures = source.failures;
    report.finding(findingOf(source));
  }
}

function settleSource(source: GuessSource, report: Report) {
  if (source.isReported && source.failures > source.reportedFailures) {
    source.reportedFailures = source.failures;
    report.finding(findingOf(source));
  }
}

function thresholdOf(options: BruteForceSettings): number {
  return Math.max(2, Math.round(options.failureCount * THRESHOLD_FACTOR[options.sensitivity]));
}
