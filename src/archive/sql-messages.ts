/** What a process that runs one query of an expert is given. */
export interface SqlTask {
  sql: string;
  /** Files of the archive, and a file with alerts as lines of JSON. Nothing else may be read. */
  activities: readonly string[];
  statements: readonly string[];
  alerts: string;
  /** What `since` and `until` stand for. Epoch milliseconds. */
  span: { since: number; until: number };
  /** For queries of our own, whose views end at `until` and hold these scopes only: see `ActivityFilter`. Absent: all. */
  within?: { scopes?: readonly string[] };
  /** Rows that are told, or written, at most. */
  maxRows: number;
  /** Where the result goes as a file instead; the only path that may be written. */
  output?: { path: string; format: SqlFormat };
}

export const SQL_FORMATS = ['csv', 'parquet', 'json'] as const;
export type SqlFormat = (typeof SQL_FORMATS)[number];

export interface SqlResult {
  columns: { name: string; type: string }[];
  /** As JSON; integers of 64 bits are texts. */
  rows: unknown[][];
  /** There are more rows than were asked for. */
  isCut: boolean;
}

export type SqlAnswer = { result: SqlResult } | { error: string };
