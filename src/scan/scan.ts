/** What a scan found: entries written to `index` and `records`, and how far it came. */
export interface Scanned {
  entries: number;
  records: number;
  /** Bytes looked at: fewer than asked for when an area was nearly full. */
  scanned: number;
  /** `Oddity` bits; 0 for all but json. */
  oddities: number;
}

/** What makes a block of JSON other than the usual. */
export const Oddity = {
  /** A newline stands inside a string: a torn record. */
  newlineInString: 1,
  /** A backslash stands somewhere: strings may have escapes. */
  backslash: 2,
} as const;

/**
 * Finds the structure of a block. Positions are absolute in `bytes`; the block starts at a record's start, and the
 * 64 bytes after it must be zero.
 */
export interface Scan {
  /**
   * `index`: every comma and newline outside quotes. `records`: for each such newline the number of index entries up
   * to and including it.
   */
  csv(bytes: Uint8Array, start: number, length: number, index: Int32Array, records: Int32Array): Scanned;
  /** `index`: every quote of a string, every brace and bracket outside strings, every newline inside one. */
  json(bytes: Uint8Array, start: number, length: number, index: Int32Array, records: Int32Array): Scanned;
  /**
   * JSON with one object a line. `index`: every quote that no backslash escapes, and every newline. `records`: for each
   * newline the number of index entries up to and including it.
   */
  jsonLines(bytes: Uint8Array, start: number, length: number, index: Int32Array, records: Int32Array): Scanned;
  /** `index`: every newline. */
  lines(bytes: Uint8Array, start: number, length: number, index: Int32Array, records: Int32Array): Scanned;
}
