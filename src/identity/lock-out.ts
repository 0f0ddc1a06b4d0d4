/** Wrong passwords in a row from which a name is locked. */
const ALLOWED_FAILURES = 5;
/** First pause; each further failure doubles it. Milliseconds. */
const FIRST_LOCK_MS = 30_000;
/** A stranger must not be able to keep somebody out for longer than this. Milliseconds. */
const LONGEST_LOCK_MS = 15 * 60_000;

/**
 * Until when a name is locked after one more failure than `failedAttempts`; undefined: not at all. From the fifth on a
 * pause that doubles, up to a quarter of an hour. Milliseconds since the epoch.
 */
export function lockedUntilAfter(failedAttempts: number, now: number): number | undefined {
  const beyond = failedAttempts + 1 - ALLOWED_FAILURES;
  return beyond < 0 ? undefined : now + Math.min(FIRST_LOCK_MS * 2 ** beyond, LONGEST_LOCK_MS);
}
