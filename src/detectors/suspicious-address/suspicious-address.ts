import { z } from 'zod';
import { type Activity, ActivityClass, AuthenticationFailure } from '../../model/activity.ts';
import { defineDetector, type Report } from '../detector.ts';
import { type Sensitivity, sensitivity } from '../sensitivity.ts';
import { Knocks } from './knocks.ts';
import { ListedAddresses, type ListingRule, listingsAt } from './listed-addresses.ts';
import type { Sighting } from './matter.ts';
import { follow, type Matters, settleMatters } from './matters.ts';

const SECOND_MS = 1000;
const DAY_MS = 86_400_000;
/** Confidence is counted to 100 in STIX 2.1, of which 1 to 29 is "low" (appendix A). */
const WHOLE = 100;
const MIN_CONFIDENCE: Record<Sensitivity, number> = { low: 30, medium: 0, high: 0 };
const GRACE_DAYS: Record<Sensitivity, number> = { low: 0, medium: 0, high: 30 };

const settings = z.object({
  sensitivity,
  confidenceRatio: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('Confidence from which an entry counts where its list tells one: 0.7 is 70 of 100.'),
  probeWaitSeconds: z
    .number()
    .min(1)
    .default(90)
    .describe(
      "Seconds without a login after which a connection is a probe: more than the server's authentication_timeout.",
    ),
});
type Settings = z.output<typeof settings>;

interface State {
  listed: ListedAddresses;
  matters: Matters;
  knocks: Knocks;
}

/**
 * Somebody comes from an address that a list of Tor exits or of threats holds.
 *
 * Needs no learning. Blind spots: what is on no list; lists that are old; connections that are not logged.
 */
export const suspiciousAddress = defineDetector({
  id: 'suspicious-address',
  title: 'Access from a suspicious address',
  attack: [
    { tactic: 'TA0001', technique: 'T1078' },
    { tactic: 'TA0001', technique: 'T1078.004' },
    { tactic: 'TA0006', technique: 'T1110' },
    { tactic: 'TA0043', technique: 'T1595' },
  ],
  watches:
    ActivityClass.connection |
    ActivityClass.authentication |
    ActivityClass.authenticationFailure |
    ActivityClass.dataAccess |
    ActivityClass.dataAccessDenied,
  needs: 'reputation',
  settings,
  stateClasses: { Knocks, ListedAddresses },
  createState: (): State => ({ listed: new ListedAddresses(), matters: new Map(), knocks: new Knocks() }),

  evaluate(activity, state, options, report, resource) {
    if (state.knocks.isDue(activity.time)) {
      tellProbes(state, activity.time, options, report);
    }
    const facts = state.listed.factsOf(activity);
    if (facts === undefined) {
      return;
    }
    const listings = listingsAt(facts, activity.time, ruleOf(options));
    if (listings.length === 0) {
      return;
    }
    if (activity.class === ActivityClass.connection) {
      if (options.sensitivity !== 'low') {
        state.knocks.connect(activity, { resource, facts, listings }, options.probeWaitSeconds * SECOND_MS);
      }
      return;
    }
    state.knocks.logIn(facts.address);
    const isIn = activity.class === ActivityClass.authentication || activity.class === ActivityClass.dataAccess;
    const sighting = sightingOf(activity, { resource, facts, listings });
    follow(state.matters, isIn ? 'success' : 'failure', sighting, report);
  },

  settle(state, options, report, time) {
    tellProbes(state, time, options, report);
    settleMatters(state.matters, report);
  },

  hold({ listed }) {
    listed.forget(); // ids that nobody holds are given to others
  },
});

function ruleOf({ sensitivity: level, confidenceRatio }: Settings): ListingRule {
  return {
    minConfidence: Math.max(confidenceRatio * WHOLE, MIN_CONFIDENCE[level]),
    graceMs: GRACE_DAYS[level] * DAY_MS,
  };
}

function tellProbes({ knocks, matters }: State, time: number, options: Settings, report: Report): void {
  for (const probe of knocks.probesAt(time, options.probeWaitSeconds * SECOND_MS)) {
    follow(matters, 'probe', probe, report);
  }
}

function sightingOf(activity: Activity, from: Pick<Sighting, 'resource' | 'facts' | 'listings'>): Sighting {
  const { directory, time } = activity;
  return {
    ...from,
    count: 1,
    firstTime: time,
    lastTime: time,
    principal: directory.principal(activity.principal),
    application: directory.application(activity.application),
    database: directory.database(activity.database),
    isRefused: activity.failure === AuthenticationFailure.notAllowed,
    isLate: activity.isLate,
    records: () => activity.keep(),
  };
}
