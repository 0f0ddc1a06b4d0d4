import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { idOf, idsOf, type MatchingFile, statsOf } from './matching-files.ts';
import { hasMore, type TailedFile } from './tailed-file.ts';

/** A server goes on writing to a file that was rotated away until it opens its log anew. */
const LATE_MS = 60_000;

/** Of the files that a pattern names, tells which of those that are known have unread bytes that are not there. */
export type Missing = (found: readonly MatchingFile[]) => TailedFile[];

/**
 * Files that are not there, or not with all that was read, and may have been written to after that.
 *
 * @param isFirst nobody has looked since they were saved
 */
export function missingFiles(
  files: readonly TailedFile[],
  found: readonly MatchingFile[],
  isFirst: boolean,
): TailedFile[] {
  const sizes = new Map(found.map(({ stats }) => [idOf(stats), stats.size]));
  const isLate = (file: TailedFile) => {
    const isOther = file.modified === 0; // found while it was read
    return hasMore(file) || isOther || Date.now() - file.modified < LATE_MS;
  };
  return files.filter((file) => {
    const size = sizes.get(file.id);
    return isFirst || (size === undefined ? !file.isGone && isLate(file) : !file.isPacked && size < sizeOf(file));
  });
}

/** What is known to have been in it. */
function sizeOf({ size, offset }: TailedFile): number {
  return Number.isFinite(size) ? Math.max(size, offset) : offset;
}

/**
 * Where files are that a pattern names no longer: rotated away to a name of another form, or a link leads to the next one.
 * What has their names with something appended comes with them: it may be a copy.
 */
export function strays(found: readonly MatchingFile[], missing: Missing): MatchingFile[] {
  const seen = idsOf(found);
  const folders = new Map<string, MatchingFile[]>();
  const siblingsIn = (folder: string) => {
    const siblings = folders.get(folder) ?? filesIn(folder).filter(({ stats }) => !seen.has(idOf(stats)));
    folders.set(folder, siblings);
    return siblings;
  };
  return missing(found)
    .flatMap((file) => straysOf(file, seen, siblingsIn))
    .filter(({ stats }) => !seen.has(idOf(stats)) && seen.add(idOf(stats)))
    .map((match) => ({ ...match, isStray: true }));
}

function straysOf(
  { id, target }: TailedFile,
  seen: ReadonlySet<string>,
  siblingsIn: (folder: string) => MatchingFile[],
): MatchingFile[] {
  const stats = seen.has(id) ? undefined : statsOf(target);
  return stats !== undefined && idOf(stats) === id
    ? [{ path: target, stats }]
    : siblingsIn(dirname(target)).filter(
        (sibling) => idOf(sibling.stats) === id || basename(sibling.path).startsWith(basename(target)),
      );
}

function filesIn(folder: string): MatchingFile[] {
  return namesIn(folder).flatMap((name) => {
    const path = join(folder, name);
    const stats = statsOf(path);
    return stats?.isFile() === true ? [{ path, stats }] : [];
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
