import type { TimestampReader } from '../lib/timestamp.ts';
import type { LogBytes } from './log-line-prefix-fields.ts';

/** `2026-11-21 16:48`, then `:45`, then `.367` or nothing, then the zone with a space before it. */
const SECONDS = 16;
const FRACTION = 19;
const FRACTION_BYTES = 4;
const MAX_ZONE_BYTES = 8;
const SPACE = 0x20;
const COLON = 0x3a;
const DOT = 0x2e;
const ZERO = 0x30;

/**
 * The same as a timestamp reader, quicker for the times of one minute that are written alike: `%m` and `%t`. NaN for
 * what it has not seen yet, too.
 */
export interface LineClock {
  read(source: LogBytes, start: number, end: number): number;
}

export function createLineClock(timestamps: TimestampReader): LineClock {
  /** What of a time is the same for all of a minute: its first sixteen bytes, its length, its zone. */
  let date0 = 0;
  let date1 = 0;
  let date2 = 0;
  let date3 = 0;
  let length = -1;
  let zoneAt = 0;
  let zone0 = 0;
  let zone1 = 0;
  /** When that minute began: milliseconds since the epoch, UTC. */
  let minute = 0;

  function read(source: LogBytes, start: number, end: number): number {
    const { words } = source;
    if (
      end - start === length &&
      words.getInt32(start + 12, true) === date3 &&
      words.getInt32(start + 8, true) === date2 &&
      words.getInt32(start + 4, true) === date1 &&
      words.getInt32(start, true) === date0
    ) {
      const ms = sinceMinute(words, start, zoneAt > FRACTION);
      const at = start + zoneAt;
      if (ms >= 0 && firstBytes(words, at, end) === zone0 && firstBytes(words, at + 4, end) === zone1) {
        return minute + ms;
      }
    }
    return learn(source, start, end);
  }

  function learn({ bytes, words }: LogBytes, start: number, end: number): number {
    const time = timestamps.read(bytes, words, start, end);
    const hasFraction = bytes[start + FRACTION] === DOT;
    const ms = sinceMinute(words, start, hasFraction);
    zoneAt = FRACTION + (hasFraction ? FRACTION_BYTES : 0);
    const at = start + zoneAt;
    const isUsual = ms >= 0 && !Number.isNaN(time) && bytes[at] === SPACE && end > at && end - at <= MAX_ZONE_BYTES;
    length = isUsual ? end - start : -1;
    minute = time - ms;
    date0 = words.getInt32(start, true);
    date1 = words.getInt32(start + 4, true);
    date2 = words.getInt32(start + 8, true);
    date3 = words.getInt32(start + 12, true);
    zone0 = firstBytes(words, at, end);
    zone1 = firstBytes(words, at + 4, end);
    return time;
  }

  return { read };
}

/** Milliseconds that `:45` or `:45.367` tells; -1 for other texts. */
function sinceMinute(words: DataView, start: number, hasFraction: boolean): number {
  const word = words.getInt32(start + SECONDS, true);
  const tens = ((word >>> 8) & 0xff) - ZERO;
  const ones = ((word >>> 16) & 0xff) - ZERO;
  if ((word & 0xff) !== COLON || tens >>> 0 > 5 || ones >>> 0 > 9 || word >>> 24 !== (hasFraction ? DOT : SPACE)) {
    return -1;
  }
  const seconds = 1000 * (10 * tens + ones);
  if (!hasFraction) {
    return seconds;
  }
  const fraction = words.getInt32(start + FRACTION + 1, true);
  const a = (fraction & 0xff) - ZERO;
  const b = ((fraction >>> 8) & 0xff) - ZERO;
  const c = ((fraction >>> 16) & 0xff) - ZERO;
  const areDigits = a >>> 0 <= 9 && b >>> 0 <= 9 && c >>> 0 <= 9 && fraction >>> 24 === SPACE;
  return areDigits ? seconds + 100 * a + 10 * b + c : -1;
}

/** Up to four bytes of what ends at a place, as a number; 0 where it ended before. */
function firstBytes(words: DataView, at: number, end: number): number {
  const length = (end - at) | 0;
  if (length >= 4) {
    return words.getInt32(at, true);
  }
  return length <= 0 ? 0 : words.getInt32(at, true) & ((1 << (8 * length)) - 1);
}
