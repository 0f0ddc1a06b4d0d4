/** The same numbers on every machine for the same seed. */
export interface SeededRandom {
  /** In [0, 1). */
  next(): number;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  pick<T>(values: readonly T[]): T;
  /** Lower-case hexadecimal digits. */
  hex(digits: number): string;
  /** Shaped like a random (version 4) UUID. */
  uuid(): string;
}

/** Marsaglia's xorshift with 32 bits of state ("Xorshift RNGs", 2003): good enough for examples, unfit for secrets. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed | 0 || 1; // zero would stay zero
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const hex = (digits: number): string => Array.from({ length: digits }, () => between(0, 15).toString(16)).join('');
  return {
    next,
    between,
    hex,
    pick: <T>(values: readonly T[]) => values[between(0, values.length - 1)] as T,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[between(0, 3)]}${hex(3)}-${hex(12)}`,
  };
}
