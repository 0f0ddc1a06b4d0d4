import { DatabaseSync } from 'node:sqlite';
import { UserError } from '../../lib/user-error.ts';

/**
 * Keeps a second process from the same database file: an exclusive lock on a file beside it, which the system gives
 * back when its holder dies, however it dies. Readers such as a backup need no lock.
 */
export function lockFile(path: string): { release(): void } {
  const lock = new DatabaseSync(`${path}-lock`);
  try {
    lock.exec('pragma journal_mode = delete; begin exclusive');
  } catch {
    lock.close();
    throw new UserError(`${path} is in use by another Vedette; stop that one first, or give this one another store.`);
  }
  return { release: () => lock.close() };
}
