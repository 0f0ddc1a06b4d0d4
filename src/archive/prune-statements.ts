import { join } from 'node:path';
import { faultPoint } from '../lib/fault-point.ts';
import { STATEMENT_COLUMNS } from './activity-table.ts';
import type { DraftFile } from './convert-blocks.ts';
import type { Archive } from './open-archive.ts';
import { columnList, fileList } from './sql-text.ts';

const DAY_MS = 86_400_000;

/**
 * Removes the statements that no activity has any more, and that were written before yesterday: who writes statements takes
 * what it wrote for known half a day. Gives how many went.
 */
export async function pruneStatements(archive: Archive, now: number): Promise<number> {
  let pruned = 0;
  await archive.flush();
  await archive.replace(async (folder) => {
    const yesterday = Math.floor(now / DAY_MS) * DAY_MS - DAY_MS;
    const settled = (await archive.files({ kind: 'statements' })).filter(({ period }) => period < yesterday);
    if (settled.length === 0) {
      return undefined;
    }
    const path = join(folder, 'pruned.parquet');
    const written = await archive.query.write(await usedSql(archive, settled), path);
    pruned = settled.reduce((sum, { rows }) => sum + rows, 0) - written.rows;
    if (pruned === 0) {
      return undefined;
    }
    faultPoint('archive-merged');
    const draft: DraftFile = { path, kind: 'statements', period: 0, fromTime: 0, toTime: 0, ...written };
    return { drafts: written.rows === 0 ? [] : [draft], change: { remove: settled.map(({ name }) => name) } };
  });
  return pruned;
}

/** The statements of some files that an activity has, each once. */
async function usedSql(archive: Archive, files: readonly { path: string }[]): Promise<string> {
  const activities = (await archive.files({ kind: 'activities' })).map(({ path }) => path);
  const isUsed =
    activities.length === 0
      ? 'false'
      : `fingerprint IN (SELECT fingerprint FROM read_parquet(${fileList(activities)}, union_by_name = true, hive_partitioning = false))`;
  return `SELECT DISTINCT ON (fingerprint) ${columnList(STATEMENT_COLUMNS)}
    FROM read_parquet(${fileList(files.map(({ path }) => path))}, union_by_name = true)
    WHERE ${isUsed} ORDER BY fingerprint`;
}
