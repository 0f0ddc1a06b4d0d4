import { copiedText, isSame, lastWord } from '../lib/word-text.ts';
import type { Fingerprint } from './fingerprint.ts';
import { hashKey, hashLow, hashWords } from './keyed-hash.ts';

/** Statements remembered at a time; a power of two. */
const ENTRIES = 4096;
/** Longer statements are read each time: 8 MB at most, with their normal forms. */
const MAX_BYTES = 1024;

/** In what form a statement stands in the log, by identity: within one form, equal bytes are equal statements. */
export type StatementForm = object;

interface Entry {
  /** The statement as it stands in the log: length in bytes, then the bytes, in words. */
  text: Int32Array;
  form: StatementForm;
  fingerprint: Fingerprint;
}

const entries: (Entry | undefined)[] = new Array(ENTRIES).fill(undefined);
/** Of each entry: others need not be looked at. */
const samples = new Int32Array(ENTRIES);
/** The hash of what was met last at a place: only what comes twice is worth remembering. */
const met = new Int32Array(ENTRIES);
let key = hashKey();
/** Of the statement that was looked for last; `comesAgain` and `rememberFingerprint` are about that one. */
let sample = 0;
let place = 0;
/** Of all of its bytes. */
let hash = 0;

/**
 * The fingerprint of a statement that came before byte for byte, as most statements of an application do; undefined for
 * others. Bytes are compared: who writes statements can make this slow at most. Three bytes more may be read.
 */
export function recallFingerprint(
  words: DataView,
  start: number,
  end: number,
  form: StatementForm,
): Fingerprint | undefined {
  if (end - start > MAX_BYTES || end === start) {
    place = -1;
    return undefined;
  }
  if (key !== hashKey()) {
    key = hashKey(); // hashes under another secret are worth nothing
    entries.fill(undefined);
  }
  sample = sampleOf(words, start, end);
  place = (sample >>> 20) & (ENTRIES - 1);
  if (samples[place] === sample) {
    const entry = entries[place];
    if (entry !== undefined && entry.form === form && isSame(entry.text, 0, words, start, end)) {
      return entry.fingerprint;
    }
  }
  hashWords(words, start, end);
  hash = hashLow;
  return undefined;
}

/** Whether the statement that has just been looked for in vain was met before: only then it is worth remembering. */
export function comesAgain(): boolean {
  if (place < 0 || met[place] === hash) {
    return place >= 0;
  }
  met[place] = hash;
  return false;
}

/** Remembers what was read of the statement that has just been looked for. */
export function rememberFingerprint(
  read: Fingerprint,
  words: DataView,
  start: number,
  end: number,
  form: StatementForm,
): Fingerprint {
  const bytes = new Uint8Array(read.end + 4);
  bytes.set(read.bytes.subarray(0, read.end));
  const { low, high, marks, isPlain } = read;
  const fingerprint = {
    low,
    high,
    bytes,
    words: new DataView(bytes.buffer),
    end: read.end,
    marks,
    isPlain,
    serial: 0,
    isKept: true,
  };
  samples[place] = sample;
  entries[place] = { text: copiedText(words, start, end), form, fingerprint };
  return fingerprint;
}

/** A number that differs for most statements: of five words, spread over the text, each of which is mixed by itself. */
function sampleOf(words: DataView, start: number, end: number): number {
  const length = end - start;
  if (length < 4) {
    return Math.imul(lastWord(words, start, end), 0x85ebca6b) ^ length;
  }
  const quarter = length >>> 2;
  const a = Math.imul(words.getInt32(start, true) ^ length, 0x9e3779b1);
  const b = Math.imul(words.getInt32(start + quarter, true) ^ 0x2c1b3c6d, 0x85ebca6b);
  const c = Math.imul(words.getInt32(start + 2 * quarter, true) ^ 0x7feb352d, 0xc2b2ae35);
  const d = Math.imul(words.getInt32(start + 3 * quarter - 1, true) ^ 0x165667b1, 0x27d4eb2f);
  const e = Math.imul(words.getInt32(end - 4, true) ^ 0x5bd1e995, 0x1b873593);
  const all = (a ^ (a >>> 15)) + (b ^ (b >>> 13)) + (c ^ (c >>> 15)) + (d ^ (d >>> 13)) + e;
  return Math.imul(all ^ (all >>> 16), 0x85ebca6b);
}
