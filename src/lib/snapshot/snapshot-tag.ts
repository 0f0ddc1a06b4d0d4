/** First byte of a snapshot: another one is of another format. */
export const FORMAT = 0xa1;

/** What a value begins with. */
export const Tag = {
  undefined: 0,
  null: 1,
  true: 2,
  false: 3,
  /** Not negative: a varint follows. */
  natural: 4,
  /** Negative: a varint of its absolute value follows. */
  negative: 5,
  double: 6,
  /** Length in bytes, then UTF-8. */
  text: 7,
  /** Number of a text that came before. */
  knownText: 8,
  bigint: 9,
  /** Number of an object that came before. */
  known: 10,
  /** Length, then values. */
  array: 11,
  /** A place of an array at which nothing stands. */
  hole: 12,
  /** Number of a shape, then values. */
  object: 13,
  /** Name of the class, number of a shape, then values. */
  instance: 14,
  map: 15,
  set: 16,
  /** Of bytes: their number, then runs. Others were written so before there were columns. */
  runs: 17,
  /** Kind, then the buffer that it is all of. */
  view: 18,
  /** Name of what is outside. */
  external: 19,
  /** Of longer numbers: length in bytes, then columns. */
  columns: 20,
} as const;

/** Typed arrays by the number that stands for them; the order is part of the format. */
export const VIEWS = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  Buffer,
] as const;

/** Objects within objects: no state of ours is deeper, and a corrupt snapshot must not exhaust the stack. */
export const MAX_DEPTH = 512;
