/** Numbers kept of a principal: eight cache lines, of which a request touches two or three. */
export const STRIDE = 64;
/**
 * Of the running hour, of the day up to it, of the containers met on a day, in bits, and of hours that are over and
 * wait to join those before, a day at a time: `waiting` of them, each with its sum.
 */
export const Column = {
  hour: 0,
  sum: 1,
  events: 2,
  firstTime: 3,
  lastTime: 4,
  lookAt: 5,
  waiting: 6,
  principal: 7,
  day: 8,
  daySum: 9,
  dayEvents: 10,
  dayFirstTime: 11,
  isDayReported: 12,
  metDay: 13,
  met: 14,
  over: 16,
} as const;
/** Hours that are over, of one principal, until they join those before. */
export const MAX_WAITING = (STRIDE - Column.over) / 2;
