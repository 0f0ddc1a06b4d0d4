// Writes the normal form of a statement, hashes it, and says whether the statement is plain (WebAssembly).
// src/sql/plain-fingerprint.ts, normal-form.ts and plainness.ts are the same in TypeScript and say what all of this
// means, function by function; wasm-fingerprint.test.ts holds the two equal.
//
// All addresses are bytes in linear memory. Tables are filled by src/sql/wasm-fingerprint.ts, which knows the addresses.

export { forget, recall, remember, rememberedNormal } from './statement-memo';

const RESULT_LOW: usize = 0;
const RESULT_HIGH: usize = 4;
const RESULT_END: usize = 8;
const RESULT_MARKS: usize = 12;
const RESULT_PLAIN: usize = 16;
/** Where the text of a comment begins that ends the statement, relative to its start; -1 when none does. */
const RESULT_COMMENT: usize = 20;
const CLASSES: usize = 1024;
const LOWER: usize = 1280;
const LISTS: usize = 2048;
const OPENED: usize = 2176;
const CODES: usize = 4096;
const BITS: usize = 69632;
export const INPUT: i32 = 106496;
export const OUTPUT: i32 = 172288;
const SLOT_BITS: i32 = 14;
const MAX_DEPTH: i32 = 64;

// classes of bytes
const SPACE: i32 = 1, LETTER: i32 = 2, DIGIT: i32 = 3;
// marks
const UNTERMINATED: i32 = 1, UNBALANCED: i32 = 2, STACKED: i32 = 4, COMMENT_AS_BLANK: i32 = 64;
// kinds of what was written last
const NONE: i32 = 0, WORD: i32 = 1, LITERAL: i32 = 2, OTHER: i32 = 3;
// what brackets hold
const LIST_NONE: i32 = 0, LIST_VALUES: i32 = 1, LIST_ROWS: i32 = 2;
// tokens as plainness sees them
const P_NONE: i32 = 0, P_NAME: i32 = 1, P_CALLABLE: i32 = 2, P_CLAUSE: i32 = 3, P_LITERAL: i32 = 4, P_POINT: i32 = 5, P_COLON: i32 = 6, P_OTHER: i32 = 7;
// bits of words
const FIRST: i32 = 1, CALLABLE: i32 = 2, TELLING: i32 = 4, CONDITION: i32 = 8, NEGATION: i32 = 16, BETWEEN: i32 = 32, INTO: i32 = 64, BEFORE_INTO: i32 = 128, CLAUSE: i32 = 256, EXISTENCE: i32 = 512, TYPING: i32 = 1024;
const PLAIN_BITS: i32 = 2047;
const SIGN_BEFORE: i32 = 2048, LITERAL_WORD: i32 = 4096, IN_WORD: i32 = 8192, VALUES_WORD: i32 = 16384;

let factor: i32 = 1;
// the pass
let first: i32 = INPUT, at: i32 = 0, stop: i32 = 0, marks: i32 = 0, comment: i32 = -1;
let isCosmos: bool = false, hasNewline: bool = false, hasEscapes: bool = false;
let stringEnd: i32 = -1;
// the normal form; `end` and `rowStart`… are addresses
let end: i32 = 0, depth: i32 = 0, last: i32 = 0, wordStart: i32 = 0, wordBits: i32 = 0, rowStart: i32 = 0, rowEnd: i32 = -1;
let hasStacked: bool = false, hasSemicolon: bool = false;
// plainness
let pLast: i32 = 0, pBefore: i32 = 0;
let isClear: bool = false, isOpen: bool = false, isColumn: bool = false, isTarget: bool = false, isSimple: bool = false, isUnicode: bool = false;

/** @param slotFactor spreads the codes of words over the tables */
export function setUp(slotFactor: i32): void {
  factor = slotFactor;
}

/** Reads the statement that stands in the input from `from` on. The key is that of keyed-hash.ts. */
export function fingerprint(from: i32, length: i32, cosmos: i32, keyLow: i32, keyHigh: i32): void {
  first = INPUT + from;
  at = first;
  stop = first + length;
  marks = 0;
  comment = -1;
  isCosmos = cosmos != 0;
  stringEnd = -1;
  hasNewline = false;
  hasEscapes = false;
  end = OUTPUT;
  depth = 0;
  hasStacked = false;
  last = NONE;
  hasSemicolon = false;
  rowEnd = -1;
  wordStart = OUTPUT;
  store<u8>(LISTS, LIST_NONE);
  isClear = true;
  pLast = P_NONE;
  pBefore = 0;
  isOpen = isColumn = isTarget = isUnicode = false;
  while (at < stop) readToken();
  hash(keyLow, keyHigh);
  if (depth != 0) marks |= UNBALANCED;
  if (hasStacked) marks |= STACKED;
  store<i32>(RESULT_END, end - OUTPUT);
  store<i32>(RESULT_MARKS, marks);
  store<i32>(RESULT_PLAIN, !isCosmos && isClear && !isOpen && pLast != P_NONE ? 1 : 0);
  store<i32>(RESULT_COMMENT, comment);
}

@inline
function byteAt(p: i32): i32 {
  return <i32>load<u8>(<usize>p);
}

@inline
function classAt(p: i32): i32 {
  return <i32>load<u8>(CLASSES + <usize>load<u8>(<usize>p));
}

function hash(keyLow: i32, keyHigh: i32): void {
  const length = end - OUTPUT;
  let low = keyLow ^ length, high = keyHigh, p = OUTPUT;
  for (; p + 4 <= end; p += 4) {
    const word = load<i32>(<usize>p);
    low = (low ^ word) * 0x9e3779b1;
    low ^= <i32>(<u32>low >>> 15);
    high = ((high + word) * 0x85ebca6b) ^ <i32>(<u32>high >>> 13);
  }
  if (p < end) {
    const word = load<i32>(<usize>p) & <i32>(<u32>0xffffffff >>> (8 * (4 - (end - p))));
    low = (low ^ word) * 0x9e3779b1;
    high = (high + word) * 0x85ebca6b;
  }
  low = (low ^ <i32>(<u32>low >>> 16)) * 0x7feb352d;
  high = (high ^ <i32>(<u32>high >>> 15) ^ low) * 0x2c1b3c6d;
  store<i32>(RESULT_LOW, low ^ <i32>(<u32>low >>> 15));
  store<i32>(RESULT_HIGH, high ^ <i32>(<u32>high >>> 16));
}

function readToken(): void {
  const byte = byteAt(at);
  const kind = <i32>load<u8>(CLASSES + <usize>byte);
  if (kind == SPACE) {
    if (byte == 0x0a || byte == 0x0d) hasNewline = true;
    at++;
  } else if (kind == LETTER) {
    const quote = isCosmos ? -1 : quoteOfPrefix();
    if (quote < 0) readWord();
    else readString(quote, (byte | 0x20) == 0x65);
  } else if (kind == DIGIT) {
    writeLiteral();
    at = endOfNumber(at);
  } else readOther(byte);
}

function quoteOfPrefix(): i32 {
  if (at + 1 >= stop) return -1;
  const next = byteAt(at + 1);
  if (next != 0x27 && next != 0x26) return -1;
  const letter = byteAt(at) | 0x20;
  if (next == 0x27) return letter == 0x65 || letter == 0x62 || letter == 0x78 || letter == 0x6e ? at + 1 : -1;
  return letter == 0x75 && at + 2 < stop && byteAt(at + 2) == 0x27 ? at + 2 : -1;
}

function readOther(byte: i32): void {
  const next = at + 1 < stop ? byteAt(at + 1) : 0;
  switch (byte) {
    case 0x27: readString(at, isCosmos || (carriesOn() && hasEscapes)); return;
    case 0x22: readDoubleQuoted(); return;
    case 0x2d: if (next == 0x2d) { readLineComment(); return; } break;
    case 0x2f: if (next == 0x2a) { readBlockComment(); return; } break;
    case 0x24: readDollar(); return;
    case 0x40:
      if (isCosmos && at + 1 < stop && classAt(at + 1) == LETTER) { writeLiteral(); at = endOfWord(at + 1); return; }
      break;
    case 0x2e:
      if (at + 1 < stop && classAt(at + 1) == DIGIT && !(end > OUTPUT && classAt(end - 1) >= LETTER)) {
        writeLiteral();
        at = endOfNumber(at);
        return;
      }
      break;
    case 0x3b:
      if (last != NONE) hasSemicolon = true;
      stringEnd = -1;
      at++;
      return;
  }
  readPunctuation(byte);
}

function readPunctuation(byte: i32): void {
  at++;
  if (byte == 0x28 || byte == 0x5b) open(byte);
  else if (byte == 0x29 || byte == 0x5d) close(byte);
  else other(byte);
}

function carriesOn(): bool {
  return hasNewline && end == stringEnd;
}

function readString(quote: i32, isEscaped: bool): void {
  if (!carriesOn()) writeLiteral();
  hasEscapes = isEscaped;
  closeAt(endOfQuoted(quote, isEscaped));
  stringEnd = end;
  hasNewline = false;
}

function readDoubleQuoted(): void {
  if (isCosmos) { readString(at, true); return; }
  const start = at;
  closeAt(endOfQuoted(start, false));
  writeName(start, at);
}

function readDollar(): void {
  if (at + 1 < stop && classAt(at + 1) == DIGIT) {
    writeLiteral();
    at = endOfNumber(at + 1);
    return;
  }
  const opened = isCosmos ? -1 : endOfDollarTag();
  if (opened < 0) { readPunctuation(0x24); return; }
  writeLiteral();
  closeAt(endOfDollarString(at, opened));
}

function closeAt(where: i32): void {
  at = where < 0 ? stop : where;
  if (where < 0) {
    marks |= UNTERMINATED;
    other(0x27);
  }
}

function readLineComment(): void {
  const start = at + 2;
  let p = start;
  while (p < stop && byteAt(p) != 0x0a && byteAt(p) != 0x0d) p++;
  at = p;
  if (at == stop && end > OUTPUT) comment = start - first;
}

function readBlockComment(): void {
  const isTight = at > first && classAt(at - 1) >= LETTER;
  const where = endOfBlockComment(at);
  at = where < 0 ? stop : where;
  if (where < 0) marks |= UNTERMINATED;
  if (isTight && at < stop && classAt(at) >= LETTER) marks |= COMMENT_AS_BLANK;
}

function endOfQuoted(start: i32, escapes: bool): i32 {
  const quote = byteAt(start);
  for (let p = start + 1; p < stop; p++) {
    const byte = byteAt(p);
    if (byte == 0x5c && escapes) p++;
    else if (byte == quote) {
      if (p + 1 >= stop || byteAt(p + 1) != quote) return p + 1;
      p++;
    }
  }
  return -1;
}

function endOfBlockComment(start: i32): i32 {
  let nesting = 1;
  for (let p = start + 2; p + 1 < stop; p++) {
    if (byteAt(p) == 0x2a && byteAt(p + 1) == 0x2f) {
      p++;
      if (--nesting == 0) return p + 1;
    } else if (byteAt(p) == 0x2f && byteAt(p + 1) == 0x2a) {
      p++;
      nesting++;
    }
  }
  return -1;
}

function endOfWord(start: i32): i32 {
  let p = start;
  while (p < stop && (classAt(p) >= LETTER || byteAt(p) == 0x24)) p++;
  return p;
}

function endOfDigits(start: i32): i32 {
  let p = start;
  while (p < stop && (classAt(p) == DIGIT || byteAt(p) == 0x5f)) p++;
  return p;
}

function endOfNumber(start: i32): i32 {
  if (byteAt(start) == 0x30 && start + 1 < stop) {
    const prefix = byteAt(start + 1) | 0x20;
    if (prefix == 0x78 || prefix == 0x6f || prefix == 0x62) return endOfWord(start);
  }
  let p = endOfDigits(start);
  if (p < stop && byteAt(p) == 0x2e) p = endOfDigits(p + 1);
  if (p < stop && (byteAt(p) | 0x20) == 0x65) {
    const sign = byteAt(p + 1) == 0x2b || byteAt(p + 1) == 0x2d ? 1 : 0;
    const exponent = endOfDigits(p + 1 + sign);
    if (exponent > p + 1 + sign) p = exponent;
  }
  return p;
}

function endOfDollarTag(): i32 {
  let p = at + 1;
  if (p < stop && classAt(p) == LETTER) while (p < stop && classAt(p) >= LETTER) p++;
  return p < stop && byteAt(p) == 0x24 ? p + 1 : -1;
}

/** Linear: within a tag stands no other dollar sign. */
function endOfDollarString(start: i32, opened: i32): i32 {
  const length = opened - start;
  for (let p = opened; p + length <= stop; p++) {
    if (byteAt(p) == 0x24 && isSame(p, start, length)) return p + length;
  }
  return -1;
}

function isSame(a: i32, b: i32, length: i32): bool {
  for (let i = 0; i < length; i++) if (byteAt(a + i) != byteAt(b + i)) return false;
  return true;
}

// ---- the normal form

@inline
function put(byte: i32): void {
  store<u8>(<usize>end, <u8>byte);
  end++;
}

function begin(isWord: bool): void {
  if (hasSemicolon) {
    hasSemicolon = false;
    hasStacked = true;
    put(0x3b);
    last = OTHER;
    wordStart = end;
  }
  if (isWord && (last == WORD || last == LITERAL)) put(0x20);
}

function readWord(): void {
  begin(true);
  let to = end, code = 0, p = at;
  wordStart = to;
  for (; p < stop; p++) {
    const byte = byteAt(p);
    if (<i32>load<u8>(CLASSES + <usize>byte) < LETTER && byte != 0x24) break;
    const lower = <i32>load<u8>(LOWER + <usize>byte);
    store<u8>(<usize>to, <u8>lower);
    to++;
    code = code * 31 + lower;
  }
  end = to;
  const slot = <u32>(code * factor) >>> (32 - SLOT_BITS);
  wordBits = load<i32>(CODES + (<usize>slot << 2)) == code ? <i32>load<u16>(BITS + (<usize>slot << 1)) : 0;
  const isShort = p - at <= 5;
  at = p;
  if (isShort && (wordBits & LITERAL_WORD) != 0 && (list() != LIST_NONE || (wordStart > OUTPUT && byteAt(wordStart - 1) == 0x3d))) {
    end = wordStart;
    writeLiteral();
  } else {
    last = WORD;
    pWord(wordBits & PLAIN_BITS);
  }
}

function writeName(start: i32, stopAt: i32): void {
  begin(true);
  memory.copy(<usize>end, <usize>start, <usize>(stopAt - start));
  pQuoted(load<i32>(<usize>end));
  end += stopAt - start;
  wordStart = end;
  wordBits = 0;
  last = WORD;
}

function writeLiteral(): void {
  begin(true);
  pLiteral();
  dropSign();
  if (list() != LIST_NONE && end - 2 >= OUTPUT && byteAt(end - 1) == 0x2c && byteAt(end - 2) == 0x3f) end--;
  else put(0x3f);
  last = LITERAL;
}

function other(byte: i32): void {
  pOther(byte);
  write(byte);
}

function write(byte: i32): void {
  begin(false);
  put(byte);
  last = OTHER;
}

@inline
function list(): i32 {
  return depth >= 0 && depth <= MAX_DEPTH ? <i32>load<u8>(LISTS + <usize>depth) : LIST_NONE;
}

function listBefore(byte: i32): i32 {
  if (byte == 0x5b) return LIST_VALUES;
  if (last == WORD) return (wordBits & IN_WORD) != 0 ? LIST_VALUES : (wordBits & VALUES_WORD) != 0 ? LIST_ROWS : LIST_NONE;
  return rowEnd >= 0 && rowEnd == end - 1 && byteAt(end - 1) == 0x2c ? LIST_ROWS : LIST_NONE;
}

function open(byte: i32): void {
  const held = listBefore(byte);
  pOpen(byte);
  write(byte);
  depth++;
  if (depth >= 0 && depth <= MAX_DEPTH) {
    store<u8>(LISTS + <usize>depth, <u8>held);
    store<i32>(OPENED + (<usize>depth << 2), end - 1);
  }
}

function close(byte: i32): void {
  other(byte);
  if (depth > 0 && depth <= MAX_DEPTH && <i32>load<u8>(LISTS + <usize>depth) == LIST_ROWS) {
    closeRow(load<i32>(OPENED + (<usize>depth << 2)));
  }
  depth--;
}

function closeRow(start: i32): void {
  if (rowEnd >= 0 && rowEnd == start - 1 && rowEnd - rowStart == end - start && isSame(rowStart, start, end - start)) {
    end = rowEnd;
    return;
  }
  rowStart = start;
  rowEnd = end;
}

function dropSign(): void {
  if (last != OTHER || byteAt(end - 1) != 0x2d) return;
  const isAlone = end == OUTPUT + 1;
  const before = isAlone ? 0 : byteAt(end - 2);
  const isWord = !isAlone && <i32>load<u8>(CLASSES + <usize>before) >= LETTER;
  const isValue = before == 0x29 || before == 0x5d || before == 0x3f || before == 0x22;
  if (isAlone || (isWord ? (wordBits & SIGN_BEFORE) != 0 : !isValue)) {
    end--;
    if (isWord) put(0x20);
  }
}

// ---- plainness

function pWord(bits: i32): void {
  if (bits == 0) {
    pName(end - wordStart >= 3 && (load<i32>(<usize>wordStart) & 0xffffff) == 0x5f6770);
    return;
  }
  if (
    (pLast == P_NONE && (bits & FIRST) == 0) ||
    ((bits & INTO) != 0 && (pBefore & BEFORE_INTO) == 0) ||
    ((bits & TYPING) != 0 && isColumn) ||
    (bits & TELLING) != 0
  ) {
    isClear = false;
  }
  isTarget = (bits & INTO) != 0;
  isColumn = false;
  pBefore = bits;
  pLast = (bits & (CLAUSE | NEGATION)) == 0 ? P_CALLABLE : P_CLAUSE;
  if (isOpen || (bits & (CONDITION | BETWEEN)) != 0) pCondition(bits);
}

function pCondition(bits: i32): void {
  if (isOpen && (bits & CLAUSE) != 0) {
    if ((bits & EXISTENCE) == 0) isClear = false;
    isOpen = false;
  }
  if ((bits & BETWEEN) != 0) isClear = false;
  else if ((bits & CONDITION) != 0) {
    isOpen = true;
  }
}

function pQuoted(head: i32): void {
  const start = <i32>(<u32>head >>> 8);
  pName(start == 0x5f6770 || start == 0x666e69 || isUnicode);
}

function pName(isTelling: bool): void {
  if (isTelling || pLast == P_NONE) isClear = false;
  if (isOpen) isColumn = true;
  isOpen = false;
  pBefore = 0;
  isUnicode = false;
  pLast = P_NAME;
}

function pLiteral(): void {
  if (isOpen || isColumn || pLast == P_NONE) isClear = false;
  pLast = P_LITERAL;
}

function pOpen(byte: i32): void {
  if (byte == 0x28) {
    const isCallable = pLast == P_NAME ? isTarget : (pLast != P_CALLABLE && pLast != P_CLAUSE) || (pBefore & CALLABLE) != 0;
    if (!isCallable) isClear = false;
  }
  isTarget = false;
  isColumn = false;
  if (pLast != P_NONE) pLast = P_OTHER;
}

function pOther(given: i32): void {
  const byte = given == 0x29 || given == 0x5d ? 0x28 : given;
  if (byte == 0x3a) {
    if (pLast == P_COLON && !isSimple) isClear = false;
    isSimple = pLast == P_LITERAL || pLast == P_NAME;
    isColumn = false;
    pLast = P_COLON;
    return;
  }
  if (pLast == P_NONE) isClear = false;
  isUnicode = byte == 0x26;
  isColumn = isColumn && byte == 0x2e;
  isOpen = isOpen && pLast != P_CALLABLE;
  pLast = byte == 0x2e ? P_POINT : P_OTHER;
}
