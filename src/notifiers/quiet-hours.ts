/** From and to as `HH:MM` in the recipient's time zone; over midnight where `to` is the earlier one. */
export interface QuietHours {
  from: string;
  to: string;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** The end of the quiet hours in which a time lies, milliseconds since the epoch; undefined outside of them. */
export function quietUntil(time: number, timeZone: string, hours: QuietHours | undefined): number | undefined {
  if (hours === undefined || hours.from === hours.to) {
    return undefined;
  }
  const now = minuteOfDay(time, timeZone);
  const sinceFrom = (now - minutesOf(hours.from) + DAY_MINUTES) % DAY_MINUTES;
  const length = (minutesOf(hours.to) - minutesOf(hours.from) + DAY_MINUTES) % DAY_MINUTES;
  if (sinceFrom >= length) {
    return undefined;
  }
  return Math.floor(time / MINUTE_MS) * MINUTE_MS + (length - sinceFrom) * MINUTE_MS;
}

/** The next time that a clock of the zone shows `HH:MM`; a change of clocks may shift it by an hour. */
export function nextTimeOfDay(time: number, timeZone: string, wanted: string): number {
  const ahead = (minutesOf(wanted) - minuteOfDay(time, timeZone) + DAY_MINUTES) % DAY_MINUTES;
  return Math.floor(time / MINUTE_MS) * MINUTE_MS + (ahead === 0 ? DAY_MINUTES : ahead) * MINUTE_MS;
}

function minutesOf(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number) as [number, number];
  return 60 * hours + minutes;
}

function minuteOfDay(time: number, timeZone: string): number {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return minutesOf(clock.format(time));
}
