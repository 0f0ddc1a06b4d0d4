import { decay, gainSurprise } from './gain-rate.ts';

const DAY_S = 86_400;
/** A reported gain counts from then on: who is reported must not make the next one look usual. */
const DELAY_S = 7 * DAY_S;
/** So many reported gains within the delay are a wave (a move, a restored copy), and count at once. */
const WAVE = 4;
/** Reported gains waiting at a time; of more the oldest counts at once. */
const MAX_WAITING = 64;

/** How often a scope gains something new. Reported gains count a week later. */
export interface Gains {
  /** Decayed number of gains, and the compact time it stands for. */
  count: number;
  time: number;
  /** Compact times of reported gains that do not count yet. */
  waiting: number[];
}

export function createGains(): Gains {
  return { count: 0, time: 0, waiting: [] };
}

/** Notes a gain that was reported. */
export function addReportedGain(gains: Gains, seconds: number): void {
  if (gains.waiting.length === MAX_WAITING) {
    addGain(gains, gains.waiting.shift()!, 1);
  }
  gains.waiting.push(seconds);
}

/**
 * Surprise of one more gain, in nats: see `gainSurprise`.
 *
 * @param since compact time from which the scope was watched
 * @param unseen values a day that are believed to have been there all along
 */
export function surpriseOfGain(gains: Gains, seconds: number, since: number, unseen: number): number {
  const { waiting } = gains;
  while (waiting.length > 0 && seconds - waiting[0]! >= DELAY_S) {
    addGain(gains, waiting.shift()!, 1);
  }
  const known = gains.count * decay((seconds - gains.time) / DAY_S);
  return gainSurprise(known + (waiting.length >= WAVE ? waiting.length : 0), (seconds - since) / DAY_S, unseen);
}

/**
 * Counts a gain. One of the past is counted as of then, decayed to the time that the count stands for.
 *
 * @param weight how surely it is one
 */
export function addGain(gains: Gains, seconds: number, weight: number): void {
  const time = Math.max(gains.time, seconds);
  gains.count = gains.count * decay((time - gains.time) / DAY_S) + weight * decay((time - seconds) / DAY_S);
  gains.time = time;
}
