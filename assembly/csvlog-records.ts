// Takes records of PostgreSQL's csvlog from the index that `scanCsv` made, many in one call: those that are as the
// server writes them and say what a short list of messages says. Whatever else comes is left to the parser.

const COMMA_COLUMNS_MIN: i32 = 24, COMMA_COLUMNS_MAX: i32 = 26;
/** Separators behind these columns, as `src/parsers/csvlog/column.ts` numbers them. */
const CONNECTION_FROM: usize = 4 << 2, SESSION_ID: usize = 5 << 2, SEVERITY: usize = 11 << 2, SQL_STATE: usize = 12 << 2;
const MESSAGE: usize = 13 << 2, BACKEND_TYPE: usize = 23 << 2;

/** The minute and the zone that records are compared with: sixteen bytes, eight bytes, and the length of the zone. */
const MINUTE: usize = 16, ZONE: usize = 32, ZONE_LENGTH: usize = 40;
/** `2026-01-01 12:34:56.789`; a zone, if any, stands behind it. */
const TIME_BYTES: usize = 23;

/** Of a taken record: its time as f64, then session (two words), start, end, first separator, class. */
const TAKEN: usize = 32;
const SKIPPED: i32 = -1;

/** Of a message: length and class, then its first bytes, filled up with zeros. */
const MESSAGE_ENTRY: usize = 64, MESSAGE_TEXT: usize = 8;

const QUOTE: u8 = 0x22, DOT: u8 = 0x2e, COLON: u8 = 0x3a, LETTER_L: u8 = 0x4c;

/**
 * Notes minute and zone of a time that the parser has read, so that records of the same minute need not be.
 *
 * @returns the milliseconds since that minute began; -1 when the time is not written as the server writes it
 */
export function noteMinute(start: usize, end: usize): i32 {
  const length = <i32>end - <i32>start - <i32>TIME_BYTES;
  const ms = millisecondsAt(start);
  if (length < 0 || length > 8 || ms < 0 || <u32>digit(start + TIME_BYTES) <= 9) return -1;
  store<i64>(MINUTE, load<i64>(start));
  store<i64>(MINUTE, load<i64>(start, 8), 8);
  store<i64>(ZONE, zoneAt(start + TIME_BYTES, length));
  store<i32>(ZONE_LENGTH, length);
  return ms;
}

/**
 * @param record where the first one's entry in the records lies; they end at `recordsEnd`
 * @param first place in the index of its first separator
 * @param start where it begins
 * @param messages the table of messages, up to `messagesEnd`
 * @param minute of the minute that was noted, in milliseconds since the epoch
 * @param out where taken records go, up to `outEnd`
 * @returns how many were taken
 */
export function takeCsvlog(
  record: usize, recordsEnd: usize, index: usize, first: i32, start: usize, messages: usize, messagesEnd: usize,
  minute: f64, out: usize, outEnd: usize,
): i32 {
  const before = out;
  for (; record < recordsEnd && out < outEnd; record += 4, out += TAKEN) {
    const next = load<i32>(record), columns = next - first;
    const at = index + (<usize>first << 2);
    if (columns < COMMA_COLUMNS_MIN || columns > COMMA_COLUMNS_MAX || !isInMinute(start, <usize>load<i32>(at))) break;
    const ms = millisecondsAt(start);
    if (ms < 0) break;
    let activity = SKIPPED;
    if (load<i32>(at + CONNECTION_FROM - 4) + 1 != load<i32>(at + CONNECTION_FROM)) {
      activity = classAt(at, messages, messagesEnd);
      if (activity == SKIPPED || !hasBackendType(at) || !takeSession(at, out)) break;
    }
    const end = load<i32>(index + (<usize>next << 2) - 4);
    store<f64>(out, minute + <f64>ms);
    store<i32>(out, <i32>start, 16);
    store<i32>(out, end, 20);
    store<i32>(out, first, 24);
    store<i32>(out, activity, 28);
    first = next;
    start = <usize>end + 1;
  }
  return <i32>((out - before) / TAKEN);
}

@inline
function isInMinute(start: usize, end: usize): bool {
  const length = <i32>end - <i32>start - <i32>TIME_BYTES;
  return length == load<i32>(ZONE_LENGTH)
    && load<i64>(start) == load<i64>(MINUTE)
    && load<i64>(start, 8) == load<i64>(MINUTE, 8)
    && zoneAt(start + TIME_BYTES, length) == load<i64>(ZONE);
}

@inline
function zoneAt(at: usize, length: i32): i64 {
  return length == 0 ? 0 : load<i64>(at) << (64 - (<i64>length << 3));
}

/** Seconds and milliseconds of a time; -1 when they are not written so. */
@inline
function millisecondsAt(start: usize): i32 {
  const tens = digit(start + 17), seconds = digit(start + 18);
  const a = digit(start + 20), b = digit(start + 21), c = digit(start + 22);
  const areDigits = (<u32>tens <= 5) & (<u32>seconds <= 9) & (<u32>a <= 9) & (<u32>b <= 9) & (<u32>c <= 9);
  return areDigits && load<u8>(start, 16) == COLON && load<u8>(start, 19) == DOT
    ? tens * 10000 + seconds * 1000 + a * 100 + b * 10 + c
    : -1;
}

@inline
function digit(at: usize): i32 {
  return <i32>load<u8>(at) - 0x30;
}

/** The class that the message of a LOG record tells; -1 where it is not one of the list. */
@inline
function classAt(at: usize, messages: usize, messagesEnd: usize): i32 {
  if (load<u8>(<usize>load<i32>(at + SEVERITY - 4) + 1) != LETTER_L) return SKIPPED;
  const state = <usize>load<i32>(at + SQL_STATE - 4) + 1;
  const text = <usize>load<i32>(at + MESSAGE - 4) + 2, end = <i32>load<i32>(at + MESSAGE) - 1;
  if (load<u8>(state) == QUOTE || load<u8>(text - 1) != QUOTE) return SKIPPED;
  for (let entry = messages; entry < messagesEnd; entry += MESSAGE_ENTRY) {
    if (load<i32>(entry, 8) == load<i32>(text) && isText(entry, text, end)) return load<i32>(entry, 4);
  }
  return SKIPPED;
}

/** Whether the bytes up to `end` begin with the text of an entry. */
@inline
function isText(entry: usize, at: usize, end: i32): bool {
  const length = load<i32>(entry);
  if (end - <i32>at < length) return false;
  const text = entry + MESSAGE_TEXT;
  let p: i32 = 0;
  for (; p + 8 <= length; p += 8) {
    if (load<i64>(at + p) != load<i64>(text + p)) return false;
  }
  return p == length || (load<i64>(at + p) ^ load<i64>(text + p)) << (64 - (<i64>(length - p) << 3)) == 0;
}

/** A quote, then a letter: see the parser. */
@inline
function hasBackendType(at: usize): bool {
  const start = <usize>load<i32>(at + BACKEND_TYPE - 4) + 1;
  const letter = load<u8>(start, 1) | 0x20;
  return load<u8>(start) == QUOTE && letter >= 0x61 && letter <= 0x7a;
}

/** `6b01cb6d.40b8`: eight digits, a dot, up to seven digits. False when it is not written so. */
@inline
function takeSession(at: usize, out: usize): bool {
  const start = <usize>load<i32>(at + SESSION_ID - 4) + 1, end = <usize>load<i32>(at + SESSION_ID);
  if (end < start + 10 || end > start + 16 || load<u8>(start, 8) != DOT) return false;
  let high: i32 = 0, low: i32 = 0, isHex = true;
  for (let p = start; p < start + 8; p++) {
    const value = hexAt(p);
    isHex = isHex && value >= 0;
    high = (high << 4) | value;
  }
  for (let p = start + 9; p < end; p++) {
    const value = hexAt(p);
    isHex = isHex && value >= 0;
    low = (low << 4) | value;
  }
  store<i32>(out, high, 8);
  store<i32>(out, low, 12);
  return isHex;
}

/** The value of a lower-case hexadecimal digit; -1 for anything else. */
@inline
function hexAt(at: usize): i32 {
  const byte = <i32>load<u8>(at);
  if (<u32>(byte - 0x30) <= 9) return byte - 0x30;
  return <u32>(byte - 0x61) <= 5 ? byte - 0x57 : -1;
}
