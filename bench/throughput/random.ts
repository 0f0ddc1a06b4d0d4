/** Seeded source of numbers: the same seed always yields the same file. Not for secrets. */
export interface Random {
  /** Uniform in [0, 1). */
  fraction(): number;
  /** Uniform integer in [0, limit). */
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
}

/**
 * A 32-bit Weyl sequence whose steps are scrambled by MurmurHash3's finalizer (the scheme of SplitMix).
 * Period 2^32: enough for some hundred draws per session of a few million sessions.
 */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  function fraction(): number {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  }
  function below(limit: number): number {
    return Math.floor(fraction() * limit);
  }
  return { fraction, below, pick: (list) => list[below(list.length)]! };
}

/** First octets of ranges that providers in many countries announce, so that enrichment has something to find. */
const FIRST_OCTETS = [20, 34, 52, 81, 93, 103, 145, 178, 185, 203] as const;

/** A public IPv4 address in text. */
export function randomAddress(random: Random): string {
  return `${random.pick(FIRST_OCTETS)}.${random.below(256)}.${random.below(256)}.${1 + random.below(254)}`;
}
