import { type DuckDBConnection, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import { STATEMENT_COLUMNS } from './activity-table.ts';
import type { ArchivedStatement } from './block.ts';
import type { DraftFile } from './convert-blocks.ts';
import { columnList, fileList, PARQUET, quoted } from './sql-text.ts';
import { syncedSize } from './synced-size.ts';

const DAY_MS = 86_400_000;

/** Writes the statements that no file has yet; no draft where there is none. */
export async function writeStatements(
  connection: DuckDBConnection,
  statements: readonly ArchivedStatement[],
  path: string,
  knownFiles: readonly string[],
): Promise<DraftFile[]> {
  if (statements.length === 0) {
    return [];
  }
  await fill(connection, statements);
  if (knownFiles.length > 0) {
    await connection.run(
      `DELETE FROM statement WHERE fingerprint IN (SELECT fingerprint FROM read_parquet(${fileList(knownFiles)}))`,
    );
  }
  const written = await connection.runAndReadAll(
    `COPY (SELECT ${columnList(STATEMENT_COLUMNS)} FROM statement ORDER BY fingerprint) TO ${quoted(path)} (${PARQUET})`,
  );
  await connection.run('DROP TABLE statement');
  const rows = Number(written.getRowsJS()[0]?.[0]);
  return rows === 0
    ? []
    : [{ path, kind: 'statements', period: today(), fromTime: 0, toTime: 0, rows, bytes: await syncedSize(path) }];
}

/** Statements are of the day that they are written on. */
function today(): number {
  return Math.floor(Date.now() / DAY_MS) * DAY_MS;
}

async function fill(connection: DuckDBConnection, statements: readonly ArchivedStatement[]): Promise<void> {
  await connection.run(
    'CREATE OR REPLACE TABLE statement (fingerprint BIGINT, text VARCHAR, kinds VARCHAR[], reads VARCHAR[], writes VARCHAR[])',
  );
  const table = await connection.createAppender('statement');
  for (const { low, high, text, kinds, reads, writes } of statements) {
    table.appendBigInt((BigInt(high) << 32n) | BigInt(low >>> 0));
    table.appendVarchar(text);
    for (const list of [kinds, reads, writes]) {
      table.appendList(listValue([...list]), LIST(VARCHAR));
    }
    table.endRow();
  }
  table.closeSync();
}
