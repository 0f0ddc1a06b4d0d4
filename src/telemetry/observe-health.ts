import type { LostInput, RejectedRecords, ResourceHealth, SourceHealth } from '../model/resource-health.ts';
import { arrived, createRhythm, type Rhythm } from './rhythm.ts';

const MAX_GAPS = 20;
const SECOND_MS = 1000;

/** What the engine tells of one resource; totals since it was first judged. */
export interface Observation {
  key: string;
  name: string;
  /** Event time of the newest record; −∞ before the first. */
  newest: number;
  waitingBytes: number;
  counts: {
    records: number;
    skipped: number;
    late: number;
    activities: Readonly<Record<string, number>>;
    rejected: Readonly<Record<string, Omit<RejectedRecords, 'reason'>>>;
  };
  /** The newest ones; those that were told before are known again. */
  gaps: readonly LostInput[];
  sources?: readonly SourceHealth[];
  /** Where its clients come from; absent: nobody can tell. */
  clients?: OneAddress | 'several';
}

/** All logins come from one address. */
export interface OneAddress {
  address: string;
  logins: number;
  principals: number;
  /** Event time, epoch milliseconds. */
  first: number;
  last: number;
}

/** What is remembered of a resource from one look to the next. */
export interface Observed {
  health: ResourceHealth;
  /** Gaps that were not known before. */
  newGaps: readonly LostInput[];
  rhythm: Rhythm;
}

/** Health at `now`, from what the engine tells and what was so before (of this process, or a row of an earlier one). */
export function observeHealth(
  observation: Observation,
  before: Observed | undefined,
  earlier: ResourceHealth | undefined,
  now: number,
): Observed {
  const rhythm = before?.rhythm ?? createRhythm(now, rememberedRhythm(earlier));
  const { counts, newest, key, name, waitingBytes, gaps, sources } = observation;
  const known = before?.health ?? earlier;
  const came = Math.max(0, counts.records - (known?.records ?? 0));
  const elapsedMs = now - (before?.health.checkedTime ?? now);
  if (came > 0) {
    arrived(rhythm, now);
  }
  const last = before?.health ?? earlier;
  const newGaps = gaps.filter((gap) => !last?.gaps.some((old) => old.noticed === gap.noticed && old.what === gap.what));
  const health: ResourceHealth = {
    resourceKey: key,
    name,
    waitingBytes,
    recordsPerSecond: elapsedMs > 0 ? (came * SECOND_MS) / elapsedMs : 0,
    records: counts.records,
    activities: Object.values(counts.activities).reduce((sum, count) => sum + count, 0),
    skipped: counts.skipped,
    late: counts.late,
    rejected: Object.entries(counts.rejected).map(([reason, rest]) => ({ reason, ...rest })),
    gaps: [...(last?.gaps ?? []), ...newGaps].slice(-MAX_GAPS),
    ...(sources !== undefined && { sources }),
    longestSilencesMs: rhythm.silencesMs,
    checkedTime: now,
    ...arrival(last, came, newest, now),
  };
  return { health, rhythm, newGaps };
}

function arrival(last: ResourceHealth | undefined, came: number, newest: number, now: number): Partial<ResourceHealth> {
  if (came > 0 && Number.isFinite(newest)) {
    return { lastEventTime: newest, lastArrivalTime: now, lagMs: Math.max(0, now - newest) };
  }
  return {
    ...(last?.lastEventTime !== undefined && { lastEventTime: last.lastEventTime }),
    ...(last?.lastArrivalTime !== undefined && { lastArrivalTime: last.lastArrivalTime }),
    ...(last?.lagMs !== undefined && { lagMs: last.lagMs }),
  };
}

function rememberedRhythm(earlier: ResourceHealth | undefined) {
  return earlier?.lastArrivalTime === undefined
    ? undefined
    : { silencesMs: earlier.longestSilencesMs, lastArrival: earlier.lastArrivalTime };
}
