import { createZoneClock, fixedOffset } from './time-zone.ts';

const MINUTE_MS = 60_000;
/** `2026-01-01 12:34`: what is the same for all records of a minute. */
const MINUTE_BYTES = 16;
const SECOND_END = 19;

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
  let minuteMs = Number.NaN;
  let zoneText = '';
  let zoneLength = -1;
  let zoneFirst = 0;
  let offsetMs = Number.NaN;
  let problem = '';

  /** Works out date, hour and minute anew. */
  function readMinute(bytes: Uint8Array, words: DataView, start: number): void {
    minuteMs = parseMinute(bytes, start);
    for (let i = 0; i < known.length; i++) {
      known[i] = words.getInt32(start + 4 * i, true);
    }
    zoneLength = -1;
  }

  function readZone(bytes: Uint8Array, words: DataView, at: number, end: number): void {
    zoneText = '';
    for (let p = bytes[at] === 0x20 ? at + 1 : at; p < end && p < at + 12; p++) {
      zoneText += String.fromCharCode(bytes[p]!);
    }
    zoneLength = end - at;
    zoneFirst = firstBytes(words, at, zoneLength);
    offsetMs = fixedOffset(zoneText) ?? clock?.offsetOf(minuteMs, zoneText) ?? Number.NaN;
  }

  return {
    get problem() {
      return problem;
    },
    read(bytes, words, start, end) {
      problem = 'does not start with a time';
      if (end - start < SECOND_END + 1) {
        return Number.NaN;
      }
      if (
        words.getInt32(start, true) !== known[0] ||
        words.getInt32(start + 4, true) !== known[1] ||
        words.getInt32(start + 8, true) !== known[2] ||
        words.getInt32(start + 12, true) !== known[3]
      ) {
        readMinute(bytes, words, start);
      }
      const seconds = twoDigits(bytes, start + 17);
      if (!(seconds >= 0 && seconds <= 60) || bytes[start + 16] !== 0x3a) {
        return Number.NaN;
      }
      let at = start + SECOND_END;
      let fractionMs = 0;
      if (bytes[at] === 0x2e) {
        at++;
        for (let scale = 100; at < end; at++, scale /= 10) {
          const digit = bytes[at]! - 48;
          if (digit < 0 || digit > 9) {
            break;
          }
          fractionMs += digit * scale;
        }
      }
      // a zone of more than four bytes is worked out each time: rare, and two of them may begin alike
      if (end - at !== zoneLength || zoneLength > 4 || firstBytes(words, at, zoneLength) !== zoneFirst) {
        readZone(bytes, words, at, end);
      }
      if (Number.isNaN(offsetMs)) {
        problem = 'names a time zone that only `timezone:` in the configuration can explain';
      }
      return minuteMs + seconds * 1000 + Math.floor(fractionMs) - offsetMs;
    },
  };
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
