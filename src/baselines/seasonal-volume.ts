import { addValue, createExtremeTail, type ExtremeTail, extremeValue } from './extreme-tail.ts';

const HOURS = 168;
/** Share by which the level of an hour of the week falls where less was brought; a larger one is its level at once. */
const FALL = 0.15;
/** Weight of the latest hour in the mean of all: the mean is of some three weeks. */
const MEAN_SHARE = 1 / 500;
/** Weeks of the mean hour that an hour of the week is mixed with. */
const SHRINKAGE_WEEKS = 0.25;
/** Hours of a year: a false-alarm rate is told a year. */
const YEAR_HOURS = 8766;
/** Weeks in which an hour of the week must have been seen. */
const MIN_WEEKS = 2;

/**
 * How much a scope brings in each hour of the week, and how far it may go beyond. Works on ln(1 + volume). The level of
 * an hour rises to what it brought, and falls by 15 % of the difference a week.
 *
 * The level of hour s is mixed with that of all hours, (n(s)·L(s) + m/4)/(n(s) + 1/4), and the higher one of its neighbours
 * is taken: a change of clocks changes nothing. What lies above the level is judged by its own tail (`ExtremeTail`).
 * 1.3 kB.
 */
export interface SeasonalVolume {
  readonly levels: Float32Array;
  /** Weeks in which the hour was active, up to 255. */
  readonly weeks: Uint8Array;
  mean: number;
  hours: number;
  readonly tail: ExtremeTail;
}

export function createSeasonalVolume(hour: number): SeasonalVolume {
  return {
    levels: new Float32Array(HOURS),
    weeks: new Uint8Array(HOURS),
    mean: 0,
    hours: 0,
    tail: createExtremeTail(hour),
  };
}

/** Adds an hour that is over. `hour` is counted since the epoch. */
export function addSeasonalHour(volume: SeasonalVolume, hour: number, sum: number): void {
  const value = Math.log1p(sum);
  const slot = slotOf(hour);
  if (volume.weeks[slot]! > 0) {
    addValue(volume.tail, hour, value - levelAt(volume, hour));
  }
  volume.hours++;
  volume.mean += (value - volume.mean) * Math.max(1 / volume.hours, MEAN_SHARE);
  volume.weeks[slot] = Math.min(255, volume.weeks[slot]! + 1);
  volume.levels[slot]! += (value - volume.levels[slot]!) * (value > volume.levels[slot]! ? 1 : FALL);
}

/**
 * The volume that an hour exceeds about so many times a year by chance, and what is usual in it; undefined while the
 * hour, or the tail, is not known well enough.
 */
export function unusualVolume(
  volume: SeasonalVolume,
  hour: number,
  yearlyCount: number,
): { usual: number; unusual: number } | undefined {
  const { weeks, hours, tail } = volume;
  if (weeks[slotOf(hour)]! < MIN_WEEKS) {
    return undefined;
  }
  const level = levelAt(volume, hour);
  const activeShare = Math.min(1, hours / Math.max(1, hour - tail.firstHour));
  const excess = extremeValue(tail, hour, Math.min(hours, 60 * 24), yearlyCount / (YEAR_HOURS * activeShare));
  return excess === undefined
    ? undefined
    : { usual: Math.expm1(level), unusual: Math.expm1(level + Math.max(0, excess)) };
}

function levelAt(volume: SeasonalVolume, hour: number): number {
  return Math.max(shrunk(volume, hour - 1), shrunk(volume, hour), shrunk(volume, hour + 1));
}

function shrunk({ levels, weeks, mean }: SeasonalVolume, hour: number): number {
  const slot = slotOf(hour);
  return (weeks[slot]! * levels[slot]! + SHRINKAGE_WEEKS * mean) / (weeks[slot]! + SHRINKAGE_WEEKS);
}

function slotOf(hour: number): number {
  return ((hour % HOURS) + HOURS) % HOURS;
}
