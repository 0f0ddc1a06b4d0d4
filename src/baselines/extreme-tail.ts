/** Excesses kept of a scope: the largest ones of its memory. */
const KEPT = 32;
const MEMORY_HOURS = 60 * 24;
/** What was seen teaches so many hours later: who grows a little each day cannot teach himself in within a week. */
const DELAY_HOURS = 7 * 24;
/** Observations, and excesses among them, below which nothing is said of the tail. */
const MIN_OBSERVATIONS = 100;
const MIN_EXCESSES = 12;
/** Bounds of the shape: a few dozen excesses do not tell it better (Coles, An Introduction to Statistical Modeling of Extreme Values, 4.3). */
const MAX_SHAPE = 0.3;

/** The largest values of a scope, with the hours (since the epoch) in which they were seen. 400 bytes. */
export interface ExtremeTail {
  readonly firstHour: number;
  readonly values: Float32Array;
  readonly hours: Int32Array;
  kept: number;
}

export function createExtremeTail(hour: number): ExtremeTail {
  return { firstHour: hour, values: new Float32Array(KEPT), hours: new Int32Array(KEPT), kept: 0 };
}

/** Keeps a value in place of the smallest, or of one that is too old. */
export function addValue(tail: ExtremeTail, hour: number, value: number): void {
  const { values, hours } = tail;
  let at = tail.kept;
  if (at === KEPT) {
    at = 0;
    for (let i = 0; i < KEPT; i++) {
      if (hour - hours[i]! > MEMORY_HOURS) {
        at = i;
        break;
      }
      at = values[i]! < values[at]! ? i : at;
    }
    if (hour - hours[at]! <= MEMORY_HOURS && values[at]! >= value) {
      return;
    }
  } else {
    tail.kept++;
  }
  values[at] = value;
  hours[at] = hour;
}

/**
 * The value that one observation exceeds with probability q; undefined while too little is known.
 *
 * Peaks over threshold: of n observations the N that lie above t follow a generalized Pareto distribution, so that
 * z(q) = t + (σ/γ)·((q·n/N)^−γ − 1), or t − σ·ln(q·n/N) where γ is 0 (Siffer et al., KDD 2017, formula 1). t is the
 * smallest value kept. γ and σ by probability-weighted moments (Hosking & Wallis, Technometrics 29, 1987), which hold
 * for few excesses: with a = mean and b = mean of (1 − p)·y, γ = 2 − a/(a − 2b) and σ = 2ab/(a − 2b).
 *
 * @param observations n, in the memory of 60 days
 */
export function extremeValue(tail: ExtremeTail, hour: number, observations: number, q: number): number | undefined {
  const known: number[] = [];
  for (let i = 0; i < tail.kept; i++) {
    const age = hour - tail.hours[i]!;
    if (age <= MEMORY_HOURS && (age >= DELAY_HOURS || tail.hours[i]! - tail.firstHour < DELAY_HOURS)) {
      known.push(tail.values[i]!);
    }
  }
  if (observations < MIN_OBSERVATIONS || known.length <= MIN_EXCESSES) {
    return undefined;
  }
  known.sort((x, y) => x - y);
  const threshold = known.shift()!;
  const { shape, scale } = paretoOf(known.map((value) => value - threshold));
  const ratio = (q * observations) / known.length;
  const growth = Math.abs(shape) < 1e-6 ? -Math.log(ratio) : (ratio ** -shape - 1) / shape;
  return threshold + scale * Math.max(0, growth);
}

/** @param excesses ascending */
function paretoOf(excesses: readonly number[]): { shape: number; scale: number } {
  const n = excesses.length;
  const mean = excesses.reduce((sum, value) => sum + value, 0) / n;
  const weighted = excesses.reduce((sum, value, i) => sum + (1 - (i + 0.65) / n) * value, 0) / n;
  const difference = mean - 2 * weighted;
  if (difference <= 0) {
    return { shape: 0, scale: mean }; // all alike: nothing speaks for a heavy tail
  }
  const shape = 2 - mean / difference;
  return Math.abs(shape) <= MAX_SHAPE
    ? { shape, scale: (2 * mean * weighted) / difference }
    : { shape: Math.sign(shape) * MAX_SHAPE, scale: mean * (1 - Math.sign(shape) * MAX_SHAPE) };
}
