const HOUR_MS = 3_600_000;
const HOURS = 168;
/** Share of a week's weight that is left a week later: 5 % are lost a day. */
const WEEKLY_DECAY = 0.7;
/** Weeks of the mean hour that an hour of the week is mixed with. */
const SHRINKAGE_WEEKS = 2;
/** Silence after which all is forgotten, in hours: 60 days. */
const MEMORY_HOURS = 60 * 24;

/**
 * How often something usually happens in each hour of the week.
 *
 * λ(s) = (c(s) + 2·m)/(n + 2): c(s) the count of hour s, n the weeks watched, both losing 30 % a week; m the mean hour,
 * with a week at `priorPerDay` believed before anything was seen, and never less than that. What is counted teaches a
 * week later, and only if it has not been withdrawn by then: who begins slowly cannot teach himself in within a week.
 * 1.4 kB.
 */
export interface WeeklyRate {
  readonly priorPerDay: number;
  /** The hour, since the epoch, that it has come to. */
  hour: number;
  hoursWatched: number;
  readonly learned: Float32Array;
  /** Of the week that is not over. */
  readonly pending: Float32Array;
  /** Sum of `learned`. */
  total: number;
}

export function createWeeklyRate(time: number, priorPerDay: number): WeeklyRate {
  return {
    priorPerDay,
    hour: hourOf(time),
    hoursWatched: 0,
    learned: new Float32Array(HOURS),
    pending: new Float32Array(HOURS),
    total: 0,
  };
}

/** Counts what happened; a negative weight takes it back. */
export function countAt(rate: WeeklyRate, time: number, weight: number): void {
  passHours(rate, time);
  const slot = slotOf(hourOf(time));
  rate.pending[slot] = Math.max(0, rate.pending[slot] + weight);
}

/** Withdraws what was counted from a time on and has not taught yet. */
export function withdraw(rate: WeeklyRate, from: number): void {
  for (let hour = Math.max(hourOf(from), rate.hour - HOURS + 1); hour <= rate.hour; hour++) {
    rate.pending[slotOf(hour)] = 0;
  }
}

/** What was to be expected between two times. At most a week is looked at hour by hour. */
export function usualBetween(rate: WeeklyRate, from: number, to: number): number {
  if (to <= from) {
    return 0;
  }
  const near = Math.max(from, to - HOURS * HOUR_MS);
  let usual = ((near - from) / HOUR_MS) * meanOf(rate);
  for (let hour = hourOf(near); hour <= hourOf(to); hour++) {
    const part = Math.min(to, (hour + 1) * HOUR_MS) - Math.max(near, hour * HOUR_MS);
    usual += (part / HOUR_MS) * hourly(rate, hour);
  }
  return usual;
}

/** The usual number a day, over the whole week. */
export function usualPerDay(rate: WeeklyRate): number {
  return 24 * meanOf(rate);
}

/** The count of each hour that begins again joins what has been learned. */
function passHours(rate: WeeklyRate, time: number): void {
  const now = hourOf(time);
  if (now - rate.hour > MEMORY_HOURS) {
    rate.learned.fill(0);
    rate.pending.fill(0);
    rate.total = 0;
    rate.hour = now;
    rate.hoursWatched = 0;
  }
  while (rate.hour < now) {
    rate.hour++;
    rate.hoursWatched++;
    const slot = slotOf(rate.hour);
    const before = rate.learned[slot];
    rate.learned[slot] = before * WEEKLY_DECAY + rate.pending[slot];
    rate.total = Math.max(0, rate.total + rate.learned[slot] - before);
    rate.pending[slot] = 0;
  }
}

function hourly(rate: WeeklyRate, hour: number): number {
  const weeks = weeksOf(rate);
  const mean = meanOf(rate);
  const own = (rate.learned[slotOf(hour)] + SHRINKAGE_WEEKS * mean) / (weeks + SHRINKAGE_WEEKS);
  return Math.max(rate.priorPerDay / 24, own);
}

function meanOf(rate: WeeklyRate): number {
  const mean = (rate.total / HOURS + rate.priorPerDay / 24) / (weeksOf(rate) + 1);
  return Math.max(rate.priorPerDay / 24, mean);
}

/** Decayed weeks that have taught: the first one does so in the course of the second. */
function weeksOf({ hoursWatched }: WeeklyRate): number {
  const weeks = Math.max(0, hoursWatched / HOURS - 1);
  return (1 - WEEKLY_DECAY ** weeks) / (1 - WEEKLY_DECAY);
}

function hourOf(time: number): number {
  return Math.floor(time / HOUR_MS);
}

function slotOf(hour: number): number {
  return ((hour % HOURS) + HOURS) % HOURS;
}
