import { quoteCsvField, splitCsvFields, unquoteCsvField } from '../../lib/csv-fields.ts';
import { redactTexts } from '../../postgres/redact-message.ts';
import { Column } from './column.ts';

/** Columns that hold SQL. */
const QUERIES = [Column.internalQuery, Column.query];

/**
 * A csvlog record as it may be shown, whole or cut off at its end: statements without their literals, all else as the
 * server wrote it.
 */
export function redactCsvRecord(record: Uint8Array): string {
  const fields = splitCsvFields(new TextDecoder().decode(record));
  const at = (column: number) => unquoteCsvField(fields[column] ?? '');
  const redacted = redactTexts({
    severity: at(Column.errorSeverity),
    sqlState: at(Column.sqlState),
    message: at(Column.message),
    detail: at(Column.detail),
    context: at(Column.context),
    queries: QUERIES.map(at),
  });
  replace(fields, Column.message, redacted.message);
  replace(fields, Column.detail, redacted.detail);
  replace(fields, Column.context, redacted.context);
  for (const [i, column] of QUERIES.entries()) {
    replace(fields, column, redacted.queries[i] ?? '');
  }
  return fields.join(',');
}

/** Empty fields stay empty: they stand without quotes. */
function replace(fields: string[], column: number, text: string): void {
  if ((fields[column] ?? '') !== '') {
    fields[column] = quoteCsvField(text);
  }
}
