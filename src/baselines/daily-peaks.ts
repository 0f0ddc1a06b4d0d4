import type { Revision } from '../model/decision.ts';

const DAY_MS = 86_400_000;
/** What was reached teaches so many days later: who grows a little each day cannot teach himself in within a week. */
const DELAY_DAYS = 7;
const MEMORY_DAYS = 60;

/**
 * The most that a scope reached on each of its days, with a memory of 60 days. 16 bytes a day on which it was active,
 * at most one kilobyte.
 *
 * What was reached within the last week does not count yet, but for the first week of all, which is the inventory.
 */
export interface DailyPeaks {
  readonly firstDay: number;
  /** Days since the epoch, ascending, and what was reached on them. */
  days: number[];
  peaks: number[];
  /** What people said to be usual for ever; 0: nothing. */
  pinned: number;
}

/** @param since when the scope was first seen, milliseconds */
export function createDailyPeaks(since: number): DailyPeaks {
  return { firstDay: dayOf(since), days: [], peaks: [], pinned: 0 };
}

export function addPeak(daily: DailyPeaks, time: number, peak: number): void {
  const day = dayOf(time);
  const last = daily.days.length - 1;
  if (last >= 0 && daily.days[last]! >= day) {
    daily.peaks[last] = Math.max(daily.peaks[last]!, peak);
    return;
  }
  if (last >= 0 && day - daily.days[0]! > MEMORY_DAYS) {
    forgetBefore(daily, day - MEMORY_DAYS);
  }
  daily.days.push(day);
  daily.peaks.push(peak);
}

/** What was reached on the day of a time, whether it counts yet or not; 0: nothing that is remembered. */
export function peakOf({ days, peaks }: DailyPeaks, time: number): number {
  return peaks[days.lastIndexOf(dayOf(time))] ?? 0;
}

/** Takes back what was reached on the day of a time, down to a peak. */
export function lowerPeak({ days, peaks }: DailyPeaks, time: number, peak: number): void {
  const at = days.lastIndexOf(dayOf(time));
  if (at >= 0) {
    peaks[at] = Math.min(peaks[at]!, peak);
  }
}

function forgetBefore({ days, peaks }: DailyPeaks, day: number): void {
  const kept = days.findIndex((known) => known >= day);
  const forgotten = kept < 0 ? days.length : kept;
  days.splice(0, forgotten);
  peaks.splice(0, forgotten);
}

/** The largest and the median peak that count, and how many days they are of. */
export function usualPeaks(daily: DailyPeaks, time: number): { largest: number; median: number; days: number } {
  const today = dayOf(time);
  const counting = daily.peaks.filter((_, i) => {
    const day = daily.days[i]!;
    return today - day <= MEMORY_DAYS && (today - day >= DELAY_DAYS || day - daily.firstDay < DELAY_DAYS);
  });
  const sorted = counting.sort((a, b) => a - b);
  return {
    largest: Math.max(sorted.at(-1) ?? 0, daily.pinned),
    median: sorted[sorted.length >> 1] ?? 0,
    days: sorted.length,
  };
}

/** People correct what is usual: nothing of it is, or as much as was ever reached stays so for ever. */
export function revisePeaks(daily: DailyPeaks, kind: Revision['kind']): void {
  daily.pinned = kind === 'pin' ? Math.max(daily.pinned, ...daily.peaks) : 0;
  if (kind === 'forget') {
    daily.days = [];
    daily.peaks = [];
  }
}

function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}
