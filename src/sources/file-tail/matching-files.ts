import { globSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** What makes a path a glob. */
const MAGIC = /[*?[\]{}]/;

export interface MatchingFile {
  path: string;
  stats: Stats;
  /** The pattern does not name it. */
  isStray?: boolean;
}

/** The regular files that a path or a glob names at present, by name. A link to a file is that file. */
export function matchingFiles(pattern: string): MatchingFile[] {
  const files = new Map<string, MatchingFile>();
  for (const path of MAGIC.test(pattern) && !exists(pattern) ? globSync(pattern).sort() : [pattern]) {
    const stats = statsOf(path);
    if (stats?.isFile() === true) {
      const id = idOf(stats);
      files.set(id, files.get(id) ?? { path, stats });
    }
  }
  return [...files.values()];
}

export function isGlob(pattern: string): boolean {
  return MAGIC.test(pattern);
}

/** Tells whether two lists name the same files in the same way. */
export function namesIn(files: readonly MatchingFile[]): string {
  return files.map(({ path, stats }) => `${idOf(stats)} ${path}`).join('\n');
}

/** Names a file as long as it exists, whatever it is called. */
export function idOf({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}

export function idsOf(files: readonly MatchingFile[]): Set<string> {
  return new Set(files.map(({ stats }) => idOf(stats)));
}

/** The folders in which files may come and go. */
export function watchedFolders(pattern: string): string[] {
  const folders = new Set([staticFolder(pattern)]);
  if (MAGIC.test(dirname(pattern))) {
    for (const path of globSync(dirname(pattern))) {
      folders.add(path);
    }
  }
  return [...folders].filter((path) => statsOf(path)?.isDirectory() === true);
}

/** The folder above the first part of a path that is a glob, or above that the one that is there. */
function staticFolder(pattern: string): string {
  let folder = dirname(pattern);
  while ((MAGIC.test(folder) || !exists(folder)) && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  return folder;
}

function exists(path: string): boolean {
  return statsOf(path) !== undefined;
}

/** Undefined where nothing is, or nobody may look: a folder that is closed, links that lead to each other. */
export function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
