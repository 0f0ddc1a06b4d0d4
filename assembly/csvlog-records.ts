// Takes records of PostgreSQL's csvlog from the index that `scanCsv` made, many in one call: those that are as the
// server writes them and say what a short list of messages says. Whatever else comes is left to the parser.

import { classOf, SKIPPED } from './messages';
import { millisecondsIn } from './minute';
import { takeSession } from './session';

const COMMA_COLUMNS_MIN: i32 = 24, COMMA_COLUMNS_MAX: i32 = 26;
/** Separators behind these columns, as `src/parsers/csvlog/column.ts` numbers them. */
const CONNECTION_FROM: usize = 4 << 2, SESSION_ID: usize = 5 << 2, SEVERITY: usize = 11 << 2, SQL_STATE: usize = 12 << 2;
const MESSAGE: usize = 13 << 2, BACKEND_TYPE: usize = 23 << 2;

/** Of a taken record: its time as f64, then session (two words), start, end, first separator, class. */
const TAKEN: usize = 32;
const QUOTE: u8 = 0x22, LETTER_L: u8 = 0x4c;

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
    if (columns < COMMA_COLUMNS_MIN || columns > COMMA_COLUMNS_MAX) break;
    const ms = millisecondsIn(start, <usize>load<i32>(at));
    if (ms < 0) break;
    let activity = SKIPPED;
    if (load<i32>(at + CONNECTION_FROM - 4) + 1 != load<i32>(at + CONNECTION_FROM)) {
      activity = classAt(at, messages, messagesEnd);
      if (activity == SKIPPED || !hasBackendType(at) || !takeSessionAt(at, out)) break;
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

/** The class that the message of a LOG record tells; -1 where it is not one of the list. */
@inline
function classAt(at: usize, messages: usize, messagesEnd: usize): i32 {
  if (load<u8>(<usize>load<i32>(at + SEVERITY - 4) + 1) != LETTER_L) return SKIPPED;
  const state = <usize>load<i32>(at + SQL_STATE - 4) + 1;
  const text = <usize>load<i32>(at + MESSAGE - 4) + 2, end = <i32>load<i32>(at + MESSAGE) - 1;
  if (load<u8>(state) == QUOTE || load<u8>(text - 1) != QUOTE) return SKIPPED;
  return classOf(text, end, messages, messagesEnd);
}

/** A quote, then a letter: see the parser. */
@inline
function hasBackendType(at: usize): bool {
  const start = <usize>load<i32>(at + BACKEND_TYPE - 4) + 1;
  const letter = load<u8>(start, 1) | 0x20;
  return load<u8>(start) == QUOTE && letter >= 0x61 && letter <= 0x7a;
}

@inline
function takeSessionAt(at: usize, out: usize): bool {
  return takeSession(<usize>load<i32>(at + SESSION_ID - 4) + 1, <usize>load<i32>(at + SESSION_ID), out + 8);
}
