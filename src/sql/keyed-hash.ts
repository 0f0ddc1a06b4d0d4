/** A secret: who writes statements cannot aim at one value. */
export interface HashKey {
  low: number;
  high: number;
}

let key: HashKey = { low: (Math.random() * 0x1_0000_0000) | 0, high: (Math.random() * 0x1_0000_0000) | 0 };

/** The secret by which hashes are equal: of this process, unless another was given. */
export function hashKey(): HashKey {
  return key;
}

/** Takes the secret under which hashes were kept. All hashes made before are worth nothing. */
export function useHashKey(given: HashKey): void {
  key = given;
}

/** The result of `hashWords`; two numbers returned in any other way would be an allocation for each statement. */
export let hashLow = 0;
export let hashHigh = 0;

/** Keyed 64-bit hash of the bytes from `start` to `end`, a word at a time. Three bytes more may be read. */
export function hashWords(words: DataView, start: number, end: number): void {
  let low = key.low ^ (end - start);
  let high = key.high;
  let p = start;
  for (; p + 4 <= end; p += 4) {
    const word = words.getInt32(p, true);
    low = Math.imul(low ^ word, 0x9e3779b1);
    low ^= low >>> 15;
    high = Math.imul(high + word, 0x85ebca6b) ^ (high >>> 13);
  }
  if (p < end) {
    const word = words.getInt32(p, true) & (0xffffffff >>> (8 * (4 - (end - p))));
    low = Math.imul(low ^ word, 0x9e3779b1);
    high = Math.imul(high + word, 0x85ebca6b);
  }
  low = Math.imul(low ^ (low >>> 16), 0x7feb352d);
  high = Math.imul(high ^ (high >>> 15) ^ low, 0x2c1b3c6d);
  hashLow = (low ^ (low >>> 15)) | 0;
  hashHigh = (high ^ (high >>> 16)) | 0;
}
