import { mkdir } from 'node:fs/promises';
import type { PositionPatch } from './commit-log.ts';
import { JournalError, journalErrorOf } from './journal-error.ts';
import { type JournalFiles, openJournalFiles } from './journal-files.ts';
import type { JournalInputOptions } from './journal-input.ts';

/** Bytes that wait for the disk; a source that gives more must wait itself. */
const MAX_PENDING_BYTES = 64 << 20;
/** Bytes that are made certain together. */
const MAX_BATCH_BYTES = 8 << 20;
const DEFAULT_CAP_BYTES = 1 << 30;
const MAX_SEGMENT_BYTES = 64 << 20;
/** Segments are deleted whole: a few of them make up the cap, so that there is room before all was read. */
const SEGMENTS_IN_CAP = 8;

export interface JournalOptions {
  /** Of this journal alone. */
  directory: string;
  /** Bytes on disk, beyond which nothing is taken until the engine has released some. */
  capBytes?: number;
}

/** What was wrong when the journal was opened, as sentences; what can be lost or come twice by it is said. */
export type JournalProblems = readonly string[];

/**
 * A growing log of our own, for what comes from elsewhere. Many appends share one write to the disk. After a crash it
 * holds exactly what was acknowledged, and the outside positions that belong to it.
 */
export interface Journal {
  /** What a reader needs to open it. */
  readonly options: JournalInputOptions;
  readonly problems: JournalProblems;
  /** What was told with the bytes that are acknowledged. */
  readonly positions: ReadonlyMap<string, string>;
  /** Bytes on disk, and how many there may be. */
  readonly usedBytes: number;
  readonly capBytes: number;
  /** The positions told with the last append, of which nobody knows whether it was decided: see `settle`. */
  readonly undecided: PositionPatch | undefined;
  /**
   * Adds whole records. Resolves when they and the positions are on disk and readable; rejects with a `JournalError`
   * when they never will be. The bytes must not change before.
   *
   * @param decide asked when all is on disk, before anybody reads it: false takes it back. When it rejects, the outcome
   * is unknown, and nothing more is taken before `settle`.
   */
  append(bytes: Uint8Array, positions?: PositionPatch, decide?: () => Promise<boolean>): Promise<void>;
  /** Ends an append whose decision became known later, also one of before a crash. */
  settle(isDecided: boolean): Promise<void>;
  /** Resolves when `bytes` would be taken now. */
  whenRoom(bytes: number): Promise<void>;
  /** Waits for what was appended. */
  close(): Promise<void>;
}

interface Pending {
  bytes: Uint8Array;
  patch: PositionPatch;
  decide: (() => Promise<boolean>) | undefined;
  resolve: () => void;
  reject: (error: JournalError) => void;
}

export async function openJournal({ directory, capBytes = DEFAULT_CAP_BYTES }: JournalOptions): Promise<Journal> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const segmentBytes = Math.min(MAX_SEGMENT_BYTES, Math.ceil(capBytes / SEGMENTS_IN_CAP));
  const files = await openJournalFiles(directory, segmentBytes);
  const queue: Pending[] = [];
  let pendingBytes = 0;
  let writing: Promise<void> | undefined;
  let isClosed = false;
  let waiting: { bytes: number; resolve: () => void }[] = [];

  const hasRoom = (bytes: number) =>
    isClosed || (pendingBytes + bytes <= MAX_PENDING_BYTES && files.usedBytes + pendingBytes + bytes <= capBytes);

  function admitWaiting(): void {
    const admitted = waiting.filter(({ bytes }) => hasRoom(bytes));
    waiting = waiting.filter((waiter) => !admitted.includes(waiter));
    for (const { resolve } of admitted) {
      resolve();
    }
  }

  const stopWatching = files.marks.onReleased(() => {
    void files.deleteReleased().then(admitWaiting);
  });

  /** What is written next: as much as fits, but a decision is about one append alone. */
  function takeBatch(): Pending[] {
    let bytes = 0;
    const end = queue.findIndex((item, index) => {
      bytes += item.bytes.length;
      return index > 0 && (bytes > MAX_BATCH_BYTES || item.decide !== undefined || queue[0]?.decide !== undefined);
    });
    return queue.splice(0, end < 0 ? queue.length : end);
  }

  async function writeQueue(): Promise<void> {
    while (queue.length > 0) {
      const batch = takeBatch();
      const failure = await writeBatch(files, batch, directory);
      for (const { bytes, resolve, reject } of batch) {
        pendingBytes -= bytes.length;
        if (failure === undefined) {
          resolve();
        } else {
          reject(failure);
        }
      }
      admitWaiting();
    }
    writing = undefined;
  }

  return {
    options: { directory, journal: files.journal, memory: files.marks.memory },
    problems: files.problems,
    positions: files.positions,
    capBytes,
    get usedBytes() {
      return files.usedBytes;
    },
    get undecided() {
      return files.undecided;
    },
    append(bytes, patch = {}, decide) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      if (isClosed) {
        reject(new JournalError('closed', `${directory}: is closed`));
      } else if (!hasRoom(bytes.length)) {
        reject(new JournalError('full', `${directory}: holds its ${capBytes} bytes that are still to be judged`));
      } else {
        queue.push({ bytes, patch, decide, resolve, reject });
        pendingBytes += bytes.length;
        writing ??= Promise.resolve().then(writeQueue); // what is appended in the same turn shares the first write
      }
      return promise;
    },
    settle: (isDecided) => files.settle(isDecided),
    whenRoom(bytes) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push({ bytes, resolve });
      admitWaiting();
      return promise;
    },
    async close() {
      isClosed = true;
      stopWatching();
      admitWaiting();
      await writing;
      await files.close();
    },
  };
}

/** Undefined when all of it is on disk and readable. */
async function writeBatch(
  files: JournalFiles,
  batch: readonly Pending[],
  directory: string,
): Promise<JournalError | undefined> {
  const bytes = batch.length === 1 ? batch[0]!.bytes : Buffer.concat(batch.map((item) => item.bytes));
  const patch = batch.length === 1 ? batch[0]!.patch : Object.assign({}, ...batch.map((item) => item.patch));
  try {
    await files.write(bytes, patch, batch[0]!.decide);
    return undefined;
  } catch (error) {
    return journalErrorOf(error, directory);
  }
}
