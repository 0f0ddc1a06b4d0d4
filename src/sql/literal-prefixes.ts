import type { Fingerprint } from './fingerprint.ts';
import { hashHigh, hashLow, hashWords } from './keyed-hash.ts';

const LITERAL = 0x3f;
/** Places of literals that are told apart in one statement. */
const MAX_PREFIXES = 16;
/** A shorter beginning says nothing of who wrote it: `select ?`. */
const MIN_BYTES = 20;
/** Longer beginnings are not hashed. */
const MAX_BYTES = 2048;

/** Hashes of a statement's beginnings, each as far as one of its literals: what comes behind may be somebody's input. */
export function literalPrefixes({ bytes, words, end }: Fingerprint): { low: number; high: number }[] {
  const prefixes: { low: number; high: number }[] = [];
  const stop = Math.min(end, MAX_BYTES);
  for (let p = MIN_BYTES; p < stop && prefixes.length < MAX_PREFIXES; p++) {
    if (bytes[p] === LITERAL) {
      hashWords(words, 0, p + 1);
      prefixes.push({ low: hashLow, high: hashHigh });
    }
  }
  return prefixes;
}
