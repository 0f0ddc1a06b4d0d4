import { z } from 'zod';
import { Acquaintances } from '../../baselines/acquaintances.ts';
import { type Activity, ActivityClass, AuthenticationFailure } from '../../model/activity.ts';
import { defineDetector, type Report } from '../detector.ts';
import { type Sensitivity, sensitivity } from '../sensitivity.ts';
import { findingOf } from './finding-of.ts';
import { addDatabase, addFailure, addLogin, breaks, type GuessSource, type Rule } from './guess-source.ts';
import { type GuessSources, isActive, settleSource, sourceOf } from './guess-sources.ts';

/** How long a pair of principal and address is known after its last login. */
const MEMORY_DAYS = 60;
/** How long a pair that got in by guessing teaches nothing, unless somebody accepts it. */
const SUSPICION_DAYS = 30;
/** From so many failures on a login is not taken for a habit: what may be an attack teaches nothing. */
const DOUBTFUL_FAILURES = 5;
const THRESHOLD_FACTOR: Record<Sensitivity, number> = { low: 3, medium: 1, high: 0.5 };
const MINUTE_MS = 60_000;

const settings = z.object({
  sensitivity,
  failureCount: z
    .number()
    .int()
    .min(2)
    .max(1000)
    .default(10)
    .describe('Failed logins of one source within the window from which it is guessing.'),
  windowMinutes: z
    .number()
    .min(1)
    .default(10)
    .describe('Minutes within which failures are counted, and after which without one a source starts afresh.'),
  refusedWindowMinutes: z
    .number()
    .min(0.1)
    .default(1)
    .describe('Minutes within which logins are counted that were refused before any password was checked.'),
});
type Settings = z.output<typeof settings>;

interface State {
  sources: GuessSources;
  /** Principals and addresses that belong together: their failures are stale passwords, not guesses. */
  known: Acquaintances;
  /** Principals and addresses that got in by guessing. */
  suspected: Acquaintances;
}

/**
 * Many failed logins from one source that did not get in as these principals before.
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
  createState: (): State => ({
    sources: new Map(),
    known: new Acquaintances(MEMORY_DAYS),
    suspected: new Acquaintances(SUSPICION_DAYS),
  }),

  evaluate(activity, state, options, report, resource) {
    const { principal, address, time } = activity;
    if (address === 0) {
      return; // a Unix socket is no source that could be told apart from others
    }
    if (activity.class === ActivityClass.authentication) {
      if (!state.known.meet(principal, address, time)) {
        enter(activity, state, options, report);
      }
    } else if (!state.known.isKnown(principal, address, time)) {
      const rule = ruleFor(activity, options);
      const source = sourceOf(state.sources, activity, options.windowMinutes * MINUTE_MS, report, resource);
      addFailure(source, activity, rule.failureCount);
      judge(source, rule, activity, state, report);
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
      for (const principal of [...source.names.keys(), ...source.entered.map(({ id }) => id)]) {
        holder.principal(principal);
      }
    }
    for (const pairs of [state.known, state.suspected]) {
      pairs.forEach((principal, address) => {
        holder.principal(principal);
        holder.address(address);
      });
    }
  },
});

function ruleFor({ failure }: Activity, options: Settings): Rule {
  const isRefused = failure === AuthenticationFailure.notAllowed;
  return {
    failureCount: Math.max(2, Math.round(options.failureCount * THRESHOLD_FACTOR[options.sensitivity])),
    windowMs: (isRefused ? options.refusedWindowMinutes : options.windowMinutes) * MINUTE_MS,
  };
}

/** Reports a source when it breaks the rule, and again when it has doubled. The rest is told by `settleSource`. */
function judge(source: GuessSource, rule: Rule, activity: Activity, { suspected }: State, report: Report): void {
  if (source.brokenRule === undefined) {
    if (!breaks(source, rule)) {
      return;
    }
    source.brokenRule = rule;
    for (const { id } of source.entered) {
      suspected.learn(id, activity.address, activity.time);
    }
  }
  if (source.failures >= 2 * source.reportedFailures) {
    source.latestRecords = activity.keep();
    addDatabase(source, activity);
    source.reportedFailures = source.failures;
    report.finding(findingOf(source, source.brokenRule));
  }
}

/** A principal gets in from an address that is not known for it. */
function enter(activity: Activity, state: State, options: Settings, report: Report): void {
  const { principal, address, time } = activity;
  const source = state.sources.get(address);
  if (source !== undefined && isActive(source, activity, options.windowMinutes * MINUTE_MS)) {
    addLogin(source, activity);
    if (source.brokenRule !== undefined) {
      state.suspected.learn(principal, address, time);
      source.reportedFailures = source.failures;
      report.finding(findingOf(source, source.brokenRule));
      return;
    }
    if (source.failures >= DOUBTFUL_FAILURES) {
      return;
    }
  }
  if (!state.suspected.isKnown(principal, address, time)) {
    state.known.learn(principal, address, time);
  }
}
