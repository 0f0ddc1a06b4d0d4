import { type FileHead, headOf, isPrefix, readHead } from './file-head.ts';
import type { MatchingFile } from './matching-files.ts';

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

/** Whether it only grew. A small file's head is read as far as it is there now. */
export async function isSame(file: TailedFile, { path, stats }: MatchingFile): Promise<boolean> {
  if (!file.isPacked && stats.size < file.offset) {
    return false;
  }
  const { bytes } = await readHead(path);
  if (file.head.length > 0 && !isPrefix(bytes, file.head)) {
    return false;
  }
  file.head = headOf(bytes);
  return true;
}
