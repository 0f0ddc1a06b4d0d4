// Takes records of PostgreSQL's jsonlog from the index that `scanJsonLines` made, many in one call: those that are as the
// server writes them. What those say that are not of a short list of messages is left to the parser to judge; whatever
// else comes, to read.

import { takeLine } from './line-strings';
import { classOf, SKIPPED, UNJUDGED } from './messages';
import { millisecondsIn } from './minute';
import { takeSession } from './session';

/** Of a taken record: its time as f64, then session (two words), start, end, the newline behind it, class; then start
 * and end of its members. */
const TAKEN: usize = 128, MEMBERS: usize = 32;
/** Where those of members stand, as `src/parsers/jsonlog/members.ts` numbers them. */
const TIMESTAMP: usize = 1 << 3, REMOTE_HOST: usize = 4 << 3, SESSION_ID: usize = 5 << 3, SEVERITY: usize = 6 << 3;
const MESSAGE: usize = 8 << 3;

const OPEN_BRACE: u8 = 0x7b, SPACE: u8 = 0x20, CARRIAGE_RETURN: u8 = 0x0d, LETTER_L: u8 = 0x4c;

/**
 * @param record where the entry of the first one's line lies in the records; they end at `recordsEnd`
 * @param first place in the index of its first quote
 * @param start where it begins
 * @param keys see `takeLine`
 * @param messages the table of messages, up to `messagesEnd`
 * @param minute of the minute that was noted, in milliseconds since the epoch
 * @param out where taken records go, up to `outEnd`
 * @returns how many were taken
 */
export function takeJsonlog(
  record: usize, recordsEnd: usize, index: usize, first: i32, start: usize, keys: usize, factor: i32, messages: usize,
  messagesEnd: usize, minute: f64, out: usize, outEnd: usize,
): i32 {
  const before = out;
  for (; record < recordsEnd && out < outEnd; record += 4, out += TAKEN) {
    const next = load<i32>(record);
    const newline = <usize>load<i32>(index + (<usize>next << 2) - 4), found = out + MEMBERS;
    let end = newline;
    while (load<u8>(end - 1) == CARRIAGE_RETURN || load<u8>(end - 1) == SPACE) end--;
    if (load<u8>(start) != OPEN_BRACE || end <= start) break;
    if (!takeLine(start, end, index + (<usize>first << 2), keys, factor, found, out + TAKEN)) break;
    const ms = millisecondsIn(<usize>load<i32>(found, TIMESTAMP), <usize>load<i32>(found, TIMESTAMP + 4));
    const activity = classIn(found, messages, messagesEnd);
    if (ms < 0 || activity == BROKEN || (activity != SKIPPED && !takeSessionOf(found, out))) break;
    store<f64>(out, minute + <f64>ms);
    store<i32>(out, <i32>start, 16);
    store<i32>(out, <i32>end, 20);
    store<i32>(out, <i32>newline, 24);
    store<i32>(out, activity, 28);
    first = next;
    start = newline + 1;
  }
  return <i32>((out - before) / TAKEN);
}

const BROKEN: i32 = -3;

/** The class of a record; `SKIPPED` where no client made it, `BROKEN` where it is none. */
@inline
function classIn(found: usize, messages: usize, messagesEnd: usize): i32 {
  const severity = <usize>load<i32>(found, SEVERITY), text = <usize>load<i32>(found, MESSAGE);
  if (severity == 0 || text == 0) return BROKEN;
  if (load<i32>(found, REMOTE_HOST) == 0) return SKIPPED;
  if (load<u8>(severity) != LETTER_L) return UNJUDGED;
  const told = classOf(text, load<i32>(found, MESSAGE + 4), messages, messagesEnd);
  return told == SKIPPED ? UNJUDGED : told;
}

@inline
function takeSessionOf(found: usize, out: usize): bool {
  return takeSession(<usize>load<i32>(found, SESSION_ID), <usize>load<i32>(found, SESSION_ID + 4), out + 8);
}
