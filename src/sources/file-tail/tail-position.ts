import type { Position } from '../source.ts';
import type { FileHead, Seam } from './file-head.ts';
import { hasMore, isPackedName, type TailedFile } from './tailed-file.ts';

/** Files of which a position tells how far they were read; what is older was read whole. */
const MAX_FILES = 10_000;
/** Files that are still to be read, kept so that they are found under another name. */
const MAX_WAITING = 1000;

/** What is kept of a file. */
export interface SavedFile {
  id: string;
  path: string;
  head: FileHead;
  seam?: Seam;
  offset: number;
  isFinished: boolean;
}

/** How far the files of a glob have been read. */
export interface TailPosition {
  /** The file being read. */
  current: string | undefined;
  files: SavedFile[];
  /** Files last written before this and not told here were read whole. Epoch milliseconds; 0: there are none. */
  readBefore: number;
}

/**
 * @param offset of the byte of the current file that is read next
 * @param isGlob names all files that wait to be read, whatever they are called by then
 */
export function savePosition(
  files: readonly TailedFile[],
  current: TailedFile | undefined,
  offset: number,
  readBefore: number,
  isGlob: boolean,
): Position {
  // copies are known anew by what they are of
  const own = files.filter(({ copyOf }) => copyOf === undefined);
  const isBegun = (file: TailedFile) => file === current || file.offset > 0 || file.isFinished;
  const begun = own.filter(isBegun);
  const kept = begun.toSorted((a, b) => b.modified - a.modified).slice(0, MAX_FILES);
  const dropped = begun.length > kept.length ? (kept.at(-1)?.modified ?? 0) : 0;
  const inOrder = own.toSorted((a, b) => a.order - b.order);
  const waiting = (isGlob ? [] : inOrder).filter((file) => !isBegun(file) && hasMore(file)).slice(0, MAX_WAITING);
  return {
    current: current?.id,
    files: [...kept, ...waiting]
      .toSorted((a, b) => a.order - b.order)
      .map((file) => ({
        id: file.id,
        path: file.target,
        head: file.head,
        ...(file.seam !== undefined && { seam: file.seam }),
        offset: file === current ? offset : file.offset,
        isFinished: file.isFinished && file !== current,
      })),
    readBefore: Math.max(readBefore, dropped),
  };
}

export function loadPosition(position: Position | undefined): TailPosition {
  const { current, files, readBefore } = (position ?? {}) as Partial<TailPosition>;
  return { current, files: files ?? [], readBefore: readBefore ?? 0 };
}

/** A file as it was when it was saved, which is to be found again. */
export function savedFile(file: SavedFile, order: number): TailedFile {
  return {
    ...file,
    target: file.path,
    seam: file.seam,
    size: Number.POSITIVE_INFINITY, // it may have grown since
    modified: 0,
    order,
    isPacked: isPackedName(file.path),
    isGone: true,
    copyOf: undefined,
    compared: 0,
    replacedBy: undefined,
  };
}
