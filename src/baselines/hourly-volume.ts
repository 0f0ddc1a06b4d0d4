import type { Revision } from '../model/decision.ts';
import { DAILY_DECAY } from './gain-rate.ts';

export const HOUR_MS = 3_600_000;
/** Four bins an octave: neighbours differ by 19 %. Enough for 2^40, a terabyte an hour. */
const BINS_PER_OCTAVE = 4;
const BINS = 160;
/** A bin that has less weight than this share of an hour is forgotten: 0.95^60 = 0.046, one hour 60 days ago. */
const FORGOTTEN = 0.045;

/** What is usual in an hour. */
export interface UsualVolume {
  /** Median of the active hours. */
  median: number;
  /** The largest hour remembered. */
  largest: number;
  /** Active hours watched. */
  hours: number;
  firstTime: number;
}

/**
 * Volumes of the hours in which a scope was active, as a histogram of their logarithms that loses 5 % of its weight a
 * day. 1.3 kB.
 *
 * Instead of letting all bins fade, later hours weigh more (forward decay, Cormode et al., ICDE 2009).
 */
export interface HourlyVolume {
  readonly firstTime: number;
  /** Hours added. */
  hours: number;
  readonly weights: Float64Array;
  /** What people said to be usual for ever; 0: nothing. */
  pinned: number;
}

export function createHourlyVolume(time: number): HourlyVolume {
  return { firstTime: time, hours: 0, weights: new Float64Array(BINS), pinned: 0 };
}

/** Adds an hour that is over. `hour` is counted since the epoch. */
export function addHour(volume: HourlyVolume, hour: number, sum: number): void {
  volume.weights[binOf(sum)]! += weightOf(hour);
  volume.hours++;
}

/** Where weights are 1: the middle of the years 2003 to 2077, over which they stay within what a number can hold. */
const ORIGIN_HOUR = Date.UTC(2040, 0, 1) / HOUR_MS;
/** Weights that were worked out, by the last bits of their hours: most hours are asked for many times. */
const AT_HAND = 64;
const hoursAtHand = new Float64Array(AT_HAND).fill(Number.NaN);
const weightsAtHand = new Float64Array(AT_HAND);

/** Grows by 5 % a day. */
function weightOf(hour: number): number {
  const at = hour & (AT_HAND - 1);
  if (hoursAtHand[at] !== hour) {
    hoursAtHand[at] = hour;
    weightsAtHand[at] = DAILY_DECAY ** ((ORIGIN_HOUR - hour) / 24);
  }
  return weightsAtHand[at]!;
}

/** What is usual as seen from an hour. */
export function usualVolume(volume: HourlyVolume, hour: number): UsualVolume {
  const { weights } = volume;
  const forgotten = FORGOTTEN * weightOf(hour);
  let total = 0;
  for (let bin = 0; bin < BINS; bin++) {
    total += weights[bin]! < forgotten ? 0 : weights[bin]!;
  }
  let median = 0;
  let largest = volume.pinned;
  let below = 0;
  for (let bin = 0; bin < BINS; bin++) {
    if (weights[bin]! < forgotten) {
      continue;
    }
    if (below < total / 2) {
      median = volumeOf(bin);
    }
    below += weights[bin]!;
    largest = Math.max(volumeOf(bin), volume.pinned);
  }
  return { median, largest, hours: volume.hours, firstTime: volume.firstTime };
}

/** People correct what is usual, as seen from an hour: nothing of it is, or the largest hour stays so for ever. */
export function reviseVolume(volume: HourlyVolume, kind: Revision['kind'], hour: number): void {
  volume.pinned = kind === 'pin' ? usualVolume(volume, hour).largest : 0;
  if (kind === 'forget') {
    volume.weights.fill(0);
  }
}

function binOf(value: number): number {
  return Math.min(BINS - 1, Math.floor(BINS_PER_OCTAVE * Math.log2(1 + value)));
}

/** Upper edge of a bin: an hour is never taken for larger than this. */
function volumeOf(bin: number): number {
  return Math.round(2 ** ((bin + 1) / BINS_PER_OCTAVE) - 1);
}
