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
const KIND_OF = {
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

export function createSeverityMark(): SeverityMark {
  return { letter: 0, kind: 'entry' };
}

/**
 * Reads the word that stands in front of a text: `LOG:  `, `DETAIL:  `.
 *
 * @returns position of the text behind it; -1 when there is no such word. `mark` changes only where there is one.
 */
export function readSeverity(words: DataView, start: number, end: number, mark: SeverityMark): number {
  const letter = words.getUint8(start);
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
