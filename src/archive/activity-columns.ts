/** What a row is made of, as numbers: the order in which columns lie in a block of the spool. Never change it: add a version. */
export const COLUMN_TYPES = {
  /** Epoch milliseconds, UTC. */
  time: Float64Array,
  responseBytes: Float64Array,
  byteOffset: Float64Array,
  /** Of `ActivityClass`. */
  class: Int32Array,
  /** Codes: places in the lists of the block's dictionary, from 1; 0 is none. */
  principal: Int32Array,
  database: Int32Array,
  application: Int32Array,
  address: Int32Array,
  operation: Int32Array,
  container: Int32Array,
  source: Int32Array,
  status: Int32Array,
  sessionHigh: Int32Array,
  sessionLow: Int32Array,
  /** Keyed hash of the statement without its literals; 0, 0 where there is none. */
  fingerprintLow: Int32Array,
  fingerprintHigh: Int32Array,
  failure: Uint8Array,
  protection: Uint8Array,
  /** 1: it came late. */
  isLate: Uint8Array,
} as const;

export type ColumnName = keyof typeof COLUMN_TYPES;
export type ActivityColumns = { [name in ColumnName]: InstanceType<(typeof COLUMN_TYPES)[name]> };

export const COLUMN_NAMES = Object.keys(COLUMN_TYPES) as ColumnName[];

/** Bytes that a row takes. */
export const ROW_BYTES = Object.values(COLUMN_TYPES).reduce((sum, type) => sum + type.BYTES_PER_ELEMENT, 0);

/** Columns with room for so many rows. */
export function newColumns(rows: number): ActivityColumns {
  return Object.fromEntries(
    COLUMN_NAMES.map((name) => [name, new COLUMN_TYPES[name](rows)]),
  ) as unknown as ActivityColumns;
}

/** The same rows, with room for so many. */
export function widened(columns: ActivityColumns, rows: number): ActivityColumns {
  const wide = newColumns(rows);
  for (const name of COLUMN_NAMES) {
    wide[name].set(columns[name]);
  }
  return wide;
}
