import { UserError } from '../lib/user-error.ts';
import { type ActivityFilter, conditionOf, timeSql } from './activity-filter.ts';
import { type FoundActivity, foundOf, SHOWN_COLUMNS } from './found-activity.ts';
import type { Archive } from './open-archive.ts';
import { fileList } from './sql-text.ts';
import { statementsOf } from './statement-texts.ts';

/** A place in a list that is ordered by time and uid, newest first. */
export interface SearchCursor {
  time: number;
  uid: bigint;
}

export interface SearchPage {
  items: FoundActivity[];
  next?: string;
}

export interface SearchProgress {
  files: number;
  filesRead: number;
}

/** Files of the first query; each next one reads twice as many: what is frequent is found at once, what is rare soon. */
const FIRST_FILES = 4;
const MOST_FILES = 512;

type Row = Record<string, unknown> & { at: number; uid: bigint };

/**
 * Activities, newest first. Reads the newest files first, and no more than it needs.
 *
 * @param cursor `next` of the page before
 */
export async function searchActivities(
  archive: Archive,
  filter: ActivityFilter,
  { limit, cursor }: { limit: number; cursor?: string },
  onProgress: (progress: SearchProgress) => void = () => undefined,
): Promise<SearchPage> {
  const behind = cursor === undefined ? undefined : parseCursor(cursor);
  const to = behind === undefined ? filter.to : Math.min(filter.to, behind.time + 1);
  await archive.flush();
  const [files, statements] = await Promise.all([
    archive.files({ kind: 'activities', from: filter.from, to }),
    archive.files({ kind: 'statements' }),
  ]);
  const known = statements.length === 0 ? undefined : fileList(statements.map(({ path }) => path));
  const byTime = files.toSorted((a, b) => b.toTime - a.toTime);
  const condition = conditionOf({ ...filter, to }, known);
  const found: Row[] = [];
  for (let read = 0, batch = FIRST_FILES; read < byTime.length; batch = Math.min(2 * batch, MOST_FILES)) {
    const paths = byTime.slice(read, read + batch).map(({ path }) => path);
    found.push(...(await newestOf(archive, paths, condition, behind, limit + 1)));
    found.sort((a, b) => b.at - a.at || (a.uid < b.uid ? 1 : -1));
    read += paths.length;
    onProgress({ files: byTime.length, filesRead: read });
    const rest = byTime[read]?.toTime ?? Number.NEGATIVE_INFINITY;
    if (found.length > limit && found[limit]!.at > rest) {
      break;
    }
  }
  const page = found.slice(0, limit);
  const texts = await statementsOf(archive, page, statements);
  const last = page.at(-1);
  return {
    items: page.map((row) => foundOf(row, texts)),
    ...(found.length > limit && last !== undefined && { next: cursorText({ time: last.at, uid: last.uid }) }),
  };
}

async function newestOf(
  { query }: Archive,
  paths: readonly string[],
  { sql, values }: ReturnType<typeof conditionOf>,
  behind: SearchCursor | undefined,
  limit: number,
): Promise<Row[]> {
  const [time, uid] = [`$${values.length + 1}`, `$${values.length + 2}`];
  const isBehind =
    behind === undefined ? '' : `AND (time < ${timeSql(time)} OR (time = ${timeSql(time)} AND uid < ${uid}))`;
  const rows = await query.rows(
    `SELECT ${SHOWN_COLUMNS}, epoch_ms(time)::DOUBLE AS at
    FROM read_parquet(${fileList(paths)}, union_by_name = true, hive_partitioning = false)
    WHERE ${sql} ${isBehind} ORDER BY time DESC, uid DESC LIMIT ${limit}`,
    behind === undefined ? values : [...values, behind.time, behind.uid],
  );
  return rows as Row[];
}

function cursorText({ time, uid }: SearchCursor): string {
  return Buffer.from(`${time}.${uid}`).toString('base64url');
}

function parseCursor(text: string): SearchCursor {
  const [, time, uid] = /^(-?\d{1,16})\.(-?\d{1,19})$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (time === undefined || uid === undefined) {
    throw new UserError('the cursor is not one that a search gave');
  }
  return { time: Number(time), uid: BigInt(uid) };
}
