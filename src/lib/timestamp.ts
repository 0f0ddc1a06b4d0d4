import { createZoneClock, fixedOffset } from './time-zone.ts';
import { offsetOfAbbreviation } from './zone-abbreviations.ts';

const MINUTE_MS = 60_000;
/** `2026-01-01 12:34`: what is the same for all records of a minute. */
const MINUTE_BYTES = 16;
const SECOND_END = 19;
/** Longer names of zones do not exist. */
const MAX_ZONE_BYTES = 12;
const SPACE = 0x20;
const COLON = 0x3a;
const DOT = 0x2e;

/** What is wrong with a time whose zone is not known. */
export const UNKNOWN_ZONE = 'names a time zone that only `timezone:` in the configuration can explain';

/**
 * Reads `2026-01-01 12:34:56.789 CET` and its ISO 8601 relatives (`T`, no or up to nine digits of fraction, `Z`,
 * `+01:00`) from bytes. The date is worked out once a minute; other records cost a comparison of 16 bytes.
 */
export interface TimestampReader {
  /** Milliseconds since the epoch, UTC; NaN when the text is no time or names an unknown zone. */
  read(bytes: Uint8Array, words: DataView, start: number, end: number): number;
  /** What was wrong when `read` gave NaN. */
  readonly problem: string;
}

export function createTimestampReader(timezone: string | undefined): TimestampReader {
  const clock = timezone === undefined ? undefined : createZoneClock(timezone);
  const known = new Int32Array(MINUTE_BYTES / 4);
  /** The minute that `known` spells, as wall clock and in UTC. */
  const minute = { wallMs: Number.NaN, utcMs: Number.NaN };
  let zoneLength = -1;
  let zoneWord = 0;
  const reader = { read, problem: '' };

  function isKnown(words: DataView, start: number): boolean {
    return (
      words.getInt32(start, true) === known[0] &&
      words.getInt32(start + 4, true) === known[1] &&
      words.getInt32(start + 8, true) === known[2] &&
      words.getInt32(start + 12, true) === known[3]
    );
  }

  /** Works out date, hour and minute anew. */
  function readMinute(bytes: Uint8Array, words: DataView, start: number): void {
    minute.wallMs = parseMinute(bytes, start);
    for (let i = 0; i < known.length; i++) {
      known[i] = words.getInt32(start + 4 * i, true);
    }
    zoneLength = -1;
  }

  function readZone(bytes: Uint8Array, words: DataView, at: number, end: number): void {
    let zone = '';
    for (let p = bytes[at] === SPACE ? at + 1 : at; p < end && p < at + MAX_ZONE_BYTES; p++) {
      zone += String.fromCharCode(bytes[p]!);
    }
    // a zone of more than four bytes is worked out each time: rare, and two of them may begin alike
    zoneLength = end - at > 4 ? -1 : end - at;
    zoneWord = firstBytes(words, at, zoneLength);
    minute.utcMs = minute.wallMs - (fixedOffset(zone) ?? offsetOf(zone) ?? Number.NaN);
  }

  function offsetOf(zone: string): number | undefined {
    return clock === undefined ? offsetOfAbbreviation(zone) : clock.offsetOf(minute.wallMs, zone);
  }

  function read(bytes: Uint8Array, words: DataView, start: number, end: number): number {
    if (end - start <= SECOND_END || bytes[start + MINUTE_BYTES] !== COLON) {
      reader.problem = 'does not start with a time';
      return Number.NaN;
    }
    if (!isKnown(words, start)) {
      readMinute(bytes, words, start);
    }
    const seconds = digits(words.getUint16(start + 17, true), 2);
    let ms = seconds <= 60 ? 1000 * seconds : Number.NaN;
    let at = start + SECOND_END;
    if (bytes[at] === DOT) {
      const fraction = digits(words.getInt32(at + 1, true), 3);
      ms += Number.isNaN(fraction) ? shortFraction(bytes, at + 1, end) : fraction;
      at++;
      while (at < end && bytes[at]! >= 0x30 && bytes[at]! <= 0x39) {
        at++;
      }
    }
    if (end - at !== zoneLength || firstBytes(words, at, zoneLength) !== zoneWord) {
      readZone(bytes, words, at, end);
    }
    const time = minute.utcMs + ms;
    if (Number.isNaN(time)) {
      const isZone = Number.isNaN(minute.utcMs) && !Number.isNaN(minute.wallMs);
      reader.problem = isZone ? UNKNOWN_ZONE : 'does not start with a time';
    }
    return time;
  }

  return reader;
}

/** The number that two or three ASCII digits spell, the first one in the lowest byte; NaN when they are no digits. */
function digits(word: number, count: 2 | 3): number {
  const first = (word & 0xff) - 0x30;
  const second = ((word >>> 8) & 0xff) - 0x30;
  const third = count === 3 ? ((word >>> 16) & 0xff) - 0x30 : 0;
  const areDigits = first >>> 0 <= 9 && second >>> 0 <= 9 && third >>> 0 <= 9;
  return areDigits ? (count === 3 ? first * 100 + second * 10 + third : first * 10 + second) : Number.NaN;
}

/** Milliseconds that no, one or two digits of a second's fraction spell. */
function shortFraction(bytes: Uint8Array, start: number, end: number): number {
  let ms = 0;
  for (let p = start, scale = 100; p < end && bytes[p]! >= 0x30 && bytes[p]! <= 0x39; p++, scale /= 10) {
    ms += scale * (bytes[p]! - 0x30);
  }
  return ms;
}

/** Up to four bytes as a number. */
function firstBytes(words: DataView, at: number, length: number): number {
  const word = words.getInt32(at, true);
  return length >= 4 ? word : word & ((1 << (8 * length)) - 1);
}

/** Minutes since the epoch in milliseconds; NaN unless the sixteen bytes are a date and a time. */
function parseMinute(bytes: Uint8Array, start: number): number {
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
  const month = twoDigits(bytes, start + 5);
  const day = twoDigits(bytes, start + 8);
  const hour = twoDigits(bytes, start + 11);
  const minute = twoDigits(bytes, start + 14);
  const separators = bytes[start + 4] === 0x2d && bytes[start + 7] === 0x2d && bytes[start + 13] === 0x3a;
  const isTime = (bytes[start + 10] === 0x20 || bytes[start + 10] === 0x54) && hour <= 24 && minute <= 59;
  if (!separators || !isTime || !(month >= 1 && month <= 12 && day >= 1 && day <= 31 && year >= 0)) {
    return Number.NaN;
  }
  return Date.UTC(year, month - 1, day) + (hour * 60 + minute) * MINUTE_MS;
}

/** The number in two ASCII digits; NaN if they are none. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - 48;
  const ones = bytes[at + 1]! - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
