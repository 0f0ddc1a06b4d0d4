import { readFileSync } from 'node:fs';
import { quoteCsvField } from '../../lib/csv-fields.ts';
import { Column } from './column.ts';

/** Majors of PostgreSQL of which there are samples. */
export const MAJORS = [13, 14, 15, 16, 17, 18] as const;

/** What the server logged in a recorded session (samples/README.md). */
export function sample(major: number): Buffer {
  return readFileSync(new URL(`samples/postgresql-${major}.csv`, import.meta.url));
}

/** What a case says of a record; the rest is that of a statement of `app` from 192.0.2.10. */
interface RecordCase {
  time?: string;
  user?: string;
  database?: string;
  from?: string;
  session?: string;
  severity?: string;
  sqlState?: string;
  message?: string;
  detail?: string;
  context?: string;
  query?: string;
  application?: string;
  /** 23 up to PostgreSQL 12, 24 in 13, 26 since 14. */
  columns?: 23 | 24 | 26;
}

/** One record as the server writes it, newline and all. */
export function csvRecord(record: RecordCase = {}): string {
  const fields = Array.from({ length: record.columns ?? 26 }, () => '');
  const put = (column: number, text: string) => {
    fields[column] = text === '' ? '' : quoteCsvField(text);
  };
  fields[Column.logTime] = record.time ?? '2026-11-21 12:00:00.000 UTC';
  put(Column.userName, record.user ?? 'app');
  put(Column.databaseName, record.database ?? 'shop');
  put(Column.connectionFrom, record.from ?? '192.0.2.10:41234');
  fields[Column.sessionId] = record.session ?? '6b01ebad.4d46';
  fields[Column.errorSeverity] = record.severity ?? 'LOG';
  fields[Column.sqlState] = record.sqlState ?? '00000';
  put(Column.message, record.message ?? 'statement: SELECT 1');
  put(Column.detail, record.detail ?? '');
  put(Column.context, record.context ?? '');
  put(Column.query, record.query ?? '');
  put(Column.applicationName, record.application ?? 'shop-api');
  if (fields.length > Column.backendType) {
    put(Column.backendType, 'client backend');
  }
  return `${fields.join(',')}\n`;
}
