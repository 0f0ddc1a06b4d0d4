import { type MaintenanceWindow, WEEKDAYS, type WeeklyHours } from '../model/notification-rules.ts';
import { type AlertSubject, fitsMatch } from './alert-match.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/**
 * The window in which everything lies that the alert is about, from its first to its last event; undefined where there
 * is none. What goes on after the end of a window is told.
 */
export function maintenanceOf(
  subject: AlertSubject,
  windows: readonly MaintenanceWindow[],
): MaintenanceWindow | undefined {
  const { startTimeUtc, endTimeUtc } = subject.alert.properties;
  const [start, end] = [Date.parse(startTimeUtc), Date.parse(endTimeUtc)];
  return windows.find((window) => end < endOfWindow(window, start) && fitsMatch(window, subject));
}

/** First moment after the window in which a time lies; minus infinity outside of it. Milliseconds since the epoch. */
function endOfWindow({ once, weekly }: MaintenanceWindow, time: number): number {
  if (once !== undefined && time >= once.from && time < once.to) {
    return once.to;
  }
  return weekly === undefined ? Number.NEGATIVE_INFINITY : endOfHours(weekly, time);
}

/** `from` and `to` alike: the whole day. */
function endOfHours({ days, from, to, timeZone }: WeeklyHours, time: number): number {
  const { day, minute } = wallClock(time, timeZone);
  const start = minutesOf(from);
  const length = (minutesOf(to) - start + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES;
  const passed = (minute - start + DAY_MINUTES) % DAY_MINUTES;
  const startDay = minute >= start ? day : (day + 6) % 7;
  if (passed >= length || !days.includes(WEEKDAYS[startDay]!)) {
    return Number.NEGATIVE_INFINITY;
  }
  return Math.floor(time / MINUTE_MS) * MINUTE_MS + (length - passed) * MINUTE_MS;
}

/** Day of the week, 0 for Monday, and minute of the day. */
function wallClock(time: number, timeZone: string): { day: number; minute: number } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(time);
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? '';
  return {
    day: WEEKDAYS.findIndex((name) => name === part('weekday').toLowerCase()),
    minute: minutesOf(`${part('hour')}:${part('minute')}`),
  };
}

function minutesOf(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number) as [number, number];
  return 60 * hours + minutes;
}
