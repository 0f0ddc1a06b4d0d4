import type { StoreErrorCode } from '../store-error.ts';

/** One SQL statement, compiled for the dialect of its database. Plain data: it is sent to a thread. */
export interface Statement {
  sql: string;
  parameters: readonly unknown[];
  /** The unit is undone and rejected with this code when the statement finds or changes no row. */
  guard?: StoreErrorCode;
  /** Position in the unit of an earlier statement: this one runs only if that one found or changed a row. */
  after?: number;
}

/** Rows that it gave (of a query, or by RETURNING), and how many it found or changed. */
export interface Outcome {
  rows: Record<string, unknown>[];
  count: number;
}

/** What is written in one transaction: all of it, or nothing. */
export type Unit = readonly Statement[];

/** Of a statement that did not run because the one it goes `after` did nothing. */
export const NOTHING: Outcome = { rows: [], count: 0 };
