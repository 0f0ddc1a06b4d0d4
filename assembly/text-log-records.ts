// Takes entries of PostgreSQL's text log from the index that `scanLines` made, many in one call: those whose prefix
// begins and ends where the quickest way to read it says. What those say that are not of a short list of messages is left
// to the parser to judge; whatever else comes, to read. Its reading of such entries this is, too
// (src/postgres/log-line-prefix-walk.ts, src/parsers/text-log-entry.ts).

import { classOf, SKIPPED, UNJUDGED } from './messages';
import { millisecondsIn, timeLength } from './minute';
import { isHex, takeSession } from './session';

/** Of a taken entry: its time as f64, then session (two words), start, end, its last line, class, where its text starts;
 * where names end that it tells as its prefix does, 0 where it does not; start and end of user, database, address,
 * application; pid, number of the line, a hash of the names, what word stands before its text. */
const TAKEN: usize = 96;
const TEXT: usize = 32, TOLD: usize = 36, USER: usize = 40, DATABASE: usize = 48, ADDRESS: usize = 56;
const APPLICATION: usize = 64, PID: usize = 72, NUMBER: usize = 76, NAMES: usize = 80, WORD: usize = 84;

/** An operation: its kind, bytes of the literal that it takes, where its text goes, flags, the literal that ends it and
 * which of its bytes count, how many bytes its text has at most, and how many the literal has. */
const OP: usize = 64;
const ADVANCE: usize = 4, SLOT: usize = 8, FLAGS: usize = 12, LITERAL: usize = 16, MASK: usize = 32, MOST: usize = 48, LENGTH: usize = 52;
/** Kinds, as `src/postgres/log-line-prefix-bulk.ts` numbers them. */
const QUIT: i32 = 1, TIME: i32 = 2, NUMBER_OF: i32 = 3, REMOTE: i32 = 4, OPEN: i32 = 5, SESSION: i32 = 6;
const IS_FIRST_NAME: i32 = 1, MAY_BE_LONGER: i32 = 2;
/** Of a prefix: it tells clients; the last `@` is where the user ends; it has the id of the session. */
const TELLS_CLIENT: i32 = 1, SPLITS_AT_LAST: i32 = 2, HAS_SESSION: i32 = 4;

/** Words: of entries the first letter, of more about one a number that src/scan/text-log-records.ts knows, too. */
const LOG: i32 = 0x4c, FATAL: i32 = 0x46, ERROR: i32 = 0x45, FIRST_LETTER: i32 = 0x41;
const OTHER: i32 = 0, DETAIL: i32 = 1, STATEMENT: i32 = 2;

const MAX_TEXT: usize = 255, MAX_TRIES: i32 = 31, MAX_DIGITS: usize = 9, MAX_SEVERITY: usize = 9;
/** Two names and what stands between them: see the parser. */
const NAMES_BYTES: usize = 160;

const TAB: u8 = 0x09, CARRIAGE_RETURN: u8 = 0x0d, SPACE: u8 = 0x20, COLON: u8 = 0x3a, AT: u8 = 0x40, DOT: u8 = 0x2e, BRACKET: u8 = 0x5b;
const PARENTHESIS: u8 = 0x28, PARENTHESIS_END: u8 = 0x29;

// of the entry in hand
let milliseconds: i32 = 0, nameStart: usize = 0, word: i32 = 0;

/**
 * @param line place in the index of the end of the first one's line; there are `lines` in it
 * @param start where it begins
 * @param windowEnd where the bytes end that are there
 * @param op the operations, up to `opsEnd`
 * @param flags of the prefix
 * @param reach bytes behind the first name in which no second severity may stand; 0 for a prefix without names
 * @param messages the table of messages, up to `messagesEnd`; `login`: the class of those that tell names
 * @param minute of the minute that was noted, in milliseconds since the epoch
 * @param seed of the hash of names
 * @param out where taken entries go, up to `outEnd`
 * @returns how many were taken
 */
export function takeTextLog(
  line: i32, lines: i32, index: usize, start: usize, windowEnd: usize, op: usize, opsEnd: usize, flags: i32, reach: usize,
  messages: usize, messagesEnd: usize, login: i32, minute: f64, seed: i32, out: usize, outEnd: usize,
): i32 {
  const before = out;
  while (line + 1 < lines && out + TAKEN <= outEnd) {
    const newline = lineAt(index, line);
    const end = endOfLine(newline);
    const next = lineAt(index, line + 1);
    if (next + 1 >= windowEnd || load<u8>(start) == TAB || start >= end) break;
    for (let p = out + 32; p < out + TAKEN; p += 16) v128.store(p, i8x16.splat(0));
    const text = prefixEnd(start, end, op, opsEnd, out);
    if (text == 0 || !settle(out, flags)) break;
    if (reach != 0) {
      if (newline - nameStart <= NAMES_BYTES && isToldAgain(newline, next)) break;
      if (hasColon(text, min(end, nameStart + reach))) break;
    }
    const last = lastLine(line, lines, index, windowEnd);
    if (last < 0) break;
    const behind = lineAt(index, last), textEnd = endOfLine(behind);
    const activity = classAt(text, <i32>textEnd, messages, messagesEnd);
    store<f64>(out, minute + <f64>milliseconds);
    store<i32>(out, <i32>start, 16);
    store<i32>(out, <i32>textEnd, 20);
    store<i32>(out, last, 24);
    store<i32>(out, activity, 28);
    store<i32>(out, <i32>text, TEXT);
    store<i32>(out, word, WORD);
    if (activity == login) store<i32>(out, <i32>toldEnd(out, text, textEnd), TOLD);
    store<i32>(out, namesHash(out, seed), NAMES);
    line = last + 1;
    start = behind + 1;
    out += TAKEN;
  }
  return <i32>((out - before) / TAKEN);
}

@inline
function lineAt(index: usize, line: i32): usize {
  return <usize>load<i32>(index + (<usize>line << 2));
}

@inline
function endOfLine(newline: usize): usize {
  return load<u8>(newline - 1) == CARRIAGE_RETURN ? newline - 1 : newline;
}

/** Whether the next line ends as one does, and is continued: as messages do that tell a name with a newline. */
@inline
function isToldAgain(newline: usize, next: usize): bool {
  return load<u8>(next, 1) == TAB && load<i32>(next - 4) == load<i32>(newline - 4);
}

/** The class of an entry; `UNJUDGED` where its message is not one of the list, `SKIPPED` for more about another. */
@inline
function classAt(text: usize, end: i32, messages: usize, messagesEnd: usize): i32 {
  if (word < FIRST_LETTER) return SKIPPED;
  const told = word == LOG ? classOf(text, end, messages, messagesEnd) : SKIPPED;
  return told == SKIPPED ? UNJUDGED : told;
}

/** The last of the lines that go on with a text; -1 where more bytes are needed to tell. */
@inline
function lastLine(line: i32, lines: i32, index: usize, windowEnd: usize): i32 {
  while (true) {
    const next = lineAt(index, line) + 1;
    if (next >= windowEnd) return -1;
    if (load<u8>(next) != TAB) return line;
    if (++line >= lines) return -1;
  }
}

/** Where the text begins behind prefix and severity, its fields put into `out`; 0 where they are not of the usual kind. */
function prefixEnd(start: usize, end: usize, op: usize, opsEnd: usize, out: usize): usize {
  let at = start;
  for (; op < opsEnd; op += OP) {
    if ((load<i32>(op, FLAGS) & IS_FIRST_NAME) != 0) nameStart = at;
    const p = fieldEnd(at, end, op, out);
    if (p == 0 || (load<i32>(op, ADVANCE) != 0 && !isLiteral(op, p))) return 0;
    at = p + <usize>load<i32>(op, ADVANCE);
    if (at > end) return 0;
  }
  at = spacesEnd(at, end);
  const text = textAt(at, end);
  return text != 0 || looksLikeSeverity(at) ? text : longerEnd(end, opsEnd - OP, out);
}

/** The same with a longer last field, such as `Tableau 2024.2`. */
function longerEnd(end: usize, op: usize, out: usize): usize {
  if ((load<i32>(op, FLAGS) & MAY_BE_LONGER) == 0) return 0;
  const place = out + <usize>load<i32>(op, SLOT);
  const limit = min(end, <usize>load<i32>(place) + <usize>load<i32>(op, MOST) + 1);
  let p = <usize>load<i32>(place, 4);
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    p = literalAt(op, p + 1, limit, end);
    if (p == 0) return 0;
    const at = spacesEnd(p + <usize>load<i32>(op, ADVANCE), end), text = textAt(at, end);
    if (text != 0) {
      store<i32>(place, <i32>p, 4);
      return text;
    }
    if (looksLikeSeverity(at)) return 0;
  }
  return 0;
}

@inline
function fieldEnd(at: usize, end: usize, op: usize, out: usize): usize {
  const place = out + <usize>load<i32>(op, SLOT);
  switch (load<i32>(op)) {
    case OPEN: {
      const p = literalAt(op, at, min(end, at + MAX_TEXT + 1), end);
      store<i32>(place, <i32>at);
      store<i32>(place, <i32>p, 4);
      return p;
    }
    case TIME: {
      const behind = at + timeLength();
      milliseconds = millisecondsIn(at, behind);
      return milliseconds < 0 ? 0 : behind;
    }
    case NUMBER_OF:
      return numberEnd(at, place);
    case REMOTE:
      return remoteEnd(at, place);
    case SESSION: {
      let p = at + 9;
      while (p < at + 17 && isHex(p)) p++;
      return takeSession(at, p, place) ? p : 0;
    }
    case QUIT:
      return looksLikeSeverity(at) ? 0 : at;
    default:
      return at;
  }
}

/** Where the literal of an operation first stands before `limit`, all of it before `end`; 0 where it does not. */
@inline
function literalAt(op: usize, start: usize, limit: usize, end: usize): usize {
  const first = i8x16.splat(load<u8>(op, LITERAL));
  for (let at = start; at < limit; at += 16) {
    for (let found = i8x16.bitmask(i8x16.eq(v128.load(at), first)); found != 0; found &= found - 1) {
      const p = at + <usize>ctz(found);
      if (p >= limit || p + <usize>load<i32>(op, LENGTH) > end) return 0;
      if (isLiteral(op, p)) return p;
    }
  }
  return 0;
}

@inline
function isLiteral(op: usize, at: usize): bool {
  return !v128.any_true(v128.and(v128.xor(v128.load(at), v128.load(op, LITERAL)), v128.load(op, MASK)));
}

@inline
function numberEnd(at: usize, place: usize): usize {
  let value: i32 = 0, p = at;
  for (; isDigit(p); p++) value = value * 10 + <i32>load<u8>(p) - 0x30;
  store<i32>(place, value);
  return p == at || p - at > MAX_DIGITS ? 0 : p;
}

/** Behind `10.0.0.5(41234)`. */
@inline
function remoteEnd(at: usize, place: usize): usize {
  let p = at;
  while (load<u8>(p) == DOT || isDigit(p)) p++;
  store<i32>(place, <i32>at);
  store<i32>(place, <i32>p, 4);
  if (p == at || load<u8>(p) != PARENTHESIS) return 0;
  const port = ++p;
  while (isDigit(p)) p++;
  return p > port && load<u8>(p) == PARENTHESIS_END ? p + 1 : 0;
}

@inline
function isDigit(at: usize): bool {
  return <u32>(<i32>load<u8>(at) - 0x30) <= 9;
}

@inline
function spacesEnd(start: usize, end: usize): usize {
  let p = start;
  while (p < end && load<u8>(p) == SPACE) p++;
  return p;
}

/** Whether a word stands at a place that may be a severity. */
@inline
function looksLikeSeverity(at: usize): bool {
  let p = at;
  while (p < at + MAX_SEVERITY && <u32>(<i32>load<u8>(p) - 0x41) < 26) p++;
  return p > at && load<u8>(p) == COLON && load<u8>(p, 1) == SPACE;
}

/** Behind `LOG:  `, or what stands before other entries or more about one; 0 behind what is seldom written. */
@inline
function textAt(at: usize, end: usize): usize {
  const first = load<i64>(at);
  let length: usize = 0;
  if ((first & 0xffffffffffff) == 0x20203a474f4c) { // LOG:
    word = LOG;
    length = 6;
  } else if (first == 0x20203a4c41544146) { // FATAL:
    word = FATAL;
    length = 8;
  } else if (first == 0x20203a524f525245) { // ERROR:
    word = ERROR;
    length = 8;
  } else if (first == 0x203a4c4941544544 && load<u8>(at, 8) == SPACE) { // DETAIL:
    word = DETAIL;
    length = 9;
  } else if (first == 0x4e454d4554415453 && load<i32>(at, 8) == 0x20203a54) { // STATEMENT:
    word = STATEMENT;
    length = 12;
  } else if (first == 0x3a545845544e4f43 && load<i16>(at, 8) == 0x2020) { // CONTEXT:
    word = OTHER;
    length = 10;
  } else if ((first & 0xffffffffffffff) == 0x20203a544e4948) { // HINT:
    word = OTHER;
    length = 7;
  }
  return length != 0 && at + length <= end ? at + length : 0;
}

/** Makes of the texts what they mean; false where that is not told at a look. */
@inline
function settle(out: usize, flags: i32): bool {
  const isNobody = isEmpty(out + USER) && isEmpty(out + DATABASE) && isEmpty(out + ADDRESS);
  if ((flags & TELLS_CLIENT) != 0 && isNobody) return false;
  if ((flags & SPLITS_AT_LAST) != 0 && hasByte(load<i32>(out, DATABASE), load<i32>(out, DATABASE + 4), AT)) return false;
  dropUnknown(out + USER);
  dropUnknown(out + DATABASE);
  dropUnknown(out + APPLICATION);
  if ((flags & HAS_SESSION) == 0) {
    store<i32>(out, 0, 8);
    store<i32>(out, load<i32>(out, PID), 12);
  }
  return cutPort(out + ADDRESS);
}

@inline
function isEmpty(place: usize): bool {
  return load<i32>(place) == load<i32>(place, 4);
}

@inline
function dropUnknown(place: usize): void {
  const start = load<i32>(place);
  if (load<i32>(place, 4) - start == 9 && load<i64>(start) == 0x6e776f6e6b6e755b && load<u8>(start, 8) == 0x5d) {
    store<i32>(place, start, 4);
  }
}

/** `10.0.0.5(41234)` → `10.0.0.5`, `[local]` → none; false where no port stands between the parentheses. */
@inline
function cutPort(place: usize): bool {
  const start = <usize>load<i32>(place), end = <usize>load<i32>(place, 4);
  if (start == end) return true;
  if (load<u8>(start) == BRACKET) {
    store<i32>(place, <i32>start, 4);
    return true;
  }
  if (load<u8>(end - 1) != PARENTHESIS_END) return true;
  let p = end - 2;
  while (p > start && isDigit(p)) p--;
  store<i32>(place, <i32>p, 4);
  return load<u8>(p) == PARENTHESIS && !hasByte(max(<i32>start, <i32>p - 4), <i32>p, PARENTHESIS);
}

@inline
function hasByte(start: i32, end: i32, byte: u8): bool {
  for (let p = start; p < end; p += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(<usize>p), i8x16.splat(byte)));
    if (found != 0 && p + ctz(found) < end) return true;
  }
  return false;
}

/** Whether a colon with two spaces stands between two places, or some bytes further. */
@inline
function hasColon(start: usize, end: usize): bool {
  const colon = i8x16.splat(COLON), space = i8x16.splat(SPACE);
  for (let p = start; p < end + 8; p += 16) {
    const spaces = v128.and(i8x16.eq(v128.load(p, 1), space), i8x16.eq(v128.load(p, 2), space));
    if (v128.any_true(v128.and(spaces, i8x16.eq(v128.load(p), colon)))) return true;
  }
  return false;
}

/** Where the names end that `connection authorized: user=app database=shop` tells, if they are those of the prefix; else 0. */
@inline
function toldEnd(out: usize, text: usize, end: usize): usize {
  if (load<i32>(text, 23) != 0x72657375 || load<u8>(text, 27) != 0x3d) return 0; // `user=`
  let p = behindName(text + 28, out + USER);
  if (p == 0 || load<i64>(p) != 0x7361626174616420 || load<i16>(p, 8) != 0x3d65) return 0;
  p = behindName(p + 10, out + DATABASE);
  if (p == 0 || p > end) return 0;
  const isApplication = load<i64>(p) == 0x6163696c70706120 && load<i64>(p, 8) == 0x6d616e5f6e6f6974 && load<i16>(p, 16) == 0x3d65;
  const isSsl = load<i64>(p) == 0x616e65204c535320 && (load<i64>(p, 8) & 0xffffffffffff) == 0x282064656c62;
  return p == end || (isApplication && p + 18 <= end) || (isSsl && p + 14 <= end) ? p : 0;
}

/** Behind the name of a place in `out`, if it stands at `at`, too; 0 where it does not, or is empty. */
@inline
function behindName(at: usize, place: usize): usize {
  const start = <usize>load<i32>(place), length = <usize>load<i32>(place, 4) - start;
  let done: usize = 0;
  for (; done + 8 <= length; done += 8) {
    if (load<i64>(at + done) != load<i64>(start + done)) return 0;
  }
  const rest = <i64>(length - done);
  const isSame = rest == 0 || (load<i64>(at + done) ^ load<i64>(start + done)) << (64 - (rest << 3)) == 0;
  return isSame && length != 0 ? at + length : 0;
}

/** As `namesHash` of src/postgres/session-ledger.ts. */
@inline
function namesHash(out: usize, seed: i32): i32 {
  if (isEmpty(out + USER)) return 0;
  const hash = addText(addText(seed, out + USER), out + DATABASE);
  return hash == 0 ? 1 : hash;
}

@inline
function addText(seed: i32, place: usize): i32 {
  const start = <usize>load<i32>(place), end = <usize>load<i32>(place, 4);
  let hash = seed, p = start;
  for (; p + 4 <= end; p += 4) {
    hash = (hash ^ load<i32>(p)) * <i32>0x9e3779b1;
    hash ^= <i32>(<u32>hash >>> 15);
  }
  const rest = <i32>(end - p);
  hash = (hash ^ (rest == 0 ? 0 : load<i32>(p) & ((1 << (8 * rest)) - 1))) * <i32>0x85ebca6b;
  return (hash ^ <i32>(<u32>hash >>> 13) ^ <i32>(end - start)) * <i32>0xc2b2ae35;
}
