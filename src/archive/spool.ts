import { mkdir, open, readdir, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { faultPoint } from '../lib/fault-point.ts';
import { syncDirectory } from '../lib/sync-directory.ts';
import type { SpoolProgress } from '../store/archive-store.ts';

/** A part of the spool is removed as a whole once all of it lies in files. */
const SEGMENT_BYTES = 16_000_000;
const SUFFIX = '.spool';

/** Committed bytes of a shard that lie in one file. They begin and end with whole blocks. */
export interface SpoolPiece {
  shard: number;
  path: string;
  /** Where they begin in the file. */
  start: number;
  length: number;
  /** Where they begin in the shard's spool. */
  base: number;
}

/** Activities on disk, in the order in which they were judged, until they lie in files that can be searched. */
export interface Spool {
  /**
   * Puts blocks of a shard at a place of its spool, the end of what is committed, and gives where they end once they are on
   * disk. Whatever stood there was never committed. One call for a shard at a time.
   */
  append(shard: number, at: number, blocks: readonly Uint8Array[]): Promise<number>;
  /** What lies between two places. */
  pieces(shard: number, from: number, to: number): SpoolPiece[];
  /** What lies before this place is needed no longer. */
  release(shard: number, before: number): Promise<void>;
  /** The same, and its bytes are to be gone: the next ones go to a new file. Gone at once, unless something is being put. */
  drop(shard: number, before: number): Promise<void>;
}

/** Opens the spool below a folder, and cuts off what was not committed. */
export async function openSpool(directory: string, progress: readonly SpoolProgress[]): Promise<Spool> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  /** Where the segments of each shard begin, in order. */
  const segments = new Map<number, number[]>();
  const committed = new Map(progress.map((row) => [row.shard, row]));
  for (const name of await readdir(directory)) {
    const shard = Number(name);
    segments.set(shard, await cutShard(join(directory, name), committed.get(shard)));
  }

  /** How many calls are putting something, and where the last one ended. */
  const putting = new Map<number, number>();
  const ends = new Map<number, number>();
  /** Their last segment takes no more. */
  const isSealed = new Set<number>();

  const pathOf = (shard: number, start: number) => join(directory, String(shard), `${start}${SUFFIX}`);

  /** The segment that bytes at a place go to; a new one where the last is full. */
  async function segmentAt(shard: number, at: number): Promise<number> {
    const starts = segments.get(shard) ?? [];
    const last = starts.at(-1);
    const isFull = last !== undefined && (at - last >= SEGMENT_BYTES || (isSealed.has(shard) && at > last));
    if (last !== undefined && !isFull) {
      return last;
    }
    await mkdir(join(directory, String(shard)), { recursive: true, mode: 0o700 });
    isSealed.delete(shard);
    segments.set(shard, [...starts, at]);
    return at;
  }

  async function append(shard: number, at: number, blocks: readonly Uint8Array[]): Promise<number> {
    const start = await segmentAt(shard, at);
    const isNew = start === at;
    const file = await open(pathOf(shard, start), isNew ? 'w' : 'r+', 0o600);
    let end = at;
    try {
      for (const block of blocks) {
        await file.write(block, 0, block.length, end - start);
        end += block.length;
        faultPoint('spool-part');
      }
      await file.datasync();
    } finally {
      await file.close();
    }
    if (isNew) {
      await syncDirectory(join(directory, String(shard)));
      await syncDirectory(directory);
    }
    return end;
  }

  async function whilePutting(shard: number, put: () => Promise<number>): Promise<number> {
    putting.set(shard, (putting.get(shard) ?? 0) + 1);
    try {
      const end = await put();
      ends.set(shard, end);
      return end;
    } finally {
      putting.set(shard, putting.get(shard)! - 1);
    }
  }

  return {
    append: (shard, at, blocks) => whilePutting(shard, () => append(shard, at, blocks)),
    pieces(shard, from, to) {
      const starts = segments.get(shard) ?? [];
      return starts.flatMap((start, i): SpoolPiece[] => {
        const base = Math.max(start, from);
        const end = Math.min(starts[i + 1] ?? to, to);
        return base < end ? [{ shard, path: pathOf(shard, start), start: base - start, length: end - base, base }] : [];
      });
    },
    async release(shard, before) {
      const starts = segments.get(shard) ?? [];
      const kept = starts.filter((_, i) => i === starts.length - 1 || starts[i + 1]! > before);
      segments.set(shard, kept);
      for (const start of starts.slice(0, starts.length - kept.length)) {
        await rm(pathOf(shard, start), { force: true });
      }
    },
    async drop(shard, before) {
      if ((putting.get(shard) ?? 0) > 0 || (ends.get(shard) ?? before) !== before) {
        isSealed.add(shard);
        return;
      }
      const starts = segments.get(shard) ?? [];
      segments.delete(shard);
      for (const start of starts) {
        await rm(pathOf(shard, start), { force: true });
      }
    },
  };
}

/** Removes what was not committed and what lies in files already; gives where the segments that are left begin. */
async function cutShard(folder: string, progress: SpoolProgress | undefined): Promise<number[]> {
  const { committed, converted } = progress ?? { committed: 0, converted: 0 };
  const names = (await readdir(folder)).filter((name) => name.endsWith(SUFFIX));
  const starts = names.map((name) => Number(name.slice(0, -SUFFIX.length))).sort((a, b) => a - b);
  const kept: number[] = [];
  for (const [i, start] of starts.entries()) {
    const path = join(folder, `${start}${SUFFIX}`);
    const next = starts[i + 1] ?? Number.POSITIVE_INFINITY;
    if (start >= committed || next <= converted) {
      await rm(path);
    } else {
      kept.push(start);
      if (committed < next) {
        await truncate(path, committed - start);
      }
    }
  }
  return kept;
}
