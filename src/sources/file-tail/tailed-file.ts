import { statSync } from 'node:fs';
import { beginsAlike, type FileHead, headOf, isPrefix } from './file-head.ts';
import type { SeenFile } from './look.ts';
import { idOf, type MatchingFile } from './matching-files.ts';

/** One log file, by whatever name it goes at present. */
export interface TailedFile {
  /** Device and inode. */
  id: string;
  path: string;
  head: FileHead;
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
  /** The copy that reading goes on in, since this one is there no longer. */
  replacedBy: TailedFile | undefined;
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
export function isCopy({ begin }: SeenFile, { head }: TailedFile): boolean {
  return begin !== undefined && beginsAlike(begin.bytes, head);
}

/** Infinite where another file has its name by now. */
function sizeNow({ path, stats }: SeenFile): number {
  const now = statSync(path, { throwIfNoEntry: false });
  return now !== undefined && idOf(now) === idOf(stats) ? now.size : Number.POSITIVE_INFINITY;
}

/**
 * Notes that a file is there, with its head as far as that is there now: a small file's grows. Gives the file where it was
 * empty when it was last seen.
 */
export function noteHead(file: TailedFile, seen: SeenFile): TailedFile | undefined {
  if (!isSame(file, seen)) {
    return undefined;
  }
  const { bytes = NO_BYTES, problem } = seen.begin ?? {};
  const isLonger = problem === undefined && bytes.length > file.head.length;
  const wasEmpty = isLonger && file.head.length === 0 && !file.isGone;
  file.isGone = false;
  file.head = isLonger ? headOf(bytes) : file.head;
  return wasEmpty ? file : undefined;
}
