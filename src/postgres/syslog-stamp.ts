import { createZoneClock } from '../lib/time-zone.ts';
import { createTimestampReader } from '../lib/timestamp.ts';
import { readDatedStamp } from './dated-stamp.ts';

const SPACE = 0x20;
const COLON = 0x3a;
const NIL = 0x2d;
const DOT = 0x2e;
/** `Nov 21 10:00:00`. */
const YEARLESS_BYTES = 15;
const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;
const ISO_MAX_BYTES = 40;

/** First three letters of the months as little-endian numbers. */
const MONTHS = new Map(
  ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map((name, month) => [
    name.charCodeAt(0) | (name.charCodeAt(1) << 8) | (name.charCodeAt(2) << 16),
    month,
  ]),
);

/** Reads the time that a syslog daemon writes before a message. */
export interface SyslogStampReader {
  /**
   * Reads `Nov 21 10:00:00`, an ISO 8601 time, what else daemons write, or `-`.
   *
   * @returns where the stamp ends; -1 when there is none
   */
  read(bytes: Uint8Array, words: DataView, start: number, end: number): number;
  /** Of the stamp read last: milliseconds since the epoch, UTC; NaN when it tells no time. */
  time(): number;
  /** Tells the time of a record, around which stamps without a year lie. */
  learn(time: number): void;
  /** The same, less surely: it counts only where no time is known yet. */
  learnRoughly(time: number): void;
  /** Around which time stamps without a year lie. */
  save(): StampMemory;
  recall(memory: StampMemory): void;
}

/** What earlier records told of the year. */
export interface StampMemory {
  near: number;
  isGuessed: boolean;
}

/**
 * A stamp of RFC 3164 has neither year nor zone. The zone is the one given, else UTC. The year is the one that brings it
 * nearest to the record before it, so that January follows December; the first record is of the last twelve months,
 * unless something tells a time (`learn`).
 *
 * @param now milliseconds since the epoch: no log was written later
 */
export function createSyslogStampReader(timezone: string | undefined, now: number): SyslogStampReader {
  const zone = timezone === undefined ? undefined : createZoneClock(timezone);
  const timestamps = createTimestampReader(timezone);
  /** Of the record before, UTC. */
  let near = Number.NaN;
  /** Nothing but `now` has told the year so far. */
  let isGuessed = true;
  /** Of the stamp read last: its time if it is ISO, its wall clock in the year 2000 if it has none. */
  let told = Number.NaN;
  let yearless = Number.NaN;
  /** A stamp without a year, and what it stands for. */
  const known = new Int32Array(4);
  let knownWall = Number.NaN;

  /** Lines of one second have the same stamp. */
  function readYearless(bytes: Uint8Array, words: DataView, start: number): number {
    const isKnown =
      words.getInt32(start, true) === known[0] &&
      words.getInt32(start + 4, true) === known[1] &&
      words.getInt32(start + 8, true) === known[2] &&
      words.getInt32(start + 11, true) === known[3];
    if (!isKnown) {
      knownWall = wallIn2000(bytes, words, start);
      for (let i = 0; i < known.length; i++) {
        known[i] = words.getInt32(start + Math.min(4 * i, YEARLESS_BYTES - 4), true);
      }
    }
    return knownWall;
  }

  function read(bytes: Uint8Array, words: DataView, start: number, end: number): number {
    told = Number.NaN;
    yearless = Number.NaN;
    if (bytes[start] === NIL && bytes[start + 1] === SPACE) {
      return start + 1;
    }
    if (bytes[start + 3] === SPACE && end - start >= YEARLESS_BYTES) {
      yearless = readYearless(bytes, words, start);
      if (!Number.isNaN(yearless)) {
        return bytes[start + YEARLESS_BYTES] === DOT
          ? readFraction(bytes, start + YEARLESS_BYTES + 1, end)
          : start + YEARLESS_BYTES;
      }
    }
    const space = spaceIn(bytes, start, Math.min(end, start + ISO_MAX_BYTES));
    if (space < 0) {
      return -1;
    }
    told = bytes[start + 4] === NIL ? timestamps.read(bytes, words, start, space) : Number.NaN;
    return Number.isNaN(told) ? readDated(bytes, start, end) : space;
  }

  /** `Nov 21 10:00:00.123456`. */
  function readFraction(bytes: Uint8Array, start: number, end: number): number {
    let scale = 100;
    let at = start;
    for (; at < end && bytes[at]! >= 0x30 && bytes[at]! <= 0x39; at++, scale /= 10) {
      yearless += scale >= 1 ? scale * (bytes[at]! - 0x30) : 0;
    }
    return at;
  }

  function readDated(bytes: Uint8Array, start: number, end: number): number {
    const stamp = readDatedStamp(bytes, start, end);
    if (stamp === undefined) {
      return -1;
    }
    told = stamp.hasZone ? stamp.ms : toUtc(stamp.ms);
    return start + stamp.bytes;
  }

  function time(): number {
    const result = Number.isNaN(told) ? nearestYear() : told;
    isGuessed &&= Number.isNaN(told);
    if (!Number.isNaN(result)) {
      near = result;
    }
    return result;
  }

  function nearestYear(): number {
    const wall = new Date(yearless);
    const inYear = (year: number) => toUtc(wall.setUTCFullYear(year));
    if (Number.isNaN(yearless)) {
      return Number.NaN;
    }
    if (Number.isNaN(near)) {
      const thisYear = new Date(now).getUTCFullYear();
      const time = inYear(thisYear);
      return time > now + DAY_MS ? inYear(thisYear - 1) : time;
    }
    const year = new Date(near).getUTCFullYear();
    const time = inYear(year);
    return time > near + YEAR_MS / 2 ? inYear(year - 1) : time < near - YEAR_MS / 2 ? inYear(year + 1) : time;
  }

  function toUtc(wallMs: number): number {
    return zone === undefined ? wallMs : wallMs - zone.offsetOf(wallMs, '');
  }

  return {
    read,
    time,
    learn(time) {
      near = time;
      isGuessed = false;
    },
    learnRoughly(time) {
      if (isGuessed) {
        near = time;
        isGuessed = false;
      }
    },
    save: () => ({ near, isGuessed }),
    recall(memory) {
      ({ near, isGuessed } = memory);
    },
  };
}

/** `Nov 21 10:00:00` or `Nov  1 10:00:00` as a time of the year 2000, which has a 29th of February. */
function wallIn2000(bytes: Uint8Array, words: DataView, start: number): number {
  const month = MONTHS.get(words.getInt32(start, true) & 0xffffff);
  const day = twoDigits(bytes, start + 4);
  const hour = twoDigits(bytes, start + 7);
  const minute = twoDigits(bytes, start + 10);
  const second = twoDigits(bytes, start + 13);
  const isTime = bytes[start + 9] === COLON && bytes[start + 12] === COLON && bytes[start + 6] === SPACE;
  if (month === undefined || !isTime || !(day >= 1 && day <= 31 && hour <= 23 && minute <= 59 && second <= 60)) {
    return Number.NaN;
  }
  return Date.UTC(2000, month, day, hour, minute, second);
}

/** The number in two digits, the first of which may be a space; NaN if they are none. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at] === SPACE ? 0 : bytes[at]! - 48;
  const ones = bytes[at + 1]! - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function spaceIn(bytes: Uint8Array, start: number, end: number): number {
  for (let p = start; p < end; p++) {
    if (bytes[p] === SPACE) {
      return p;
    }
  }
  return -1;
}
