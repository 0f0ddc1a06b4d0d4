/** 2000-01-01 UTC in seconds since 1970: counted from there, seconds fit 32 bits until 2068. */
const EPOCH_S = 946_684_800;
const LATEST = 0x7fff_ffff;
const DAY_MS = 86_400_000;

/**
 * Seconds since 2000 of a time in milliseconds since 1970, to be kept in an `Int32Array`.
 * At least 1, so that 0 can stand for "never"; what lies outside 2000 to 2068 is moved to the nearer end.
 */
export function compactTime(time: number): number {
  return Math.min(LATEST, Math.max(1, Math.floor(time / 1000) - EPOCH_S));
}

/** Milliseconds since 1970 of a compact time. */
export function expandedTime(seconds: number): number {
  return (seconds + EPOCH_S) * 1000;
}

/** The day of a time, as the time at which it begins, UTC: what is noted once a day is noted as of then. Milliseconds. */
export function startOfDay(time: number): number {
  return time - (time % DAY_MS);
}
