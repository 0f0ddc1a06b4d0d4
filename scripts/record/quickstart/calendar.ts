/** The two weeks: Thursday 2026-11-05 to Thursday 2026-11-19, noon. */
export const FIRST_DAY = Date.UTC(2026, 10, 5);
export const END = Date.UTC(2026, 10, 19, 12);
export const DAYS = 15;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Time of `hh:mm` or `hh:mm:ss` UTC of a day of November 2026. */
export function utc(dayOfMonth: number, time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return Date.UTC(2026, 10, dayOfMonth, hours, minutes, seconds);
}

/** The same for Berlin, which is an hour ahead in November. */
export function berlin(dayOfMonth: number, time: string): number {
  return utc(dayOfMonth, time) - HOUR;
}

/** The days of the month that the two weeks touch. */
export function allDays(): number[] {
  return Array.from({ length: DAYS }, (_, n) => new Date(FIRST_DAY + n * DAY).getUTCDate());
}

export function workingDays(): number[] {
  return allDays().filter((day) => !isWeekend(utc(day, '12:00')));
}

export function isWeekend(time: number): boolean {
  return [0, 6].includes(new Date(time).getUTCDay());
}
