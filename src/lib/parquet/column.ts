/** A column of values that come again and again: each stands once in the file, rows name it. */
export interface DictionaryColumn<T> {
  name: string;
  /** What codes stand for, from code 1; 0 is no value. */
  values: readonly T[];
  /** Of each row; where `through` is given, they are places in it, and the code stands there. */
  codes: Int32Array;
  through?: Int32Array;
}

/** A column of whole numbers that seldom come again. */
export interface NumberColumn {
  name: string;
  /** Of each row; not a number: no value. Twice their range must be exact. */
  numbers: Float64Array;
  /** Is added to each, times 2^48: the upper bits of numbers that are no safe integers. */
  high?: Int32Array;
}

/** A column of a file of Parquet, as its rows lie in memory. Times are epoch microseconds in UTC. */
export type ParquetColumn =
  | ({ type: 'text' } & DictionaryColumn<string>)
  | ({ type: 'int32' } & DictionaryColumn<number>)
  | ({ type: 'int64' } & DictionaryColumn<bigint>)
  | ({ type: 'number' | 'time' } & NumberColumn)
  | { type: 'flag'; name: string; flags: Uint8Array };

export const HIGH_UNIT = 1n << 48n;

/** Numbers by which Parquet knows types. */
export const PhysicalType = { boolean: 0, int32: 1, int64: 2, byteArray: 6 } as const;

export const PHYSICAL_TYPES: Readonly<Record<ParquetColumn['type'], number>> = {
  text: PhysicalType.byteArray,
  int32: PhysicalType.int32,
  int64: PhysicalType.int64,
  number: PhysicalType.int64,
  time: PhysicalType.int64,
  flag: PhysicalType.boolean,
};
