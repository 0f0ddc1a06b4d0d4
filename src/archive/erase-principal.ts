import { join } from 'node:path';
import { anyOf, scopeSql, timeSql } from './activity-filter.ts';
import { ACTIVITY_COLUMNS, STATEMENT_COLUMNS } from './activity-table.ts';
import type { Archive } from './open-archive.ts';
import { columnList, fileList, quoted } from './sql-text.ts';

/** Whose history goes, and what is left of it. */
export interface Erasure {
  /** Name of the principal. */
  principal: string;
  /** See `ActivityFilter`. */
  scopes?: readonly string[] | undefined;
  /** What happened later stays. Epoch milliseconds. */
  until: number;
  /** Who did it from now on, without address; absent: the activities are removed. */
  pseudonym?: string | undefined;
}

export interface Erased {
  /** Activities that were removed or changed. */
  activities: number;
  /** Files that were written anew. */
  files: number;
}

/** While files are written anew, others may be merged: what is left is looked for again, so often. */
const PASSES = 10;
const ADDRESS_COLUMNS: readonly string[] = ['src_ip', 'src_ip_key', 'src_city'];
/** Statements that name roles. */
const ABOUT_ROLES = "len(list_filter(kinds, lambda kind: regexp_matches(kind, '(role|user|group|grant|revoke)'))) > 0";

/**
 * Removes what a principal did, or leaves it under another name. A file is written anew and takes the place of the old one,
 * as when files are merged: whatever is killed, each other activity is there once, and the same call goes on.
 */
export async function erasePrincipal(archive: Archive, erasure: Erasure): Promise<Erased> {
  await archive.flush();
  await archive.dropSpool();
  const erased: Erased = { activities: 0, files: 0 };
  for (let pass = 0; pass < PASSES; pass++) {
    const found = await filesWith(archive, erasure);
    if (found.length === 0) {
      break;
    }
    for (const { name, count } of found) {
      if (await rewritten(archive, name, erasure)) {
        erased.activities += count;
        erased.files++;
      }
    }
  }
  await eraseFromStatements(archive, erasure.principal);
  return erased;
}

function theirs({ principal, scopes, until }: Erasure): string {
  const within = scopes === undefined ? 'true' : anyOf(scopes.map((scope) => scopeSql(scope, quoted)));
  return `(user_name = ${quoted(principal)} AND time < ${timeSql(String(until))} AND ${within})`;
}

async function filesWith(archive: Archive, erasure: Erasure): Promise<{ name: string; count: number }[]> {
  const files = await archive.files({ kind: 'activities', to: erasure.until });
  if (files.length === 0) {
    return [];
  }
  const rows = await archive.query.rows(
    `SELECT filename, count(*)::DOUBLE AS count
    FROM read_parquet(${fileList(files.map(({ path }) => path))}, union_by_name = true, hive_partitioning = false, filename = true)
    WHERE ${theirs(erasure)} GROUP BY filename`,
  );
  const names = new Map(files.map(({ path, name }) => [path, name]));
  return rows.map(({ filename, count }) => ({ name: names.get(String(filename))!, count: Number(count) }));
}

/** False where the file is no longer there. */
async function rewritten(archive: Archive, name: string, erasure: Erasure): Promise<boolean> {
  let isDone = false;
  await archive.replace(async (folder) => {
    const file = (await archive.files({ kind: 'activities' })).find((it) => it.name === name);
    if (file === undefined) {
      return undefined;
    }
    isDone = true;
    const path = join(folder, 'erased.parquet');
    const { rows, bytes } = await archive.query.write(keptSql(file.path, erasure), path);
    const { kind, period, fromTime, toTime } = file;
    const drafts = rows === 0 ? [] : [{ path, kind, period, fromTime, toTime, rows, bytes }];
    return { drafts, change: { remove: [name] } };
  });
  return isDone;
}

function keptSql(path: string, erasure: Erasure): string {
  const { pseudonym } = erasure;
  const isTheirs = theirs(erasure);
  const rows = `read_parquet(${fileList([path])}, union_by_name = true, hive_partitioning = false)`;
  if (pseudonym === undefined) {
    return `SELECT ${columnList(ACTIVITY_COLUMNS)} FROM ${rows} WHERE NOT coalesce(${isTheirs}, false) ORDER BY resource_uid, time, uid`;
  }
  const columns = ACTIVITY_COLUMNS.map(({ name }) => {
    const instead = name === 'user_name' ? quoted(pseudonym) : ADDRESS_COLUMNS.includes(name) ? 'NULL' : undefined;
    return instead === undefined ? name : `CASE WHEN ${isTheirs} THEN ${instead} ELSE ${name} END AS ${name}`;
  });
  return `SELECT ${columns.join(', ')} FROM (SELECT * FROM ${rows}) ORDER BY resource_uid, time, uid`;
}

/** In statements about roles the name becomes `?`; what others did with such a statement stays. */
async function eraseFromStatements(archive: Archive, principal: string): Promise<void> {
  const isNamed = `(contains(lower(text), lower(${quoted(principal)})) AND ${ABOUT_ROLES})`;
  for (const { name } of await archive.files({ kind: 'statements' })) {
    await archive.replace(async (folder) => {
      const file = (await archive.files({ kind: 'statements' })).find((it) => it.name === name);
      const from = file && `read_parquet(${fileList([file.path])})`;
      const [found] =
        from === undefined
          ? []
          : await archive.query.rows(`SELECT count(*)::DOUBLE AS count FROM ${from} WHERE ${isNamed}`);
      if (file === undefined || Number(found?.count) === 0) {
        return undefined;
      }
      const path = join(folder, 'erased.parquet');
      const pattern = quoted(principal.replace(/[^\p{L}\p{N}_]/gu, '\\$&'));
      const text = `CASE WHEN ${isNamed} THEN regexp_replace(text, ${pattern}, '?', 'gi') ELSE text END AS text`;
      const columns = STATEMENT_COLUMNS.map((column) => (column.name === 'text' ? text : column.name)).join(', ');
      const written = await archive.query.write(`SELECT ${columns} FROM ${from} ORDER BY fingerprint`, path);
      const { kind, period, fromTime, toTime } = file;
      return { drafts: [{ path, kind, period, fromTime, toTime, ...written }], change: { remove: [name] } };
    });
  }
}
