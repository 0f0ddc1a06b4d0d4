export const HOURS_A_DAY = 24;
/** An hour is usual where one so near to it is: clocks change, and people stay longer when a month ends. */
const NEAR_HOURS = 2;

/** Hours of the day of a set of them. */
export function hoursIn(bits: number): number[] {
  return Array.from({ length: HOURS_A_DAY }, (_, hour) => hour).filter((hour) => ((bits >>> hour) & 1) === 1);
}

/** The bits of an hour of the day and of those near it. */
export function around(hour: number): number {
  const first = (hour + HOURS_A_DAY - NEAR_HOURS) % HOURS_A_DAY;
  const bits = ((1 << (2 * NEAR_HOURS + 1)) - 1) << first;
  return bits | (bits >>> HOURS_A_DAY);
}

/** Where an hour lies in its week. */
export interface HourPlace {
  hour: number;
  /** Of a set of hours of the day. */
  bit: number;
  isRest: boolean;
  /** The first hour of the week. */
  weekStart: number;
}

/** That of the hour that was asked for last: in a log they are mostly the same. */
let known: HourPlace = { hour: -1, bit: 0, isRest: false, weekStart: 0 };

export function placeOf(hour: number): HourPlace {
  if (hour !== known.hour) {
    const weekStart = (7 * weekOf(hour) - 3) * HOURS_A_DAY;
    known = { hour, bit: 1 << (hour % HOURS_A_DAY), isRest: isWeekend(hour), weekStart };
  }
  return known;
}

/** The epoch was a Thursday. */
export function weekOf(hour: number): number {
  return Math.floor((hour / HOURS_A_DAY + 3) / 7);
}

/** Saturday or Sunday, UTC. */
export function isWeekend(hour: number): boolean {
  return (Math.floor(hour / HOURS_A_DAY) + 3) % 7 >= 5;
}
