import { constants } from 'node:fs';
import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { syncDirectory } from '../lib/sync-directory.ts';

/** Where the outside is to go on, by a key of the source's own (`topic/0`, a blob, an idempotency key); null forgets. */
export type PositionPatch = Readonly<Record<string, string | null>>;

/** One line: what became certain with one write. */
const Entry = z.object({
  /** Names the journal: positions of another one that stood at this path mean nothing. */
  journal: z.string(),
  segment: z.number().int().positive(),
  /** Bytes of the segment that count. */
  length: z.number().int().nonnegative(),
  patch: z.record(z.string(), z.string().nullable()),
  /** Somebody else had yet to decide about it when this was written: what undoes it. */
  undo: z
    .object({ length: z.number().int().nonnegative(), patch: z.record(z.string(), z.string().nullable()) })
    .optional(),
});
export interface CommitEntry {
  journal: string;
  segment: number;
  length: number;
  patch: PositionPatch;
  undo?: { length: number; patch: PositionPatch } | undefined;
}

/** What a log says when it is opened. */
export interface LoggedState {
  /** The last entry; undefined when nothing was readable. */
  last: CommitEntry | undefined;
  positions: Map<string, string>;
  /** Lines that could not be read, without a last one that the crash tore off. */
  damaged: number;
  /** `last` is what was written last: nothing that was acknowledged came behind it. */
  isLastKnown: boolean;
}

/** The fsynced lines beside a journal that say how much of it counts. */
export interface CommitLog {
  /** Resolves when the entry is on disk. */
  add(entry: CommitEntry): Promise<void>;
  /** Writes a new file with this entry alone, atomically: what a failed write may have left is gone. */
  replace(entry: CommitEntry): Promise<void>;
  /** It has grown so much that it should be replaced. */
  readonly isLong: boolean;
  close(): Promise<void>;
}

const NAME = 'commits';
const MODE = 0o600;
/** Hexadecimal digits of the checksum before each line. */
const SUM_DIGITS = 8;
/** A log is replaced when it is this long and this many times as long as when it was last replaced. */
const MIN_LONG_BYTES = 1 << 20;
const LONG_FACTOR = 4;

export async function readCommitLog(directory: string): Promise<LoggedState> {
  const positions = new Map<string, string>();
  let last: CommitEntry | undefined;
  let damaged = 0;
  let isLastKnown = false;
  const lines = (await readFile(join(directory, NAME), 'utf8').catch(withoutFile)).split('\n');
  for (const line of lines.slice(0, -1)) {
    const entry = entryOf(line);
    isLastKnown = entry !== undefined;
    if (entry === undefined) {
      damaged++;
    } else {
      applyPatch(positions, entry.patch);
      last = entry;
    }
  }
  return { last, positions, damaged, isLastKnown };
}

export function applyPatch(positions: Map<string, string>, patch: PositionPatch): void {
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      positions.delete(key);
    } else {
      positions.set(key, value);
    }
  }
}

/** Starts a log with one entry, in place of any that is there. */
export async function createCommitLog(directory: string, first: CommitEntry): Promise<CommitLog> {
  let bytes = 0;
  let startBytes = 0;
  let handle: FileHandle | undefined;

  async function replace(entry: CommitEntry): Promise<void> {
    await handle?.close();
    handle = undefined;
    const path = join(directory, NAME);
    const line = lineOf(entry);
    const { O_CREAT, O_TRUNC, O_WRONLY, O_APPEND } = constants;
    const fresh = await open(`${path}.new`, O_CREAT | O_TRUNC | O_WRONLY | O_APPEND, MODE);
    try {
      await fresh.appendFile(line);
      await fresh.sync();
      await rename(`${path}.new`, path);
      await syncDirectory(directory);
    } catch (error) {
      await fresh.close();
      throw error;
    }
    handle = fresh;
    bytes = startBytes = line.length;
  }

  await replace(first);
  return {
    async add(entry) {
      const line = lineOf(entry);
      await handle!.appendFile(line);
      await handle!.datasync();
      bytes += line.length;
    },
    replace,
    get isLong() {
      return bytes > MIN_LONG_BYTES && bytes > LONG_FACTOR * startBytes;
    },
    close: async () => handle?.close(),
  };
}

function lineOf(entry: CommitEntry): Buffer {
  const text = Buffer.from(`${JSON.stringify(entry)}\n`);
  return Buffer.concat([Buffer.from(`${sumOf(text.subarray(0, -1))} `), text]);
}

function entryOf(line: string): CommitEntry | undefined {
  const text = line.slice(SUM_DIGITS + 1);
  if (line.slice(0, SUM_DIGITS) !== sumOf(Buffer.from(text))) {
    return undefined;
  }
  const parsed = Entry.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}

function sumOf(text: Uint8Array): string {
  return crc32(text).toString(16).padStart(SUM_DIGITS, '0');
}

function withoutFile(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') {
    return '';
  }
  throw error;
}
