import { realpathSync } from 'node:fs';
import { type FileHead, headOf, isPrefix, type Seam } from './file-head.ts';
import type { SeenFile } from './look.ts';
import { idOf, idsOf, type MatchingFile, statsOf } from './matching-files.ts';

/** One log file, by whatever name it goes at present. */
export interface TailedFile {
  /** Device and inode. */
  id: string;
  path: string;
  /** The path without links. */
  target: string;
  head: FileHead;
  /** What was read last. */
  seam: Seam | undefined;
  /** Bytes as they lie on disk, and when they were last written (epoch milliseconds), as it was looked at last. */
  size: number;
  modified: number;
  /** Unpacked bytes that have been read. */
  offset: number;
  /** Place in the order of reading. */
  order: number;
  isPacked: boolean;
  /** A packed file that was read to its end. */
  isFinished: boolean;
  /** No name leads to it any more. */
  isGone: boolean;
  /** The file that it is a copy of, packed or not, and that is read in its place. */
  copyOf: TailedFile | undefined;
  /** Bytes of a copy that were found to be those of the original. */
  compared: number;
  /** The copy that reading goes on in, since this one is there no longer. */
  replacedBy: TailedFile | undefined;
}

/** A file that was not known. @param isOld it was read whole once */
export function newFile({ path, stats }: SeenFile, head: FileHead, order: number, isOld: boolean): TailedFile {
  return {
    id: idOf(stats),
    path,
    target: realPathOf(path),
    head,
    seam: undefined,
    size: stats.size,
    modified: stats.mtimeMs,
    offset: isOld ? stats.size : 0,
    order,
    isPacked: isPackedName(path),
    isFinished: isOld,
    isGone: false,
    copyOf: undefined,
    compared: 0,
    replacedBy: undefined,
  };
}

function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path; // it is gone by now
  }
}

const NO_BYTES = new Uint8Array(0);

/** The file that is read in place of one: mostly itself. */
export function presentOf(file: TailedFile): TailedFile {
  return file.replacedBy === undefined ? file : presentOf(file.replacedBy);
}

/** Whether there is more to read, as far as is known. */
export function hasMore({ isPacked, isFinished, copyOf, isGone, offset, size }: TailedFile): boolean {
  return copyOf === undefined && !isGone && (isPacked ? !isFinished : offset < size);
}

export function isPackedName(path: string): boolean {
  return path.endsWith('.gz') || path.endsWith('.zst');
}

/** Of two files that which is to be read first. */
export function earlier(first: TailedFile | undefined, file: TailedFile): TailedFile {
  return first === undefined || file.order < first.order ? file : first;
}

/** Whether it is not as it was last seen. */
export function isChanged(file: TailedFile, { stats }: MatchingFile): boolean {
  return stats.size !== file.size || stats.mtimeMs !== file.modified || file.isGone;
}

/** Whether it may only have grown, or been packed anew, as far as was seen. */
export function isSame(file: TailedFile, seen: SeenFile): boolean {
  const { stats, begin } = seen;
  if (begin?.unlike.has(file) === true) {
    return false;
  }
  const bytes = begin?.problem === undefined ? begin?.bytes : undefined;
  if (file.isPacked) {
    return bytes === undefined || isPrefix(bytes, file.head);
  }
  const isShorter = stats.size < file.offset || (bytes !== undefined && bytes.length < file.head.length);
  if (isShorter) {
    return sizeNow(seen) >= Math.max(file.offset, file.head.length); // it has grown, and was read, since it was seen
  }
  return bytes === undefined || isPrefix(bytes, file.head);
}

/** Whether what was seen holds what a file holds, or held. */
export function isCopy({ begin }: SeenFile, file: TailedFile): boolean {
  return begin?.isAlike(file.head) === true && !begin.unlike.has(file);
}

/** Of the copies of a file that which holds most of it, as far as is known. */
export function bestCopy(files: readonly TailedFile[], file: TailedFile): TailedFile | undefined {
  const needed = Number.isFinite(file.size) ? file.size : file.offset;
  const worth = ({ isPacked, size }: TailedFile) => (isPacked ? needed - 1 : size);
  return files
    .filter(({ copyOf }) => copyOf === file)
    .reduce<TailedFile | undefined>((best, copy) => (best && worth(best) >= worth(copy) ? best : copy), undefined);
}

/** Whether files came, vanished, or hold something else than before. */
export function areNews(
  seen: readonly SeenFile[],
  files: readonly TailedFile[],
  known: ReadonlyMap<string, TailedFile>,
): boolean {
  const present = idsOf(seen);
  const fileOf = ({ stats }: SeenFile) => known.get(idOf(stats));
  const isNew = (match: SeenFile) => fileOf(match) === undefined || !isSame(fileOf(match)!, match);
  return seen.some(isNew) || files.some(({ id, isGone }) => !isGone && !present.has(id));
}

/** Infinite where another file has its name by now. */
function sizeNow({ path, stats }: SeenFile): number {
  const now = statsOf(path);
  return now !== undefined && idOf(now) === idOf(stats) ? now.size : Number.POSITIVE_INFINITY;
}

/** Notes that a file is there, and its head as far as that is there now. Gives the file where it was empty before. */
export function noteHead(file: TailedFile, seen: SeenFile): TailedFile | undefined {
  if (!isSame(file, seen)) {
    return undefined;
  }
  const { bytes = NO_BYTES, problem } = seen.begin ?? {};
  const isLonger = problem === undefined && bytes.length > file.head.length;
  const wasEmpty = isLonger && file.head.length === 0 && !file.isGone;
  file.isGone = false;
  file.target = seen.path === file.path ? file.target : realPathOf(seen.path);
  file.path = seen.path;
  file.size = seen.stats.size;
  file.modified = seen.stats.mtimeMs;
  file.head = isLonger ? headOf(bytes) : file.head;
  return wasEmpty ? file : undefined;
}
