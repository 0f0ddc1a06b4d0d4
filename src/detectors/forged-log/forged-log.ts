import { z } from 'zod';
import { type Activity, ActivityClass } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import { defineDetector, type Report } from '../detector.ts';
import { type Sensitivity, sensitivity } from '../sensitivity.ts';
import { findingOf } from './finding-of.ts';
import { addForgery, createForger, type Forger, forgerKey } from './forger.ts';

/** Quiet after which the same source is another matter: as long as alerts stay open. */
const QUIET_MS = 24 * 3_600_000;
/** Sources followed at a time; of more, the one met first is told and forgotten. */
const MAX_FORGERS = 1024;
const THRESHOLD_FACTOR: Record<Sensitivity, number> = { low: 5, medium: 1, high: 1 };

const settings = z.object({
  sensitivity,
  lineCount: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(1)
    .describe('Forged entries of one source from which it is told.'),
});
type Settings = z.output<typeof settings>;

/** By `forgerKey`. */
type State = Map<string, Forger>;

/**
 * The log holds entries that the server never wrote: somebody put them there through a user or database name.
 *
 * Needs no learning. Blind spots: a prefix under which they cannot be told; formats that cannot be forged have none.
 */
export const forgedLog = defineDetector({
  id: 'forged-log',
  title: 'Forged entries in the log',
  attack: [{ tactic: 'TA0040', technique: 'T1565.001' }],
  watches: ActivityClass.logForgery,
  settings,
  createState: (): State => new Map(),

  evaluate(activity, state, options, report, resource) {
    const forger = forgerOf(activity, state, options, report, resource);
    const isShown = addForgery(forger, activity);
    if (forger.count >= thresholdOf(options) && (isShown || !report.again(forger.key, activity.time))) {
      tell(forger, options, report);
    }
  },

  settle(state, options, report) {
    for (const forger of state.values()) {
      settle(forger, options, report);
    }
  },

  hold() {
    // what is kept of a source is text
  },
});

function forgerOf(activity: Activity, state: State, options: Settings, report: Report, resource: Resource): Forger {
  const key = forgerKey(activity);
  const known = state.get(key);
  if (known !== undefined && activity.time - known.lastTime <= QUIET_MS) {
    return known;
  }
  const [oldest] = state.values();
  const gone = known ?? (state.size >= MAX_FORGERS ? oldest : undefined);
  if (gone !== undefined) {
    settle(gone, options, report);
    state.delete(gone.key);
  }
  const forger = createForger(key, activity, resource);
  state.set(key, forger);
  return forger;
}

function settle(forger: Forger, options: Settings, report: Report): void {
  if (forger.count > forger.told && forger.count >= thresholdOf(options)) {
    tell(forger, options, report);
  }
}

function tell(forger: Forger, options: Settings, report: Report): void {
  forger.told = forger.count;
  report.finding(findingOf(forger, thresholdOf(options)));
}

function thresholdOf({ sensitivity: level, lineCount }: Settings): number {
  return lineCount * THRESHOLD_FACTOR[level];
}
