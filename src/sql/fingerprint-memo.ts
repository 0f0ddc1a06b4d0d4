import { copiedText, isSame, lastWord } from '../lib/word-text.ts';
import type { Fingerprint } from './fingerprint.ts';
import { hashKey } from './keyed-hash.ts';

/** Statements remembered at a time; a power of two. */
const ENTRIES = 4096;
/** Longer statements are read each time: 8 MB at most, with their normal forms. */
const MAX_BYTES = 1024;
/** Words of a statement that decide where it is remembered. */
const SAMPLES = 5;

/** In what form a statement stands in the log, by identity: within one form, equal bytes are equal statements. */
export type StatementForm = object;

interface Entry {
  /** The statement as it stands in the log: length in bytes, then the bytes, in words. */
  text: Int32Array;
  form: StatementForm;
  fingerprint: Fingerprint;
}

const entries: (Entry | undefined)[] = new Array(ENTRIES).fill(undefined);
/** What was met last at a place: only what comes twice is worth remembering. */
const met = new Int32Array(ENTRIES);
let key = hashKey();
/** Of the statement that was looked for last; `comesAgain` and `rememberFingerprint` are about that one. */
let sample = 0;
let place = 0;

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
  const entry = entries[place];
  return entry !== undefined && entry.form === form && isSame(entry.text, 0, words, start, end)
    ? entry.fingerprint
    : undefined;
}

/** Whether the statement that has just been looked for in vain was met before: only then it is worth remembering. */
export function comesAgain(): boolean {
  if (place < 0 || met[place] === sample) {
    return place >= 0;
  }
  met[place] = sample;
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
  const fingerprint = { low, high, bytes, words: new DataView(bytes.buffer), end: read.end, marks, isPlain, serial: 0 };
  entries[place] = { text: copiedText(words, start, end), form, fingerprint };
  return fingerprint;
}

/** A number that differs for most statements. */
function sampleOf(words: DataView, start: number, end: number): number {
  let hash = end - start;
  const step = 4 * Math.ceil((end - start) / (4 * SAMPLES));
  for (let p = start; p + 4 <= end; p += step) {
    hash = Math.imul(hash ^ words.getInt32(p, true), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  const tail = end - start < 4 ? lastWord(words, start, end) : words.getInt32(end - 4, true);
  return Math.imul(hash ^ tail, 0x85ebca6b);
}
