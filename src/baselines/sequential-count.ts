/** How many times the usual rate is looked for: a process that has grown to this is found soonest. */
const RATIO = 10;
/** Variance over mean of counts that come in clumps; for independent ones it is 1. */
const DISPERSION = 1.3;
/** Observations a year from which a false alarm could start: eleven an hour. */
const YEARLY_OBSERVATIONS = 100_000;
const DAY_MS = 86_400_000;

/**
 * Evidence that something happens more often than usual, gathered for as long as it takes: CUSUM of the log-likelihood
 * ratio of Poisson counts.
 *
 * S = max(0, S − (ρ − 1)·λ·Δt/φ) between observations, S + w·ln ρ/φ at one of weight w; λ is the usual rate, ρ = 10 the
 * ratio looked for, φ = 1.3 the dispersion. A rate of x times the usual raises S when x > (ρ − 1)/ln ρ = 3.9. The mean
 * number of observations between false alarms is at least e^h for the threshold h (Lorden, Ann. Math. Stat. 1971, 42).
 * 16 bytes.
 */
export interface SequentialCount {
  /** Nats, never negative. */
  score: number;
  /** Time that the score stands for, milliseconds. */
  time: number;
}

export function createSequentialCount(time: number): SequentialCount {
  return { score: 0, time };
}

/** @param usual observations that were to be expected since the last one */
export function pass(count: SequentialCount, time: number, usual: number): void {
  count.score = Math.max(0, count.score - ((RATIO - 1) * usual) / DISPERSION);
  count.time = Math.max(count.time, time);
}

/** @param weight negative to take back what has turned out to be harmless */
export function observe(count: SequentialCount, weight: number): void {
  count.score = Math.max(0, count.score + nats(weight));
}

/** What the score will be, if nothing more happens. Changes nothing. */
export function scoreAt({ score, time: since }: SequentialCount, time: number, usualPerDay: number): number {
  return Math.max(0, score - ((RATIO - 1) * usualOf(usualPerDay, time - since)) / DISPERSION);
}

/** Expected observations of a steady rate; none for time that runs back. */
export function usualOf(perDay: number, ms: number): number {
  return Math.max(0, (perDay * ms) / DAY_MS);
}

/** The evidence of so many observations. */
export function nats(weight: number): number {
  return (weight * Math.log(RATIO)) / DISPERSION;
}

/** The score from which at most so many false alarms a year are raised. 13.8 for one in ten years. */
export function alarmScore(yearlyFalseAlarms: number): number {
  return Math.log(YEARLY_OBSERVATIONS / yearlyFalseAlarms);
}

/** What n observations of one clump weigh: ten attempts at once are hardly more telling than five, ten apart are ten. */
export function sizeWeight(n: number): number {
  return Math.log2(1 + n);
}

/** What the n-th observation of a clump adds. */
export function clumpWeight(n: number): number {
  return sizeWeight(n) - sizeWeight(n - 1);
}
