import { readCsv } from './read-csv.ts';

/** Positions in a record. Source: postgresql.org/docs/current/runtime-config-logging.html, "Using CSV-Format Log Output". */
const SQL_STATE = 12;
const MESSAGE = 13;

/** Fields of a record: 24 in PostgreSQL 13, 26 since 14 (leader_pid and query_id came). */
const FIELDS: Readonly<Record<number, number>> = { 13: 24, 14: 26 };

/** What the independent reader counted. */
export interface CsvlogSummary {
  records: number;
  /** By the message up to its first `:`, `"` or digit: `connection received`, `password authentication failed for user`. */
  byMessageStart: Record<string, number>;
  bySqlstate: Record<string, number>;
}

/** Counts the records of a csvlog; throws when one of them has not the number of fields of its major version. */
export function summarizeCsvlog(text: string, major: number): CsvlogSummary {
  const expected = FIELDS[Math.min(major, 14)] as number;
  const records = readCsv(text);
  const odd = records.find((record) => record.length !== expected);
  if (odd !== undefined) {
    throw new Error(`a record has ${odd.length} fields instead of ${expected}: ${odd.join(',').slice(0, 200)}`);
  }
  return summarizeRecords(
    records.map((record) => ({ message: record[MESSAGE] as string, sqlState: record[SQL_STATE] as string })),
  );
}

/** Counts records, whatever format they were read from. */
export function summarizeRecords(records: readonly { message: string; sqlState: string }[]): CsvlogSummary {
  return {
    records: records.length,
    byMessageStart: countBy(records.map(({ message }) => messageStart(message))),
    bySqlstate: countBy(records.map(({ sqlState }) => sqlState)),
  };
}

function messageStart(message: string): string {
  return (/^[^:"\d]*/.exec(message)?.[0] ?? '').trim();
}

function countBy(values: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
