export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** A Monday, so that the clocks of Europe change on day 20 and a month ends on day 22. Milliseconds, UTC. */
export const START = Date.UTC(2026, 2, 9);

/** Where people work; what matters is when their day begins, in UTC. */
export type Zone = 'Europe/Berlin' | 'Europe/London' | 'America/New_York' | 'Asia/Kolkata';

/** Hours ahead of UTC in winter. */
const WINTER_OFFSET: Readonly<Record<Zone, number>> = {
  'Europe/Berlin': 1,
  'Europe/London': 0,
  'America/New_York': -4, // summer time there began on the day before the start
  'Asia/Kolkata': 5.5,
};
/** Summer time begins in all of Europe at 01:00 UTC. */
const EUROPEAN_SUMMER = Date.UTC(2026, 2, 29, 1);

/** The moment at which a clock in the zone shows the hour (a fraction is minutes) on the day since the start. */
export function localTime(day: number, hour: number, zone: Zone): number {
  const utc = START + day * DAY_MS + (hour - WINTER_OFFSET[zone]) * HOUR_MS;
  return zone.startsWith('Europe/') && utc >= EUROPEAN_SUMMER ? utc - HOUR_MS : utc;
}

/** Saturday or Sunday. */
export function isWeekend(day: number): boolean {
  return day % 7 >= 5;
}

/** One of the last two days of a month, or the first of one: when accounts are closed. */
export function isMonthEnd(day: number): boolean {
  const date = new Date(START + day * DAY_MS);
  const daysInMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.getUTCDate() === 1 || date.getUTCDate() > daysInMonth - 2;
}

/** `2026-03-09` of the day since the start. */
export function dayText(day: number): string {
  return new Date(START + day * DAY_MS).toISOString().slice(0, 10);
}
