import { type ByteText, byteText, startsWith } from '../lib/byte-text.ts';

/** What a line of a text log holds: an entry of its own, or more about the entry before it. */
export type LineKind = 'entry' | 'detail' | 'hint' | 'query' | 'context' | 'statement' | 'location' | 'backtrace';

/** What `readSeverity` found. Reused for every line. */
export interface SeverityMark {
  /** First letter of the word, as a byte: what `classify` takes. */
  letter: number;
  kind: LineKind;
}

interface Word {
  text: ByteText;
  kind: LineKind;
}

/**
 * Words in front of a text, in English: PostgreSQL's elog.c writes each with a colon and two spaces. Programs that pass
 * lines on may leave one.
 */
export const KIND_OF = {
  LOG: 'entry',
  FATAL: 'entry',
  ERROR: 'entry',
  WARNING: 'entry',
  NOTICE: 'entry',
  INFO: 'entry',
  DEBUG: 'entry',
  PANIC: 'entry',
  DETAIL: 'detail',
  HINT: 'hint',
  QUERY: 'query',
  CONTEXT: 'context',
  STATEMENT: 'statement',
  LOCATION: 'location',
  BACKTRACE: 'backtrace',
} as const satisfies Record<string, LineKind>;

/** All of these words. */
export const SEVERITY_WORDS: readonly string[] = Object.keys(KIND_OF);

/** By the first letter, most frequent ones first. */
const byLetter: readonly (readonly Word[])[] = Array.from({ length: 128 }, (_, letter) =>
  Object.entries(KIND_OF)
    .filter(([word]) => word.charCodeAt(0) === letter)
    .map(([word, kind]) => ({ text: byteText(`${word}: `), kind })),
);

const SPACE = 0x20;

/** Of nearly all lines. */
const LOG = byteText('LOG:  ');
const LOG_WORD = LOG.words[0]!;
const LOG_LETTER = 0x4c;
const TWO_SPACES = 0x2020;

export function createSeverityMark(): SeverityMark {
  return { letter: 0, kind: 'entry' };
}

/**
 * Reads the word that stands in front of a text: `LOG:  `, `DETAIL:  `.
 *
 * @returns position of the text behind it; -1 when there is no such word. `mark` changes only where there is one.
 */
export function readSeverity(words: DataView, start: number, end: number, mark: SeverityMark): number {
  const first = words.getInt32(start, true);
  const behindLog = (start + LOG.length) | 0;
  if (first === LOG_WORD && (words.getInt32(start + 4, true) & 0xffff) === TWO_SPACES && behindLog <= end) {
    mark.letter = LOG_LETTER;
    mark.kind = 'entry';
    return behindLog;
  }
  const letter = first & 0xff;
  const candidates = byLetter[letter & 0x7f]!;
  for (let i = 0; i < candidates.length; i++) {
    const { text, kind } = candidates[i]!;
    if (startsWith(words, start, end, text)) {
      mark.letter = letter;
      mark.kind = kind;
      const behind = start + text.length;
      return behind < end && words.getUint8(behind) === SPACE ? behind + 1 : behind;
    }
  }
  return -1;
}

const WORD_LENGTHS = [...new Set(SEVERITY_WORDS.map(({ length }) => length))];
/** Four colons. */
const COLONS = 0x3a3a3a3a;
/** A colon with one space and with two behind it, little-endian. */
const COLON_SPACE = 0x203a;
const COLON_SPACES = 0x20203a;
const scratch = createSeverityMark();

/**
 * Whether a severity stands somewhere between two places, with two spaces behind it or, in logs that went through
 * something that leaves one (`isSqueezed`), with one. Looks at eight bytes at a time.
 */
export function hasSeverity(words: DataView, start: number, end: number, isSqueezed = false): boolean {
  const last = (end - 2) | 0;
  for (let p = start | 0; p <= last; p = (p + 8) | 0) {
    const x = words.getInt32(p, true) ^ COLONS;
    const y = words.getInt32(p + 4, true) ^ COLONS;
    const inX = (x - 0x01010101) & ~x & 0x80808080;
    const inY = (y - 0x01010101) & ~y & 0x80808080;
    if ((inX | inY) !== 0) {
      if (
        endsSeverity(words, start, end, p, inX, isSqueezed) ||
        endsSeverity(words, start, end, p + 4, inY, isSqueezed)
      ) {
        return true;
      }
    }
  }
  return false;
}

/** @param colons which of the four bytes at a place may be colons, as their highest bits */
function endsSeverity(
  words: DataView,
  start: number,
  end: number,
  at: number,
  colons: number,
  isSqueezed: boolean,
): boolean {
  for (let rest = colons; rest !== 0; rest &= rest - 1) {
    const colon = at + ((31 - Math.clz32(rest & -rest)) >> 3);
    const mark = words.getInt32(colon, true);
    const isMark = isSqueezed ? (mark & 0xffff) === COLON_SPACE : (mark & 0xffffff) === COLON_SPACES;
    if (isMark && standsBefore(words, start, end, colon)) {
      return true;
    }
  }
  return false;
}

function standsBefore(words: DataView, start: number, end: number, colon: number): boolean {
  return WORD_LENGTHS.some(
    (length) => colon - length >= start && readSeverity(words, colon - length, end, scratch) > colon,
  );
}

const STATE_BYTES = 5;

/**
 * Where the text of an entry starts that `log_error_verbosity = verbose` put an SQLSTATE in front of
 * (`ERROR:  42601: syntax error …`); `start` when there is none. Every SQLSTATE of PostgreSQL's has a digit in it.
 */
export function behindVerboseState(bytes: Uint8Array, start: number, end: number): number {
  const colon = start + STATE_BYTES;
  if (colon + 1 >= end || bytes[colon] !== 0x3a || bytes[colon + 1] !== 0x20) {
    return start;
  }
  let digits = 0;
  for (let p = start; p < colon; p++) {
    const byte = bytes[p]!;
    const isDigit = byte >= 0x30 && byte <= 0x39;
    if (!isDigit && !(byte >= 0x41 && byte <= 0x5a)) {
      return start;
    }
    digits += isDigit ? 1 : 0;
  }
  return digits === 0 ? start : colon + 2;
}
