import { decay } from './gain-rate.ts';

export const HOUR_MS = 3_600_000;
/** Four bins an octave: neighbours differ by 19 %. Enough for 2^40, a terabyte an hour. */
const BINS_PER_OCTAVE = 4;
const BINS = 160;
/** A bin whose weight has decayed below this is forgotten: after 60 days 0.95^60 = 0.046 of one hour is left. */
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
 * Volumes of the hours in which a scope was active, as a histogram of their logarithms that halves in two weeks.
 * 640 bytes. The hour that runs is judged against the others and joins them when it is over.
 */
export interface HourlyVolume {
  /** Hour that runs, counted since the epoch; what it has summed up. */
  hour: number;
  sum: number;
  events: number;
  readonly firstTime: number;
  hours: number;
  readonly weights: Float32Array;
  weightsHour: number;
}

export function createHourlyVolume(time: number): HourlyVolume {
  return {
    hour: Math.floor(time / HOUR_MS),
    sum: 0,
    events: 0,
    firstTime: time,
    hours: 0,
    weights: new Float32Array(BINS),
    weightsHour: Math.floor(time / HOUR_MS),
  };
}

/** Lets the running hour join the others; what was reported is left out: it teaches nothing. */
export function closeHour(volume: HourlyVolume, nextHour: number, isReported: boolean): void {
  const fade = decay((volume.hour - volume.weightsHour) / 24);
  if (!isReported) {
    for (let bin = 0; bin < BINS; bin++) {
      volume.weights[bin]! *= fade;
      if (volume.weights[bin]! < FORGOTTEN) {
        volume.weights[bin] = 0;
      }
    }
    volume.weights[binOf(volume.sum)]! += 1;
    volume.weightsHour = volume.hour;
    volume.hours++;
  }
  volume.hour = nextHour;
  volume.sum = 0;
  volume.events = 0;
}

export function usualVolume(volume: HourlyVolume): UsualVolume {
  const total = volume.weights.reduce((sum, weight) => sum + weight, 0);
  let median = 0;
  let largest = 0;
  let below = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const weight = volume.weights[bin]!;
    if (weight === 0) {
      continue;
    }
    if (below < total / 2) {
      median = volumeOf(bin);
    }
    below += weight;
    largest = volumeOf(bin);
  }
  return { median, largest, hours: volume.hours, firstTime: volume.firstTime };
}

function binOf(value: number): number {
  return Math.min(BINS - 1, Math.floor(BINS_PER_OCTAVE * Math.log2(1 + value)));
}

/** Upper edge of a bin: an hour is never taken for larger than this. */
function volumeOf(bin: number): number {
  return Math.round(2 ** ((bin + 1) / BINS_PER_OCTAVE) - 1);
}
