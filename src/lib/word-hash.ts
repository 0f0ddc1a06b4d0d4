import { lastWord } from './word-text.ts';

/** Secrets of this process: who writes the log cannot aim at one chain. They decide where a name lies, nothing else. */
const [KEY_LOW, KEY_HIGH] = crypto.getRandomValues(new Int32Array(2)) as unknown as [number, number];
/** The result of `hashWords`; two numbers returned in any other way would be an allocation for each name. */
export let hashLow = 0;
export let hashHigh = 0;

/** Keyed 64-bit hash of the bytes, a word at a time. */
export function hashWords(words: DataView, start: number, end: number): void {
  let low = KEY_LOW ^ (end - start);
  let high = KEY_HIGH;
  let p = start;
  for (; p + 4 <= end; p += 4) {
    const word = words.getInt32(p, true);
    low = Math.imul(low ^ word, 0x9e3779b1);
    low ^= low >>> 15;
    high = Math.imul(high + word, 0x85ebca6b) ^ (high >>> 13);
  }
  if (p < end) {
    const word = lastWord(words, p, end);
    low = Math.imul(low ^ word, 0x9e3779b1);
    high = Math.imul(high + word, 0x85ebca6b);
  }
  hashLow = (low ^ (low >>> 16)) | 0;
  hashHigh = (high ^ (high >>> 16)) | 0;
}
