import { type Happening, office, signIn } from '../../src/detectors/testkit.ts';

/** Something bad, and the same thing with one fact changed, which is not. */
export interface Twin {
  detector: string;
  alertType: string;
  variant: string;
  /** What went before; the same for both. */
  before?: readonly Happening[];
  deed: readonly Happening[];
  /** The fact, and what it is in the harmless twin. */
  fact: Partial<Happening>;
  /** The fact is changed in the last happening only. */
  isLastOnly?: true;
}

const HOUR_MS = 3_600_000;
/** The two engines' usual weeks end before this day. */
export const AFTER = 15;

/** `what` once a day at an hour, for two weeks. */
export function daily(what: Happening, hour = 9, days = 14): Happening[] {
  return Array.from({ length: days }, (_, n) => ({ ...what, time: what.time + n * 24 * HOUR_MS + hour * HOUR_MS }));
}

/** `what` in every hour, for two weeks. */
export function hourly(what: Happening, days = 14): Happening[] {
  return Array.from({ length: days * 24 }, (_, n) => ({ ...what, time: what.time + n * HOUR_MS }));
}

/** The happenings, each so long after the one before. */
export function apart(everyMs: number, happenings: readonly Happening[]): Happening[] {
  return happenings.map((one, n) => ({ ...one, time: one.time + n * everyMs }));
}

export function times(count: number, what: (n: number) => Happening): Happening[] {
  return Array.from({ length: count }, (_, n) => what(n));
}

/** Alice works with psql from the office. */
export const alice = daily(signIn({ address: office }));
