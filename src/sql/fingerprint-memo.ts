import { type Fingerprint, wasm } from './fingerprint.ts';
import { hashKey } from './keyed-hash.ts';

/** Longer statements are read each time. */
const MAX_BYTES = 2048;

/** In what form a statement stands in the log, by identity: within one form, equal bytes are equal statements. */
export type StatementForm = object;

/** By the number of its entry: statements that WebAssembly remembers, some of them overwritten by now. */
let kept: (Fingerprint | undefined)[] = [];
let key = hashKey();
const numbers = new WeakMap<StatementForm, number>();
let forms = 0;
let latestForm: StatementForm | undefined;
let latestNumber = 0;
/** The statement that was looked for last was met before, and is not remembered. */
let isMetAgain = false;

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
  isMetAgain = false;
  if (wasm === undefined || end - start > MAX_BYTES || end === start) {
    return undefined;
  }
  if (key !== hashKey()) {
    key = hashKey(); // hashes under another secret are worth nothing
    kept = [];
    wasm.forget();
  }
  const place = wasm.takeIn(words, start, end);
  const entry = wasm.recall(place, end - start, numberOf(form), key.low);
  isMetAgain = entry < 0;
  return entry > 0 ? kept[entry] : undefined;
}

/** Whether the statement that has just been looked for in vain was met before: only then it is worth remembering. */
export function comesAgain(): boolean {
  return isMetAgain;
}

/** Remembers what was read of the statement that has just been looked for. */
export function rememberFingerprint(
  { low, high, length, marks, isPlain }: Fingerprint,
  words: DataView,
  start: number,
  end: number,
  form: StatementForm,
): Fingerprint {
  const { bytes, words: normal, takeIn, remember, rememberedNormal } = wasm!;
  const entry = remember(takeIn(words, start, end), end - start, numberOf(form), length);
  const place = rememberedNormal();
  const fingerprint = {
    low,
    high,
    bytes,
    words: normal,
    start: place,
    length,
    marks,
    isPlain,
    serial: 0,
    isKept: true,
  };
  kept[entry] = fingerprint;
  return fingerprint;
}

function numberOf(form: StatementForm): number {
  if (form !== latestForm) {
    const number = numbers.get(form) ?? ++forms;
    numbers.set(form, number);
    latestForm = form;
    latestNumber = number;
  }
  return latestNumber;
}
