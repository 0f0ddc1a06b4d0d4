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

/** How far a search has come, and what is certain by then: nothing that is not read yet is newer. */
export interface SearchStep extends SearchPage {
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
  page: { limit: number; cursor?: string },
): Promise<SearchPage> {
  const found: SearchPage = { items: [] };
  for await (const { items, next } of searchSteps(archive, filter, page)) {
    found.items.push(...items);
    if (next !== undefined) {
      found.next = next;
    }
  }
  return found;
}

/** The same search, told as it goes on. Whoever stops listening ends it. */
export async function* searchSteps(
  archive: Archive,
  filter: ActivityFilter,
  { limit, cursor }: { limit: number; cursor?: string },
): AsyncGenerator<SearchStep> {
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
  let found: Row[] = [];
  let told = 0;
  let certain = 0;
  for (
    let read = 0, batch = FIRST_FILES;
    read < byTime.length && certain <= limit;
    batch = Math.min(2 * batch, MOST_FILES)
  ) {
    const paths = byTime.slice(read, read + batch).map(({ path }) => path);
    found.push(...(await newestOf(archive, paths, condition, behind, limit + 1)));
    found.sort((a, b) => b.at - a.at || (a.uid < b.uid ? 1 : -1));
    found = found.slice(0, limit + 1);
    read += paths.length;
    const rest = byTime[read]?.toTime ?? Number.NEGATIVE_INFINITY;
    certain = found.filter(({ at }) => at > rest).length;
    const rows = found.slice(told, Math.min(limit, certain));
    told += rows.length;
    const texts = await statementsOf(archive, rows, statements);
    yield {
      files: byTime.length,
      filesRead: read,
      items: rows.map((row) => foundOf(row, texts)),
      ...(certain > limit && { next: cursorText(found[limit - 1]!) }),
    };
  }
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

function cursorText({ at, uid }: Row): string {
  return Buffer.from(`${at}.${uid}`).toString('base64url');
}

function parseCursor(text: string): SearchCursor {
  const [, time, uid] = /^(-?\d{1,16})\.(-?\d{1,19})$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (time === undefined || uid === undefined) {
    throw new UserError('the cursor is not one that a search gave');
  }
  return { time: Number(time), uid: BigInt(uid) };
}
