import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { faultPoint } from '../lib/fault-point.ts';
import { syncDirectory } from '../lib/sync-directory.ts';
import type { ArchiveFile, ArchiveStore } from '../store/archive-store.ts';
import type { DraftFile } from './convert-blocks.ts';

const DAY_LETTERS = 'YYYY-MM-DD'.length;

/** Moves drafts to where their day is kept; they lie there for good, and still do not count. */
export async function moveIn(directory: string, drafts: readonly DraftFile[]): Promise<ArchiveFile[]> {
  const folders = new Set<string>();
  const files: ArchiveFile[] = [];
  for (const [i, { path, ...draft }] of drafts.entries()) {
    const folder = folderOf(draft);
    if (!folders.has(folder)) {
      await mkdir(join(directory, folder), { recursive: true, mode: 0o700 });
      folders.add(folder);
    }
    const hour =
      draft.kind === 'statements' ? '' : `h${String(new Date(draft.period).getUTCHours()).padStart(2, '0')}-`;
    const name = `${folder}/${hour}${Date.now().toString(36)}-${process.pid.toString(36)}-${nextNumber()}-${i}.parquet`;
    await rename(path, join(directory, name));
    faultPoint('archive-moved');
    files.push({ ...draft, name });
  }
  for (const folder of folders) {
    await syncDirectory(join(directory, folder));
    await syncDirectory(join(directory, dirname(folder)));
  }
  return files;
}

/** In the manner of Hive, so that Spark, Trino and DuckDB see the day as a column. */
function folderOf({ kind, period }: Pick<ArchiveFile, 'kind' | 'period'>): string {
  const day = new Date(period).toISOString().slice(0, DAY_LETTERS);
  return kind === 'statements' ? 'statements' : `activities/day=${day}`;
}

let latestNumber = 0;

function nextNumber(): string {
  latestNumber++;
  return latestNumber.toString(36);
}

/** Removes the files that no row names: they were written by a process that was killed before it could say so. */
export async function removeOrphans(directory: string, archive: string, store: ArchiveStore): Promise<number> {
  const named = new Set<string>();
  for (const kind of ['activities', 'statements'] as const) {
    for (const { name } of await store.files(archive, { kind })) {
      named.add(name);
    }
  }
  let removed = 0;
  for (const kind of ['activities', 'statements']) {
    await mkdir(join(directory, kind), { recursive: true, mode: 0o700 });
    for (const entry of await readdir(join(directory, kind), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && !named.has(path.slice(directory.length + 1))) {
        await rm(path);
        removed++;
      }
    }
  }
  return removed;
}

/** Removes files, and the folders that are empty behind them. */
export async function removeFiles(directory: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await rm(join(directory, name), { force: true });
    for (let folder = dirname(name); folder.includes('='); folder = dirname(folder)) {
      const left = await readdir(join(directory, folder)).catch(() => ['?']);
      if (left.length > 0) {
        break;
      }
      await rm(join(directory, folder), { recursive: true, force: true });
    }
  }
}
