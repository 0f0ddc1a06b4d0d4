import { chmodSync, closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { UserError } from '../../lib/user-error.ts';
import { migrations } from '../migrations/index.ts';
import { lockFile } from './file-lock.ts';

/** All pages in one step: a snapshot. In smaller steps a busy server's writes would make it begin again and again. */
const ALL_PAGES = 0x7fffffff;
const FILE_MODE = 0o600;

/**
 * Copies the database while a server may be at work with it. The copy is checked before it gets its name, and there is
 * never half of one.
 */
export async function backupFile(path: string, target: string): Promise<void> {
  if (!existsSync(path)) {
    throw new UserError(`${path} is not there: nothing to back up.`);
  }
  const part = `${target}.part`;
  create(part);
  const source = new DatabaseSync(path, { readOnly: true });
  try {
    await backup(source, part, { rate: ALL_PAGES });
    check(part);
    moveInto(part, target);
  } finally {
    source.close();
    rmSync(part, { force: true });
  }
}

/** Puts a backup in the place of the database; no server may be at work. What was there stays beside it. */
export function restoreFile(path: string, backedUp: string): string | undefined {
  const applied = check(backedUp);
  const newer = applied.find((name) => !migrations.some((known) => known.name === name));
  if (newer !== undefined) {
    throw new UserError(`${backedUp} was written by a newer Vedette (${newer}); restore it with that one.`);
  }
  const part = `${path}.part`;
  create(part);
  const lock = lockFile(path);
  try {
    copyFileSync(backedUp, part);
    const before = existsSync(path) ? setAside(path) : undefined;
    moveInto(part, path);
    return before;
  } finally {
    lock.release();
    rmSync(part, { force: true });
  }
}

/** The migrations that it has seen. Throws when the file is none of ours, or damaged. */
function check(path: string): string[] {
  if (!existsSync(path)) {
    throw new UserError(`${path} is not there.`);
  }
  try {
    const file = new DatabaseSync(path, { readOnly: true });
    try {
      const verdict = file.prepare('pragma integrity_check').get()?.integrity_check;
      if (verdict !== 'ok') {
        throw new Error(String(verdict));
      }
      return file
        .prepare('select name from migration')
        .all()
        .map(({ name }) => String(name));
    } finally {
      file.close();
    }
  } catch (error) {
    throw new UserError(
      `${path} is no sound store of Vedette: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

/** With its log, which belongs to it and to no other file. */
function setAside(path: string): string {
  const aside = `${path}.before-restore`;
  for (const end of ['', '-wal', '-shm']) {
    rmSync(aside + end, { force: true });
    if (existsSync(path + end)) {
      renameSync(path + end, aside + end);
    }
  }
  return aside;
}

function create(path: string): void {
  try {
    closeSync(openSync(path, 'w', FILE_MODE));
    chmodSync(path, FILE_MODE);
  } catch (error) {
    throw new UserError(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** Both are on disk before anybody is told. */
function moveInto(part: string, target: string): void {
  synced(part);
  renameSync(part, target);
  synced(dirname(target));
}

function synced(path: string): void {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
}
