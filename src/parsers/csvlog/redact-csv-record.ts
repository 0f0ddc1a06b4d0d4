import { redactTexts } from '../../postgres/redact-message.ts';
import { Column } from './column.ts';

/** Columns that hold SQL. */
const QUERIES = [Column.internalQuery, Column.context, Column.query];

/** A csvlog record as it may be shown: statements without their literals, all else as the server wrote it. */
export function redactCsvRecord(record: Uint8Array): string {
  const fields = splitRecord(new TextDecoder().decode(record));
  const at = (column: number) => unquote(fields[column] ?? '');
  const redacted = redactTexts({
    severity: at(Column.errorSeverity),
    sqlState: at(Column.sqlState),
    message: at(Column.message),
    detail: at(Column.detail),
    queries: QUERIES.map(at),
  });
  replace(fields, Column.message, redacted.message);
  replace(fields, Column.detail, redacted.detail);
  for (const [i, column] of QUERIES.entries()) {
    replace(fields, column, redacted.queries[i] ?? '');
  }
  return fields.join(',');
}

/** Fields as they stand, quotes and all. */
function splitRecord(text: string): string[] {
  return text.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^,"]*)(?=,|$)/g) ?? [text];
}

function unquote(raw: string): string {
  return raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw;
}

function replace(fields: string[], column: number, text: string): void {
  if (fields[column]?.startsWith('"')) {
    fields[column] = `"${text.replaceAll('"', '""')}"`;
  }
}
