// A keyed hash of 128 bits (WebAssembly SIMD), for whatever is recognized byte for byte.

/** Of the text that was read last. */
export let hash: u64 = 0, second: u64 = 0;

/** Bytes that are taken in one step, and those of the two secrets that belong to them. */
const STEP: i32 = 32, KEYS_STEP: i32 = 64;

/**
 * NH, twice (Black and others, UMAC, 1999), and the length: two texts have equal hashes with a probability of 2^-32 each,
 * for whoever does not know the keys, two secret words for each word of a text. 31 bytes more may be read.
 */
export function hashText(at: usize, length: i32, keys: usize): void {
  let one = i64x2.splat(0), two = i64x2.splat(0), left = length;
  for (; left > 0; left -= STEP, at += STEP, keys += KEYS_STEP) {
    let a = v128.load(at), b = v128.load(at, 16);
    if (left < STEP) {
      a = firstOf(a, left);
      b = firstOf(b, left - 16);
    }
    one = i64x2.add(one, products(a, b, keys));
    two = i64x2.add(two, products(a, b, keys + 32));
  }
  hash = i64x2.extract_lane(one, 0) + i64x2.extract_lane(one, 1) + <u64>length;
  second = i64x2.extract_lane(two, 0) + i64x2.extract_lane(two, 1);
}

/** The first bytes of sixteen, zeros behind them. */
@inline
function firstOf(bytes: v128, count: i32): v128 {
  const kept = i8x16.splat(<i8>max(0, min(16, count)));
  return v128.and(bytes, i8x16.lt_u(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), kept));
}

/** Each word of `a` and one of `b`, keys added, multiplied to 64 bits. */
@inline
function products(a: v128, b: v128, keys: usize): v128 {
  const x = i32x4.add(a, v128.load(keys)), y = i32x4.add(b, v128.load(keys, 16));
  return i64x2.add(i64x2.extmul_low_i32x4_u(x, y), i64x2.extmul_high_i32x4_u(x, y));
}
