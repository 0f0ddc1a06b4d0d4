import type { Dialect, Fingerprint } from './fingerprint.ts';
import { hashHigh, hashLow, hashWords } from './keyed-hash.ts';
import { commentMarks, Mark } from './mark.ts';
import { NormalForm } from './normal-form.ts';
import { BYTE_CLASSES, ByteClass, MAX_STATEMENT_BYTES } from './sql-bytes.ts';
import {
  endOfBlockComment,
  endOfDollarString,
  endOfDollarTag,
  endOfLine,
  endOfNumber,
  endOfQuoted,
  endOfWord,
  quoteOfPrefix,
} from './token-end.ts';

const form = new NormalForm(MAX_STATEMENT_BYTES);
const result: Fingerprint = {
  low: 0,
  high: 0,
  bytes: form.bytes,
  words: form.words,
  start: 0,
  length: 0,
  marks: 0,
  isPlain: false,
  serial: 0,
  memory: 0,
};
const decoder = new TextDecoder();

// The state of the one pass: variables of a module are faster than members of an object that is handed around.
let input: Uint8Array = form.bytes;
let first = 0;
let at = 0;
let stop = 0;
let marks = 0;
let isCosmos = false;
/** Where the latest string ends, and whether a line has ended since: then a quote carries it on. */
let stringEnd = -1;
let hasNewline = false;
let hasEscapes = false;

/** What assembly/fingerprint.ts does, in TypeScript: its meaning, and what stands in where it was not built. */
export function plainFingerprint(bytes: Uint8Array, start: number, end: number, dialect: Dialect): Fingerprint {
  result.serial = 0;
  input = bytes;
  first = start;
  at = start;
  stop = Math.min(end, start + MAX_STATEMENT_BYTES);
  marks = stop < end ? Mark.cut : 0;
  isCosmos = dialect === 'cosmosdb';
  stringEnd = -1;
  form.restart();
  while (at < stop) {
    readToken();
  }
  hashWords(form.words, 0, form.end);
  result.low = hashLow;
  result.high = hashHigh;
  result.length = form.end;
  result.marks = marks | (form.depth === 0 ? 0 : Mark.unbalanced) | (form.hasStacked ? Mark.stacked : 0);
  result.isPlain = result.marks === 0 && !isCosmos && form.plainness.isPlain;
  return result;
}

function readToken(): void {
  const byte = input[at]!;
  switch (BYTE_CLASSES[byte]) {
    case ByteClass.space:
      hasNewline ||= byte === 0x0a || byte === 0x0d;
      at++;
      return;
    case ByteClass.word:
      readWord();
      return;
    case ByteClass.digit:
      readLiteral(endOfNumber(input, at, stop));
      return;
    default:
      readOther(byte);
  }
}

function readOther(byte: number): void {
  const next = at + 1 < stop ? input[at + 1]! : 0;
  switch (byte) {
    case 0x27: // '
      readString(at, isCosmos || (carriesOn() && hasEscapes));
      return;
    case 0x22: // "
      readDoubleQuoted();
      return;
    case 0x2d: // -
      if (next === 0x2d) {
        readLineComment();
        return;
      }
      break;
    case 0x2f: // /
      if (next === 0x2a) {
        readBlockComment();
        return;
      }
      break;
    case 0x24: // $
      readDollar();
      return;
    case 0x40: // @: a parameter of Cosmos DB, an operator of PostgreSQL
      if (isCosmos && BYTE_CLASSES[next] === ByteClass.word) {
        readLiteral(endOfWord(input, at + 1, stop));
        return;
      }
      break;
    case 0x2e: // .
      if (BYTE_CLASSES[next] === ByteClass.digit && !form.endsInWord) {
        readLiteral(endOfNumber(input, at, stop));
        return;
      }
      break;
    case 0x3b: // ;
      form.semicolon();
      stringEnd = -1;
      at++;
      return;
  }
  readPunctuation(byte);
}

function readPunctuation(byte: number): void {
  at++;
  if (byte === 0x28 || byte === 0x5b) {
    form.open(byte);
  } else if (byte === 0x29 || byte === 0x5d) {
    form.close(byte);
  } else {
    form.other(byte);
  }
}

function readWord(): void {
  const quote = isCosmos ? -1 : quoteOfPrefix(input, at, stop);
  if (quote < 0) {
    at = form.word(input, at, stop);
  } else {
    readString(quote, (input[at]! | 0x20) === 0x65);
  }
}

function readLiteral(end: number): void {
  form.literal();
  at = end;
}

/** Whether a quote here carries on the string before: it does on a later line. */
function carriesOn(): boolean {
  return hasNewline && form.end === stringEnd;
}

function readString(quote: number, isEscaped: boolean): void {
  if (!carriesOn()) {
    form.literal();
  }
  hasEscapes = isEscaped;
  closeAt(endOfQuoted(input, quote, stop, isEscaped));
  stringEnd = form.end;
  hasNewline = false;
}

function readDoubleQuoted(): void {
  if (isCosmos) {
    readString(at, true);
    return;
  }
  const start = at;
  closeAt(endOfQuoted(input, start, stop, false));
  form.name(input, start, at);
}

function readDollar(): void {
  if (BYTE_CLASSES[input[at + 1]!] === ByteClass.digit && at + 1 < stop) {
    readLiteral(endOfNumber(input, at + 1, stop));
    return;
  }
  const open = isCosmos ? -1 : endOfDollarTag(input, at, stop);
  if (open < 0) {
    readPunctuation(0x24);
    return;
  }
  form.literal();
  closeAt(endOfDollarString(input, at, open, stop));
}

/** Goes behind what was read, or, when nothing closes it, to the end: behind an odd quote anything may stand. */
function closeAt(end: number): void {
  at = end < 0 ? stop : end;
  if (end < 0) {
    marks |= Mark.unterminated;
    form.other(0x27);
  }
}

function readLineComment(): void {
  const start = at + 2;
  at = endOfLine(input, start, stop);
  if (at === stop && form.end > 0) {
    marks |= commentMarks(decoder.decode(input.subarray(start, stop)));
  }
}

function readBlockComment(): void {
  const isTight = at > first && BYTE_CLASSES[input[at - 1]!]! >= ByteClass.word;
  const start = at;
  const end = endOfBlockComment(input, start, stop);
  at = end < 0 ? stop : end;
  marks |= end < 0 ? Mark.unterminated : 0;
  if (isTight && at < stop && BYTE_CLASSES[input[at]!]! >= ByteClass.word) {
    marks |= Mark.commentAsBlank;
  }
}
