import { resolve } from 'node:path';
import { UserError } from '../lib/user-error.ts';
import { openPostgresql } from './postgresql/open-postgresql.ts';
import type { Database } from './sql/database.ts';
import { migrate } from './sql/migrate.ts';
import { sqlStore } from './sql/sql-store.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';
import type { Store } from './store.ts';

export interface StoreOptions {
  /** What a relative path of `sqlite:` is relative to; default: the working directory. */
  directory?: string;
  /** Wall clock, milliseconds since the epoch. */
  now?: () => number;
}

/**
 * Opens `sqlite:PATH` or `postgres://…` and brings its tables up to date. Rejects with a `UserError` for what a person
 * must mend (a second process, a newer store, a bad path), with a `StoreError` where the database does not answer.
 */
export async function openStore(url: string, options: StoreOptions = {}): Promise<Store> {
  const db = await openDatabase(url, options);
  try {
    await migrate(db);
  } catch (error) {
    await db.close();
    throw error;
  }
  return sqlStore(db);
}

async function openDatabase(url: string, { directory = '.', now = Date.now }: StoreOptions): Promise<Database> {
  const path = sqlitePath(url, directory);
  if (path !== undefined) {
    return openSqlite(path, now);
  }
  if (/^postgres(?:ql)?:\/\//i.test(url)) {
    return openPostgresql(url, now);
  }
  throw new UserError('store.url must begin with "sqlite:" or "postgres://".');
}

/** The file of a `sqlite:` address; undefined for others. */
export function sqlitePath(url: string, directory = '.'): string | undefined {
  return /^sqlite:./i.test(url) ? resolve(directory, url.slice('sqlite:'.length)) : undefined;
}
