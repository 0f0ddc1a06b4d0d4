import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ActivityFilter, literalCondition, type RecordPlace } from './activity-filter.ts';
import { ACTIVITY_COLUMNS } from './activity-table.ts';
import { safeCell } from './export-sql.ts';
import type { Archive } from './open-archive.ts';
import { columnList, fileList, quoted } from './sql-text.ts';

/** Activities as files: the same rows, the oldest first. */
export interface ExportedActivities {
  rows: number;
  parquet: Uint8Array;
  /** No cell of it is a formula to a spreadsheet. */
  csv: Uint8Array;
}

/** @param evidence records that a column `is_evidence` marks. @param most rows; of more, the oldest */
export async function exportActivities(
  archive: Archive,
  filter: ActivityFilter,
  evidence: readonly RecordPlace[],
  most: number,
): Promise<ExportedActivities | undefined> {
  await archive.flush();
  const pathsOf = async (kind: 'activities' | 'statements', range: object) =>
    (await archive.files({ kind, ...range })).map(({ path }) => path);
  const files = await pathsOf('activities', { from: filter.from, to: filter.to });
  if (files.length === 0) {
    return undefined;
  }
  const statements = await pathsOf('statements', {});
  const known = statements.length === 0 ? undefined : fileList(statements);
  const isEvidence = evidence.map(
    ({ source, byteOffset }) => `(log_name = ${quoted(source)} AND log_offset = ${byteOffset})`,
  );
  const text = known === undefined ? 'NULL::VARCHAR' : 's.text';
  const texts = known === undefined ? '' : `LEFT JOIN read_parquet(${known}) s USING (fingerprint)`;
  const rows = `SELECT ${columnList(ACTIVITY_COLUMNS)}, ${text} AS statement_text,
    ${isEvidence.length === 0 ? 'false' : `coalesce(${isEvidence.join(' OR ')}, false)`} AS is_evidence
    FROM (SELECT * FROM read_parquet(${fileList(files)}, union_by_name = true, hive_partitioning = false)
      WHERE ${literalCondition(filter, known)} ORDER BY time, uid LIMIT ${most}) ${texts} ORDER BY time, uid`;
  return written(archive, rows);
}

async function written({ directory, query }: Archive, sql: string): Promise<ExportedActivities> {
  const folder = await mkdtemp(join(directory, 'tmp', 'evidence-'));
  try {
    const [parquet, csv] = [join(folder, 'activities.parquet'), join(folder, 'activities.csv')];
    const { rows } = await query.write(sql, parquet);
    const columns = [
      ...ACTIVITY_COLUMNS,
      { name: 'statement_text', type: 'VARCHAR' },
      { name: 'is_evidence', type: 'BOOLEAN' },
    ];
    const cells = columns.map(({ name, type }) => `${safeCell(name, type)} AS ${name}`).join(', ');
    await query.write(`SELECT ${cells} FROM read_parquet(${quoted(parquet)})`, csv, 'csv');
    return { rows, parquet: await readFile(parquet), csv: await readFile(csv) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
