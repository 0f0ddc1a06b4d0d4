import { setTimeout as pause } from 'node:timers/promises';
import { alikeTo, type FileHead, type HeadBytes, readHead } from './file-head.ts';
import { idOf, type MatchingFile, namesIn, statsOf } from './matching-files.ts';
import { mayBeCopy } from './same-log.ts';
import type { TailedFile } from './tailed-file.ts';

/** A rotation takes a moment: nobody rotates all the time. Each look waits longer for its end than the one before. */
const MAX_LOOKS = 8;
const WAIT_MS = 5;

/** How a file begins. */
export interface Begin extends HeadBytes {
  /** Whether a file with that head may begin so, too. */
  isAlike: (head: FileHead) => boolean;
  /** Files that begin alike, or this one as it was read, and go on in another way. */
  unlike: ReadonlySet<TailedFile>;
}

/** A file as it was seen. */
export interface SeenFile extends MatchingFile {
  /** Undefined where nobody wanted to know, or where it was something else by then. */
  begin: Begin | undefined;
}

export interface LookOptions {
  matches: () => MatchingFile[];
  /** Whether it is to be seen how a file begins. */
  isWanted: (match: MatchingFile) => boolean;
  /** Which files it may be that begins so. */
  mayBe: (match: MatchingFile, isAlike: Begin['isAlike']) => TailedFile[];
  /** Whether something else was seen than that files grew. */
  isNews: (seen: readonly SeenFile[]) => boolean;
}

/**
 * The files that there are, all of one moment. Files may be renamed, copied and truncated while they are looked at, so that
 * one has two names or none, or the beginning of another: news are believed when the next list names the same files.
 */
export async function look({ matches, isWanted, mayBe, isNews }: LookOptions): Promise<SeenFile[]> {
  let found = matches();
  for (let looks = 1; ; looks++) {
    const begins = new Map<MatchingFile, Begin | undefined>();
    for (const match of found.filter(isWanted)) {
      begins.set(match, await beginOf(match, mayBe));
    }
    const seen = found.map((match) => ({ ...match, begin: begins.get(match) }));
    const isTorn = [...begins.values()].includes(undefined);
    if (looks === MAX_LOOKS || !(isTorn || isNews(seen))) {
      return seen;
    }
    if (!isTorn && namesIn(matches()) === namesIn(found)) {
      return seen;
    }
    await pause(WAIT_MS * looks);
    found = matches();
  }
}

/** How a file begins; undefined where it has another name by now, or was truncated since it was listed. */
async function beginOf(match: MatchingFile, mayBe: LookOptions['mayBe']): Promise<Begin | undefined> {
  const { path, stats } = match;
  const begin = await readHead(path);
  const unlike = new Set<TailedFile>();
  const isAlike = alikeTo(begin.bytes);
  for (const file of mayBe(match, isAlike)) {
    if (!(await mayBeCopy(match, file))) {
      unlike.add(file);
    }
  }
  const now = statsOf(path);
  return now !== undefined && idOf(now) === idOf(stats) && now.size >= stats.size
    ? { ...begin, isAlike, unlike }
    : undefined;
}

/** What was written first comes first; of equal times, which coarse clocks give, what is new. */
export function sortByAge(seen: SeenFile[], isOld: (match: SeenFile) => boolean): void {
  // a copy may be as old as what was written next to the file that it is of
  const isLater = (a: SeenFile, b: SeenFile) => Number(isOld(a)) - Number(isOld(b)) || b.path.length - a.path.length;
  seen.sort((a, b) => a.stats.mtimeMs - b.stats.mtimeMs || isLater(a, b));
}

/**
 * Of each file the place of the first one of the history that was written later: since the history was made, files may have
 * been rotated.
 *
 * @param seen by age. @param places by path
 */
export function followingPlaces(
  seen: readonly SeenFile[],
  places: ReadonlyMap<string, number>,
): ReadonlyMap<SeenFile, number> {
  const following = new Map<SeenFile, number>();
  let first = Number.POSITIVE_INFINITY;
  for (const match of seen.toReversed()) {
    following.set(match, first);
    first = Math.min(first, places.get(match.path) ?? first);
  }
  return following;
}
