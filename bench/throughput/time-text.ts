const MS_PER_DAY = 86_400_000;

/** Time of the first record, milliseconds since the epoch. */
export const START_TIME = Date.UTC(2026, 2, 2);
/** Long enough that learning ends and detectors judge. */
export const SPAN_MS = 20 * MS_PER_DAY;

/** Numbers with leading zeros. */
const TWO_DIGITS = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));
const THREE_DIGITS = Array.from({ length: 1000 }, (_, value) => String(value).padStart(3, '0'));
const DAYS = Array.from({ length: SPAN_MS / MS_PER_DAY }, (_, day) =>
  new Date(START_TIME + day * MS_PER_DAY).toISOString().slice(0, 10),
);

/** `2026-03-02 09:00:00.123 UTC`, as `log_timezone = UTC` writes it; some five times faster than by `Date`. */
export function timeText(time: number): string {
  const elapsed = Math.floor(time) - START_TIME;
  const seconds = Math.floor((elapsed % MS_PER_DAY) / 1000);
  const minutes = Math.floor(seconds / 60);
  const clock = `${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}:${TWO_DIGITS[seconds % 60]}`;
  return `${DAYS[Math.floor(elapsed / MS_PER_DAY)]} ${clock}.${THREE_DIGITS[elapsed % 1000]} UTC`;
}
