import type { DuckDBPreparedStatement } from '@duckdb/node-api';
import type { SqlTask } from './sql-messages.ts';
import { quoted } from './sql-text.ts';

const OPTIONS = {
  csv: 'FORMAT csv, HEADER',
  json: 'FORMAT json, ARRAY true',
  parquet: 'FORMAT parquet, COMPRESSION zstd',
} as const;
/** Types whose values no spreadsheet takes for a formula. */
const PLAIN = /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DOUBLE|FLOAT|BOOLEAN|DATE|TIME|TIMESTAMP|DECIMAL)\b/;
/** What a spreadsheet takes for the beginning of one, full-width signs too: OWASP, "CSV Injection". */
const FORMULA = '^[=+\\-@\\t\\r\\n＝＋－＠]';

/** How a query becomes a file. The query was parsed alone before: it ends where it seems to. */
export function exportStatement(
  { sql, maxRows }: SqlTask,
  { path, format }: NonNullable<SqlTask['output']>,
  prepared: DuckDBPreparedStatement,
): string {
  const query = sql.trim().replace(/;$/, '');
  const columns = Array.from({ length: prepared.columnCount }, (_, i) => ({
    name: prepared.columnName(i),
    type: prepared.columnType(i).toString(),
  }));
  const selected = format === 'csv' ? columns.map(safeColumn).join(', ') : '*';
  const names = format === 'csv' ? `(${columns.map((_, i) => `c${i}`).join(', ')})` : '';
  return `COPY (SELECT ${selected} FROM (${query}\n) AS result${names} LIMIT ${maxRows}) TO ${quoted(path)} (${OPTIONS[format]})`;
}

/** A column of which no cell, nor its heading, is a formula: an apostrophe says that it is text. */
function safeColumn({ name, type }: { name: string; type: string }, index: number): string {
  const heading = new RegExp(FORMULA).test(name) ? `'${name}` : name;
  return `${safeCell(`c${index}`, type)} AS "${heading.replaceAll('"', '""')}"`;
}

/** The value of a column as a cell of CSV that is no formula. */
export function safeCell(column: string, type: string): string {
  const text = `${column}::VARCHAR`;
  const isFormula = `regexp_matches(${text}, ${quoted(FORMULA)})`;
  return PLAIN.test(type) ? column : `CASE WHEN ${isFormula} THEN '''' || ${text} ELSE ${text} END`;
}
