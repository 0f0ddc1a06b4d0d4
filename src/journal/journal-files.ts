import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { syncDirectory } from '../lib/sync-directory.ts';
import { applyPatch, createCommitLog, type PositionPatch, readCommitLog } from './commit-log.ts';
import { JournalError } from './journal-error.ts';
import { listSegments, segmentPath } from './segment-files.ts';
import { type SharedMarks, sharedMarks } from './shared-marks.ts';

const MODE = 0o600;

/** The files of one journal, as they are written: one write at a time. */
export interface JournalFiles {
  readonly journal: string;
  readonly problems: readonly string[];
  readonly positions: ReadonlyMap<string, string>;
  readonly marks: SharedMarks;
  readonly usedBytes: number;
  readonly undecided: PositionPatch | undefined;
  /** As `append` of the journal. When it rejects, nothing of it is left, on disk nor in `positions`. */
  write(bytes: Uint8Array, patch: PositionPatch, decide?: () => Promise<boolean>): Promise<void>;
  settle(isDecided: boolean): Promise<void>;
  /** Deletes the segments that are not needed any more. */
  deleteReleased(): Promise<void>;
  close(): Promise<void>;
}

/** Cuts what was never acknowledged. */
export async function openJournalFiles(directory: string, segmentBytes: number): Promise<JournalFiles> {
  const found = await recover(directory);
  const { journal, problems, positions, sizes, marks } = found;
  let { segment, length, prepared } = found;
  let file = await openSegment(directory, segment, prepared?.length ?? length);
  const log = await createCommitLog(directory, snapshot());
  /** A write failed: what it may have left must go first. */
  let isBroken = false;
  /** The last line on disk calls undecided what was decided since. */
  let isLineOld = false;
  marks.publish(segment, length);

  /** All that is acknowledged, as one entry, with what is undecided. */
  function snapshot() {
    const all = Object.fromEntries(positions);
    return prepared === undefined
      ? { journal, segment, length, patch: all }
      : {
          journal,
          segment,
          length: prepared.length,
          patch: { ...all, ...prepared.patch },
          undo: { length, patch: undoing(prepared.patch, positions) },
        };
  }

  async function startSegment(): Promise<void> {
    const next = await openSegment(directory, segment + 1, 0);
    await file.close();
    file = next;
    segment++;
    length = 0;
    sizes.set(segment, 0);
  }

  /** After a failed sync nobody knows what of a file is on disk: the next bytes go to a new one. */
  async function repair(): Promise<void> {
    await file.truncate(length);
    await file.sync();
    await startSegment();
    await log.replace(snapshot());
    isBroken = false;
  }

  async function prepare(bytes: Uint8Array, patch: PositionPatch, isUndecided: boolean): Promise<void> {
    if (length > 0 && length + bytes.length > segmentBytes) {
      await startSegment();
    }
    await writeAll(file, bytes, length);
    await file.datasync();
    const undo = isUndecided ? { undo: { length, patch: undoing(patch, positions) } } : {};
    await log.add({ journal, segment, length: length + bytes.length, patch, ...undo });
    isLineOld = isUndecided;
    prepared = { length: length + bytes.length, patch };
  }

  /** Makes what is on disk count, and readable. */
  function adopt(): void {
    applyPatch(positions, prepared!.patch);
    length = prepared!.length;
    prepared = undefined;
    sizes.set(segment, length);
    marks.publish(segment, length);
  }

  async function takeBack(): Promise<void> {
    prepared = undefined;
    isBroken = true; // until what was prepared is gone from the disk
    await file.truncate(length);
    await file.datasync();
    await log.replace(snapshot());
    isBroken = false;
  }

  async function decideUpon(decide: () => Promise<boolean>): Promise<void> {
    let isDecided: boolean;
    try {
      isDecided = await decide();
    } catch (error) {
      throw new JournalError('undecided', `${directory}: it is unknown what was decided`, error);
    }
    if (!isDecided) {
      await takeBack();
      throw new JournalError('undecided', `${directory}: it was decided against`);
    }
  }

  return {
    journal,
    problems,
    positions,
    marks,
    get usedBytes() {
      return [...sizes.values()].reduce((sum, size) => sum + size, 0);
    },
    get undecided() {
      return prepared?.patch;
    },
    async write(bytes, patch, decide) {
      if (prepared !== undefined) {
        throw new JournalError('undecided', `${directory}: an earlier write waits for its decision`);
      }
      try {
        if (isBroken) {
          await repair();
        }
        await prepare(bytes, patch, decide !== undefined);
      } catch (error) {
        isBroken = true;
        await repair().catch(() => {}); // told by the next write
        throw error;
      }
      if (decide !== undefined) {
        await decideUpon(decide);
      }
      adopt();
      if (log.isLong) {
        await log.replace(snapshot()).catch(() => {
          isBroken = true; // all of it is on disk in the old one; the next write mends it
        });
      }
    },
    async settle(isDecided) {
      if (prepared !== undefined && isDecided) {
        adopt();
      } else if (prepared !== undefined) {
        await takeBack();
      }
    },
    async deleteReleased() {
      const gone = [...sizes.keys()].filter((number) => number < Math.min(marks.needed(), segment));
      for (const number of gone) {
        sizes.delete(number);
        await unlink(segmentPath(directory, number)).catch(() => {}); // gone already
      }
    },
    async close() {
      if (isLineOld && prepared === undefined && !isBroken) {
        await log.replace(snapshot()).catch(() => {}); // then the outside is asked again
      }
      await file.close();
      await log.close();
    },
  };
}

/** What counts of a journal as a crash left it. */
async function recover(directory: string) {
  const { last, positions, damaged, isLastKnown } = await readCommitLog(directory);
  const sizes = listSegments(directory);
  const problems: string[] = [];
  const newest = Math.max(1, ...sizes.keys());
  if (damaged > 0 || (!isLastKnown && sizes.size > 0)) {
    const kept = isLastKnown ? '' : 'all bytes were kept, and ';
    problems.push(`${directory}: the file "commits" is damaged or gone; ${kept}what was taken last may come twice`);
  }
  const segment = isLastKnown ? last!.segment : newest;
  const size = sizes.get(segment) ?? 0;
  let end = isLastKnown ? last!.length : size;
  let undo = isLastKnown ? last!.undo : undefined;
  if (undo !== undefined && size < end) {
    end = undo.length; // the crash came while it was being taken back
    applyPatch(positions, undo.patch);
    undo = undefined;
  }
  if (size < end) {
    problems.push(`${directory}: ${end - size} bytes that were acknowledged are missing at the end`);
    end = size;
  }
  const prepared = undo && { length: end, patch: undoing(undo.patch, positions) };
  applyPatch(positions, undo?.patch ?? {});
  const length = undo?.length ?? end;
  await deleteBehind(directory, segment, sizes);
  sizes.set(segment, length);
  const journal = last?.journal ?? randomUUID();
  return { journal, problems, positions, sizes, segment, length, prepared, marks: sharedMarks() };
}

/** Segments that were begun when the crash came. */
async function deleteBehind(directory: string, segment: number, sizes: Map<number, number>): Promise<void> {
  for (const number of [...sizes.keys()].filter((number) => number > segment)) {
    await unlink(segmentPath(directory, number));
    sizes.delete(number);
  }
}

/** What brings back the positions that a patch is about. */
function undoing(patch: PositionPatch, positions: ReadonlyMap<string, string>): PositionPatch {
  return Object.fromEntries(Object.keys(patch).map((key) => [key, positions.get(key) ?? null]));
}

async function openSegment(directory: string, segment: number, length: number): Promise<FileHandle> {
  const path = segmentPath(directory, segment);
  const file = await open(path, 'r+', MODE).catch(() => open(path, 'w+', MODE));
  try {
    await file.truncate(length);
    await file.sync();
    await syncDirectory(directory);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
