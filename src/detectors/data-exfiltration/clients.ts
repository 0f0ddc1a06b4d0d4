import {
  addPeak,
  createDailyPeaks,
  type DailyPeaks,
  lowerPeak,
  peakOf,
  usualPeaks,
} from '../../baselines/daily-peaks.ts';
import { isLearning } from '../../baselines/learning.ts';
import { principalFamilyOf } from '../principal-family-of.ts';
import { type BulkRun, weightOf } from './bulk-run.ts';

/** Clients remembered at a time; of more the one that read whole tables least lately is forgotten. */
const MAX_CLIENTS = 4096;

/**
 * What is read whole by application and place, whoever the principal is, and under names that a machine makes up: the
 * measure for principals of which nothing is known yet. Tables are weighed as by `weightOf`. Plain data, at most one kilobyte a client.
 */
export interface Clients {
  /** When the server was first seen, milliseconds; 0: not yet. */
  since: number;
  /** The one that read last at the end. */
  peaks: Map<string, DailyPeaks>;
}

type Read = Pick<
  BulkRun,
  'principal' | 'family' | 'place' | 'firstTime' | 'lastTime' | 'tables' | 'copied' | 'isNewcomer'
>;

export function createClients(): Clients {
  return { since: 0, peaks: new Map() };
}

/** Whether so little is known of the server that nobody can be told from the others. */
export function isServerNew({ since }: Clients, time: number): boolean {
  return since === 0 || isLearning(since, Number.POSITIVE_INFINITY, time);
}

/** Notes what a run has brought by now. */
export function noteClient({ since, peaks }: Clients, run: Read): void {
  for (const key of keysOf(run)) {
    const known = peaks.get(key) ?? createDailyPeaks(since);
    peaks.delete(key);
    if (peaks.size >= MAX_CLIENTS) {
      const [oldest] = peaks.keys();
      peaks.delete(oldest!);
    }
    peaks.set(key, known);
    addPeak(known, run.lastTime, weightOf(run));
  }
}

/** What was reported teaches nothing: on the days of the run no more than before it. */
export function forgetClient({ peaks }: Clients, run: Read, before: number): void {
  for (const key of keysOf(run)) {
    const known = peaks.get(key);
    if (known !== undefined) {
      lowerPeak(known, run.firstTime, before);
      lowerPeak(known, run.lastTime, before);
    }
  }
}

/** The most that such a client reads on a day, a usual number, and the days with any. */
export function usualOfClient({ peaks }: Clients, run: Read): ReturnType<typeof usualPeaks> {
  const usual = keysOf(run)
    .flatMap((key) => peaks.get(key) ?? [])
    .map((known) => usualPeaks(known, run.lastTime));
  return usual.sort((a, b) => b.largest - a.largest)[0] ?? { largest: 0, median: 0, days: 0 };
}

/** The most that such a client has read on the day of a run by now, whether it counts yet or not. */
export function readToday({ peaks }: Clients, run: Read): number {
  const known = keysOf(run).flatMap((key) => peaks.get(key) ?? []);
  return Math.max(0, ...known.map((one) => peakOf(one, run.firstTime)));
}

/** Its application and place, and of names that a machine makes up what they have in common. */
function keysOf({ principal, family, place, isNewcomer }: Read): string[] {
  const client = `${family}|${place}`;
  const names = isNewcomer ? principalFamilyOf(principal) : principal;
  return names === principal ? [client] : [client, `as ${names}`];
}
