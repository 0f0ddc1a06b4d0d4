import { type Fingerprint, wasm } from './fingerprint.ts';
import { hashKey } from './keyed-hash.ts';

/** In what form a statement stands in the log, by identity: within one form, equal bytes are equal statements. */
export type StatementForm = object;

let key = hashKey();
const numbers = new WeakMap<StatementForm, number>();
let forms = 0;
let latestForm: StatementForm | undefined;
let latestNumber = 0;

/**
 * The fingerprint of a statement that came before byte for byte, as most statements of an application do; undefined for
 * others: it is to be read then, and told by `noteFingerprint`. Three bytes more may be read.
 */
export function recallFingerprint(
  words: DataView,
  start: number,
  end: number,
  form: StatementForm,
): Fingerprint | undefined {
  if (key !== hashKey()) {
    key = hashKey(); // hashes under another secret are worth nothing
    wasm?.statements.forget();
  }
  if (form !== latestForm) {
    latestForm = form;
    latestNumber = numberOf(form);
  }
  return wasm?.statements.recall(words, start, end, latestNumber);
}

/** Tells what was read of the statement that has just been looked for in vain, before anything else is read. */
export function noteFingerprint(read: Fingerprint): void {
  wasm?.statements.noteRead(read, latestNumber);
}

function numberOf(form: StatementForm): number {
  const number = numbers.get(form) ?? ++forms;
  numbers.set(form, number);
  return number;
}
