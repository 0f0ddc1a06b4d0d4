import { join } from 'node:path';
import { faultPoint } from '../lib/fault-point.ts';
import type { ArchiveFile } from '../store/archive-store.ts';
import { ACTIVITY_COLUMNS, STATEMENT_COLUMNS } from './activity-table.ts';
import type { DraftFile } from './convert-blocks.ts';
import type { Archive } from './open-archive.ts';
import { columnList, fileList } from './sql-text.ts';

/** Files of a period that is not over, and of statements: more are merged. */
const MAX_FILES = 12;
/** Rows of a merged file at most, about; a file of so many is no small one. */
const MAX_ROWS = 1_000_000;
const ENOUGH_ROWS = 250_000;
/** So long after a period, late records have come. */
const SETTLED_MS = 900_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Merges of one pass: others want to search, too. */
const MERGES_OF_PASS = 200;

type KeptFile = Awaited<ReturnType<Archive['files']>>[number];

/** Makes one file of many of an hour, of a small day, of statements. Whoever searches sees the old ones or the new one. */
export async function mergeSmallFiles(archive: Archive, now: number): Promise<number> {
  const small = (await archive.files({ kind: 'activities' })).filter(({ rows }) => rows < ENOUGH_ROWS);
  const groups = [...Map.groupBy(small, (file) => dayOf(file.period))].flatMap(([day, files]) =>
    groupsOf(day, files, now),
  );
  const statements = Map.groupBy(await archive.files({ kind: 'statements' }), ({ period }) => period).values();
  const many = [...groups, ...[...statements].filter(({ length }) => length > MAX_FILES)].filter(
    (files) => files.length > 1,
  );
  let merged = 0;
  for (const files of many.slice(0, MERGES_OF_PASS)) {
    await merge(archive, files);
    merged += files.length;
  }
  return merged;
}

/** The files of a day that become one each. */
function groupsOf(day: number, files: readonly KeptFile[], now: number): KeptFile[][] {
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  if (day + DAY_MS + SETTLED_MS < now && rows <= MAX_ROWS) {
    return [[...files]];
  }
  return [...Map.groupBy(files, (file) => file.period)].map(([period, ofPeriod]) => {
    const isOver = period + HOUR_MS + SETTLED_MS < now;
    return isOver || ofPeriod.length > MAX_FILES ? withinRows(ofPeriod) : [];
  });
}

/** As many files as go into one. */
function withinRows(files: readonly KeptFile[]): KeptFile[] {
  let rows = 0;
  return files
    .toSorted((a, b) => a.rows - b.rows)
    .filter((file) => {
      rows += file.rows;
      return rows <= MAX_ROWS;
    });
}

async function merge(archive: Archive, files: readonly KeptFile[]): Promise<void> {
  const { kind, period } = files.reduce((earliest, file) => (file.period < earliest.period ? file : earliest));
  await archive.replace(async (folder) => {
    const path = join(folder, 'merged.parquet');
    const sql = mergedSql(
      kind,
      files.map((file) => file.path),
    );
    const draft: DraftFile = {
      path,
      kind,
      period,
      fromTime: Math.min(...files.map((file) => file.fromTime)),
      toTime: Math.max(...files.map((file) => file.toTime)),
      ...(await archive.query.write(sql, path)),
    };
    faultPoint('archive-merged');
    return { drafts: [draft], change: { remove: files.map(({ name }) => name) } };
  });
}

/** The rows of files in the order in which one file has them; a statement that two files have, once. */
export function mergedSql(kind: ArchiveFile['kind'], paths: readonly string[]): string {
  const rows = `read_parquet(${fileList(paths)}, union_by_name = true, hive_partitioning = false)`;
  return kind === 'activities'
    ? `SELECT ${columnList(ACTIVITY_COLUMNS)} FROM ${rows} ORDER BY resource_uid, time, uid`
    : `SELECT DISTINCT ON (fingerprint) ${columnList(STATEMENT_COLUMNS)} FROM ${rows} ORDER BY fingerprint`;
}

function dayOf(time: number): number {
  return Math.floor(time / DAY_MS) * DAY_MS;
}
