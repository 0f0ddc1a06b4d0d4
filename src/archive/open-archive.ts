import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { faultPoint } from '../lib/fault-point.ts';
import { keptFile } from '../lib/kept-file.ts';
import type { ArchiveChange, ArchiveFile, ArchiveFileFilter, ArchiveStore } from '../store/archive-store.ts';
import { moveIn, removeFiles, removeOrphans } from './archive-files.ts';
import { rowsOf } from './block.ts';
import type { DraftFile } from './convert-blocks.ts';
import { openQueryProcess, type QueryProcess } from './query-process.ts';
import { openSpool, type SpoolPiece } from './spool.ts';

/** Bytes of the spool that become files at once, about. */
const CONVERTED_AT_ONCE = 32_000_000;
/** A file that a query may still read is removed so much later. */
const REMOVE_MS = 120_000;
const TEMPORARY = 'tmp';

/** Drafts that were written, and what changes besides when they become files. */
export interface Replacement {
  drafts: readonly DraftFile[];
  change?: Omit<ArchiveChange, 'add'>;
}

/** Activities that are in no archive. */
export interface Lost {
  activities: number;
  /** Of the last loss, epoch milliseconds, and why; absent where nothing was lost. */
  time?: number;
  reason?: string;
}

/** The activities on disk: a spool, files, and which of them count. */
export interface Archive {
  readonly id: string;
  readonly directory: string;
  readonly query: QueryProcess;
  readonly store: ArchiveStore;
  /** Committed bytes that lie in no file yet. */
  readonly pendingBytes: number;
  /** What could not be kept since the start; detection went on. */
  readonly lost: Lost;
  /** Whether the spool may still grow. */
  hasRoom(): boolean;
  /** These blocks are not kept. */
  noteLost(blocks: readonly Uint8Array[], reason: string): void;
  /** Puts blocks behind what is committed of a shard, and gives the new end once it is on disk. */
  append(shard: number, blocks: readonly Uint8Array[]): Promise<number>;
  /** What lies before this place of a shard is committed. */
  noteCommitted(shard: number, end: number): void;
  /** Resolves when what was committed before lies in files. */
  flush(): Promise<void>;
  /** What lies in files is gone from the spool. */
  dropSpool(): Promise<void>;
  /** Files that count, newest period first, with their paths. */
  files(filter: ArchiveFileFilter): Promise<(ArchiveFile & { path: string })[]>;
  /** Changes which files there are, one change at a time. `write` makes drafts in a folder of its own. */
  replace(write: (folder: string) => Promise<Replacement | undefined>): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the archive in a folder: cuts off what was not committed, removes files that do not count.
 *
 * @param maxSpoolBytes what waits to become files may take so much; beyond, activities are not kept
 */
export async function openArchive(
  directory: string,
  store: ArchiveStore,
  maxSpoolBytes = Number.POSITIVE_INFINITY,
): Promise<Archive> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const id = String(await keptFile(join(directory, 'id'), async () => randomUUID()));
  const progress = new Map((await store.spools(id)).map((row) => [row.shard, row]));
  const spool = await openSpool(join(directory, 'spool'), [...progress.values()]);
  // The process of a server that was killed may still be about to notice it.
  await rm(join(directory, TEMPORARY), { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  await mkdir(join(directory, TEMPORARY, 'duckdb'), { recursive: true, mode: 0o700 });
  await removeOrphans(directory, id, store);
  const query = openQueryProcess(directory);
  const removals = new Set<NodeJS.Timeout>();
  const lost: Lost = { activities: 0 };
  let tail: Promise<unknown> = Promise.resolve();

  const pendingOf = ({ committed, converted }: { committed: number; converted: number }) => committed - converted;
  const pendingBytes = () => [...progress.values()].reduce((sum, row) => sum + pendingOf(row), 0);
  const committedOf = (shard: number) => progress.get(shard)?.committed ?? 0;

  async function files(filter: ArchiveFileFilter) {
    return (await store.files(id, filter)).map((file) => ({ ...file, path: join(directory, file.name) }));
  }

  async function replaceNow(write: (folder: string) => Promise<Replacement | undefined>): Promise<void> {
    const folder = await mkdtemp(join(directory, TEMPORARY, 'draft-'));
    try {
      const replacement = await write(folder);
      if (replacement === undefined) {
        return;
      }
      const { drafts, change = {} } = replacement;
      const add = await moveIn(directory, drafts);
      faultPoint('archive-renamed');
      await store.change(id, { ...change, add });
      faultPoint('archive-listed');
      removeLater(change.remove ?? []);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  function replace(write: (folder: string) => Promise<Replacement | undefined>): Promise<void> {
    const done = tail.then(() => replaceNow(write));
    tail = done.catch(() => undefined);
    return done;
  }

  function removeLater(names: readonly string[]): void {
    const timer = setTimeout(() => {
      removals.delete(timer);
      void removeFiles(directory, names).catch(() => undefined); // found again as orphans at the next start
    }, REMOVE_MS).unref();
    removals.add(timer);
  }

  function somePieces(): SpoolPiece[] {
    const pieces: SpoolPiece[] = [];
    let bytes = 0;
    for (const { shard, committed, converted } of progress.values()) {
      for (const piece of spool.pieces(shard, converted, committed)) {
        if (bytes < CONVERTED_AT_ONCE) {
          pieces.push(piece);
          bytes += piece.length;
        }
      }
    }
    return pieces;
  }

  /** Makes files of a part of what is pending. */
  async function convertSome(): Promise<void> {
    const moved = new Map<number, number>();
    await replace(async (folder) => {
      const pieces = somePieces();
      if (pieces.length === 0) {
        return undefined;
      }
      const knownStatements = (await files({ kind: 'statements' })).map(({ path }) => path);
      const drafts = await query.convert({ pieces, directory: folder, knownStatements });
      faultPoint('archive-written');
      for (const { shard, base, length } of pieces) {
        moved.set(shard, base + length);
      }
      const converted = [...moved].map(([shard, to]) => ({ shard, from: progress.get(shard)!.converted, to }));
      return { drafts, change: { converted } };
    });
    for (const [shard, converted] of moved) {
      progress.get(shard)!.converted = converted;
      await spool.release(shard, converted);
      faultPoint('archive-released');
    }
  }

  return {
    id,
    directory,
    query,
    store,
    get pendingBytes() {
      return pendingBytes();
    },
    lost,
    hasRoom: () => pendingBytes() < maxSpoolBytes,
    noteLost(blocks, reason) {
      const activities = blocks.reduce((sum, block) => sum + rowsOf(block), 0);
      Object.assign(lost, { activities: lost.activities + activities, time: Date.now(), reason });
    },
    append: (shard, blocks) => spool.append(shard, committedOf(shard), blocks),
    noteCommitted(shard, end) {
      progress.set(shard, { shard, converted: progress.get(shard)?.converted ?? 0, committed: end });
    },
    async flush() {
      const targets = [...progress.values()].map(({ shard, committed }) => ({ shard, committed }));
      while (targets.some(({ shard, committed }) => progress.get(shard)!.converted < committed)) {
        await convertSome();
      }
    },
    async dropSpool() {
      for (const { shard, committed, converted } of progress.values()) {
        if (committed === converted) {
          await spool.drop(shard, committed);
        }
      }
    },
    files,
    replace,
    async close() {
      await tail;
      for (const timer of removals) {
        clearTimeout(timer);
      }
      query.close();
    },
  };
}
