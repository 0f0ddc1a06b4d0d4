/** Days of which the longest silence is remembered: each day of the week once. */
const DAYS = 7;
const DAY_MS = 86_400_000;
/** A log is not called quiet before so much silence, however busy it is. */
const MIN_QUIET_MS = 900_000; // 15 minutes
/** How much longer than ever a log must be silent. */
const FACTOR = 3;

/** How silent one log is at times. Plain data. */
export interface Rhythm {
  /** The longest silence of each day, oldest first; the last one is today's. */
  silencesMs: number[];
  /** Day of the last one, since the epoch. */
  day: number;
  /** Wall time, milliseconds since the epoch: of the last arrival, and of the first look. */
  lastArrival: number;
  since: number;
}

/** @param known what an earlier process had learned */
export function createRhythm(now: number, known?: { silencesMs: readonly number[]; lastArrival: number }): Rhythm {
  const day = Math.floor(now / DAY_MS);
  if (known === undefined || known.silencesMs.length === 0) {
    return { silencesMs: [0], day, lastArrival: now, since: now };
  }
  const since = now - known.silencesMs.length * DAY_MS;
  return { silencesMs: [...known.silencesMs], day, lastArrival: now, since };
}

/** Records came. */
export function arrived(rhythm: Rhythm, now: number): void {
  const day = Math.floor(now / DAY_MS);
  for (; rhythm.day < day; rhythm.day++) {
    rhythm.silencesMs.push(0);
  }
  rhythm.silencesMs.splice(0, Math.max(0, rhythm.silencesMs.length - DAYS));
  const last = rhythm.silencesMs.length - 1;
  rhythm.silencesMs[last] = Math.max(rhythm.silencesMs[last] ?? 0, now - rhythm.lastArrival);
  rhythm.lastArrival = now;
}

/**
 * How long the log has been silent, if that is more than three times its longest silence of the last seven days and
 * at least 15 minutes. Nothing is said within the first day: what is usual at night is not known before.
 */
export function quietForMs({ silencesMs, lastArrival, since }: Rhythm, now: number): number | undefined {
  const silence = now - lastArrival;
  const usual = Math.max(...silencesMs);
  return lastArrival - since >= DAY_MS && silence >= Math.max(MIN_QUIET_MS, FACTOR * usual) ? silence : undefined;
}
