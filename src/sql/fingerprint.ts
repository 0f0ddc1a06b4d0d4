import { plainFingerprint } from './plain-fingerprint.ts';
import { MAX_STATEMENT_BYTES } from './sql-bytes.ts';
import { createWasmFingerprint } from './wasm-fingerprint.ts';

/** In what language a statement is: PostgreSQL's, or the query language of Azure Cosmos DB for NoSQL. */
export type Dialect = 'postgresql' | 'cosmosdb';

/** A statement without its literals, comments and white space. Reused: valid until the next call. */
export interface Fingerprint {
  /** Keyed 64-bit hash of the normal form; means the same in this process only. */
  low: number;
  high: number;
  /** The normal form lies from `start` on; see `NormalForm`. Three bytes more may be read. */
  bytes: Uint8Array;
  words: DataView;
  start: number;
  /** Bytes of the normal form; 0 where there is no statement. */
  length: number;
  /** What the normal form does not tell, as `Mark`s, or'ed. */
  marks: number;
  /** A statement of PostgreSQL's that reads or writes rows and does no more; see `Plainness`. */
  isPlain: boolean;
  /** Number of the activity that it belongs to; 0: of none. */
  serial: number;
  /** Of a statement that is remembered: a number that no other text has had; 0: of any other. */
  memory: number;
}

const encoded = new Uint8Array(3 * MAX_STATEMENT_BYTES);
const encoder = new TextEncoder();
/** Undefined where it was not built. */
export const wasm = createWasmFingerprint();
const read = wasm?.read ?? plainFingerprint;

/** The fingerprint of a statement given as text; see `fingerprint`. */
export function fingerprintText(text: string, dialect: Dialect = 'postgresql'): Fingerprint {
  const short = text.length > MAX_STATEMENT_BYTES ? text.slice(0, MAX_STATEMENT_BYTES + 1) : text;
  return fingerprint(encoded, 0, encoder.encodeInto(short, encoded).written, dialect);
}

/**
 * What a statement is, whatever its literals: equal for statements that differ in literals, comments, white space and
 * the case of names only. One pass, as PostgreSQL's scanner reads with standard_conforming_strings on
 * (postgresql.org/docs/current/sql-syntax-lexical.html).
 */
export function fingerprint(bytes: Uint8Array, start: number, end: number, dialect: Dialect): Fingerprint {
  return read(bytes, start, end, dialect);
}
