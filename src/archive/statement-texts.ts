import type { StatementText } from './found-activity.ts';
import type { Archive } from './open-archive.ts';
import { fileList } from './sql-text.ts';

/** The statements of some rows, by fingerprint. */
export async function statementsOf(
  { query }: Archive,
  rows: readonly Record<string, unknown>[],
  files: readonly { path: string }[],
): Promise<Map<bigint, StatementText>> {
  const wanted = new Set(rows.map(({ fingerprint }) => fingerprint as bigint | null).filter((it) => it !== null));
  if (wanted.size === 0 || files.length === 0) {
    return new Map();
  }
  const found = await query.rows(
    `SELECT fingerprint, text, reads, writes FROM read_parquet(${fileList(files.map(({ path }) => path))})
    WHERE fingerprint IN (${[...wanted].join(', ')})`,
  );
  return new Map(found.map((row) => [row.fingerprint as bigint, row as unknown as StatementText]));
}
