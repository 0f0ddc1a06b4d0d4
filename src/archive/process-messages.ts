import type { Conversion, DraftFile } from './convert-blocks.ts';

/** A value of a query. */
export type QueryValue = string | number | bigint | boolean | null;

/** What the process that has DuckDB is asked for. */
export type Request =
  | { kind: 'convert'; conversion: Conversion }
  /** Rows of a query, for at most so long. */
  | { kind: 'rows'; sql: string; values: readonly QueryValue[]; timeoutMs: number }
  /** Writes what a query gives into a file; tells its rows and bytes. */
  | { kind: 'write'; sql: string; path: string; format: 'parquet' | 'csv' };

export interface Answers {
  convert: DraftFile[];
  rows: Record<string, unknown>[];
  write: { rows: number; bytes: number };
}

export interface ToProcess {
  id: number;
  request: Request;
}

export type FromProcess = { id: number; answer: Answers[keyof Answers] } | { id: number; error: string };
