import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../../lib/user-error.ts';
import { queryBuilder } from '../sql/builder.ts';
import type { Database } from '../sql/database.ts';
import { NOTHING } from '../sql/statement.ts';
import { lockFile } from './file-lock.ts';
import { startThread, type ThreadClient } from './thread-client.ts';

/** So that a slow search does not hold up a sign-in. */
const READERS = 2;
/** Pages (of 4 KiB) that are given back in one step: about the work of one commit. */
const RECLAIMED_PAGES = 1000;
/** A larger file is not written anew: a copy stands in memory meanwhile. */
const MOST_REWRITTEN = 128 * 1024 * 1024;
/** Nobody but us reads what is kept. */
const FILE_MODE = 0o600;
const DIRECTORY_MODE = 0o700;

/** The database file, made where there is none. Nothing is read or written on this thread. */
export async function openSqlite(path: string, now: () => number): Promise<Database> {
  prepareFile(path);
  const lock = lockFile(path);
  const writer = startThread({ path, role: 'writer' });
  const readers = Array.from({ length: READERS }, () => startThread({ path, role: 'reader' }));
  const pragma = async (text: string): Promise<number> => {
    const [outcome] = await writer.run([{ sql: text, parameters: [] }], 'bare');
    return Number(Object.values(outcome?.rows[0] ?? { none: 0 })[0]);
  };
  return {
    dialect: 'sqlite',
    sql: queryBuilder('sqlite', async (query) => (await leastBusy(readers).run([query]))[0] ?? NOTHING),
    write: (unit) => writer.run(unit),
    now,
    bytes: async () => {
      const used = (await pragma('pragma page_count')) - (await pragma('pragma freelist_count'));
      return used * (await pragma('pragma page_size'));
    },
    reclaim: async () => {
      while ((await pragma('pragma freelist_count')) > 0) {
        const before = await pragma('pragma page_count');
        await pragma(`pragma incremental_vacuum(${RECLAIMED_PAGES})`);
        if ((await pragma('pragma page_count')) >= before) {
          return; // a reader still needs the pages; next time
        }
      }
    },
    overwrite: async () => {
      // what was moved within a page may be left in its free space, of words mostly: they stand in an index
      const size = (await pragma('pragma page_count')) * (await pragma('pragma page_size'));
      await pragma(size <= MOST_REWRITTEN ? 'vacuum' : 'reindex alert_word');
      await pragma('pragma wal_checkpoint(truncate)');
    },
    close: async () => {
      await Promise.all(readers.map((thread) => thread.close()));
      await writer.close();
      lock.release();
    },
  };
}

function leastBusy(readers: readonly ThreadClient[]): ThreadClient {
  return readers.reduce((least, other) => (other.waiting() < least.waiting() ? other : least));
}

function prepareFile(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: DIRECTORY_MODE });
    for (const file of [path, `${path}-lock`]) {
      closeSync(openSync(file, 'a', FILE_MODE));
      chmodSync(file, FILE_MODE);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`The store ${path} cannot be opened: ${reason}.`);
  }
}
