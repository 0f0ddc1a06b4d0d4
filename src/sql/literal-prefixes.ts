import type { Fingerprint } from './fingerprint.ts';
import { hashHigh, hashLow, hashWords } from './keyed-hash.ts';

const LITERAL = 0x3f;
/** Places of literals that are told apart in one statement. */
const MAX_PREFIXES = 16;
/** A shorter beginning says nothing of who wrote it: `select ?`. */
const MIN_BYTES = 20;
/** Longer beginnings are not hashed. */
const MAX_BYTES = 2048;

/** Hash of the beginning of a statement, and the position behind it in the normal form. */
export interface LiteralPrefix {
  low: number;
  high: number;
  end: number;
}

/** A statement's beginnings, each as far as one of its literals: what comes behind may be somebody's input. */
export function literalPrefixes({ bytes, words, start, length }: Fingerprint): LiteralPrefix[] {
  const prefixes: LiteralPrefix[] = [];
  const stop = Math.min(length, MAX_BYTES);
  for (let p = MIN_BYTES; p < stop && prefixes.length < MAX_PREFIXES; p++) {
    if (bytes[start + p] === LITERAL) {
      hashWords(words, start, start + p + 1);
      prefixes.push({ low: hashLow, high: hashHigh, end: p + 1 });
    }
  }
  return prefixes;
}
