import { createTimestampReader } from '../../lib/timestamp.ts';
import { createSyslogHeaderReader } from '../../postgres/syslog-header.ts';
import type { StampMemory } from '../../postgres/syslog-stamp.ts';

const SPACE = 0x20;
const DASH = 0x2d;
const BRACKET = 0x5b;
/** `2026-11-21 10:00:00.123` */
const TIME_BYTES = 23;
/** The longest severity is WARNING. */
const MAX_WORD_BYTES = 12;
const MAX_LEVEL_BYTES = 7;

/** Reads what stands before the message of a line of PgBouncer's. */
export interface LineHeadReader {
  /** Where the message begins; -1 when the line has no head. */
  read(bytes: Uint8Array, words: DataView, start: number, end: number): number;
  /** Of the line read last: milliseconds since the epoch, UTC; NaN when it tells none. */
  time(): number;
  /** What was wrong when `time` gave NaN. */
  readonly problem: string;
  /** Around which time stamps without a year lie. */
  save(): StampMemory;
  recall(memory: StampMemory): void;
}

/**
 * Reads `2026-11-21 10:00:00.123 UTC [123] LOG message` (PgBouncer's own file; before 1.7 without zone and brackets),
 * or what a syslog daemon puts before the message.
 *
 * @param now milliseconds since the epoch: a stamp without a year is not later
 */
export function createLineHeadReader(timezone: string | undefined, now: number): LineHeadReader {
  const timestamps = createTimestampReader(timezone);
  const headers = createSyslogHeaderReader(timezone, now);
  let own = Number.NaN;
  let isOwn = false;

  function read(bytes: Uint8Array, words: DataView, start: number, end: number): number {
    isOwn = bytes[start + 4] === DASH && bytes[start + 7] === DASH && bytes[start + 10] === SPACE;
    if (isOwn) {
      return readOwn(bytes, words, start, end);
    }
    return headers.read(bytes, words, start, end) ? headers.header.text : -1;
  }

  function readOwn(bytes: Uint8Array, words: DataView, start: number, end: number): number {
    const zone = start + TIME_BYTES;
    let at = wordEnd(bytes, zone, end);
    if (at < 0) {
      return -1;
    }
    const hasZone = bytes[zone + 1] !== BRACKET && !isDigit(bytes[zone + 1]!);
    own = timestamps.read(bytes, words, start, hasZone ? at : zone);
    at = hasZone ? wordEnd(bytes, at, end) : at; // behind the process id
    const level = at < 0 ? -1 : wordEnd(bytes, at, end);
    const isLevel = level >= 0 && level - at <= MAX_LEVEL_BYTES + 1 && areCapitals(bytes, at + 1, level);
    return isLevel ? level + 1 : -1;
  }

  return {
    read,
    save: () => headers.save(),
    recall: (memory) => headers.recall(memory),
    time: () => (isOwn ? own : headers.time()),
    get problem() {
      return isOwn ? timestamps.problem : 'tells no time';
    },
  };
}

/** The end of the word that follows the space at `start`; -1 when there is none. */
function wordEnd(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== SPACE) {
    return -1;
  }
  for (let p = start + 1; p < end && p <= start + MAX_WORD_BYTES; p++) {
    if (bytes[p] === SPACE) {
      return p;
    }
  }
  return -1;
}

function areCapitals(bytes: Uint8Array, start: number, end: number): boolean {
  for (let p = start; p < end; p++) {
    if (bytes[p]! < 0x41 || bytes[p]! > 0x5a) {
      return false;
    }
  }
  return end > start;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
