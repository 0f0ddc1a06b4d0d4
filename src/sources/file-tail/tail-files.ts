import { statSync } from 'node:fs';
import type { Gap, Position } from '../source.ts';
import { beginsAlike, headOf, readHead } from './file-head.ts';
import { idOf, listed, type MatchingFile } from './matching-files.ts';
import { loadPosition } from './tail-position.ts';
import { earlier, hasMore, isChanged, isPackedName, isSame, type TailedFile } from './tailed-file.ts';

/** Files that are gone, remembered because a packed copy of them may still come. */
const MAX_GONE = 1000;

/** The files of a glob: which there are, which are the same as before under another name, what of them is unread. */
export interface TailFiles {
  /** Looks at what has changed on disk. */
  refresh(): Promise<void>;
  /** Looks at one file; false when something happened to it that only `refresh` can tell. */
  lookAt(file: TailedFile): boolean;
  all(): readonly TailedFile[];
  /** Whether another one waits to be read. */
  hasOther(file: TailedFile): boolean;
  /** The next one with something to read. */
  next(): TailedFile | undefined;
  /** In which reading stopped; undefined when there is none, or it is gone. */
  readonly resumed: TailedFile | undefined;
  readonly readBefore: number;
  takeGaps(): Gap[];
}

/**
 * @param matches the files that there are at present
 * @param history paths in the order in which they are to be read; others follow, the one written last comes last
 */
export function createTailFiles(
  matches: () => MatchingFile[],
  history: readonly string[],
  position: Position | undefined,
): TailFiles {
  const saved = loadPosition(position);
  let files: TailedFile[] = saved.files.map((file, order) => ({
    ...file,
    size: Number.POSITIVE_INFINITY, // it may have grown since
    modified: 0,
    order: order - saved.files.length,
    isPacked: isPackedName(file.path),
    isGone: true,
    copyOf: undefined,
    replacedBy: undefined,
  }));
  let resumed = files.find(({ id }) => id === saved.current);
  const places = new Map(history.map((path, place) => [path, place]));
  let nextOrder = history.length;
  let isFirst = true;
  let gaps: Gap[] = [];
  /** Ids of the files that there were when they were listed again, within one look. */
  let secondList: Promise<Set<string>> | undefined;
  const unreadable = new Set<string>();

  function tell(what: string, bytes?: number): void {
    gaps.push({ what, noticed: Date.now(), ...(bytes !== undefined && { bytes }) });
  }

  async function refresh(): Promise<void> {
    secondList = undefined;
    const known = new Map(files.map((file) => [file.id, file]));
    const isOld = ({ path, stats }: MatchingFile) => Number(known.has(idOf(stats)) || places.has(path));
    // clocks of file systems are coarse: a copy may be as old as what was written next to the file that it is of
    const isLater = (a: MatchingFile, b: MatchingFile) => isOld(a) - isOld(b) || b.path.length - a.path.length;
    const found = listed(matches, (id) => known.has(id));
    found.sort((a, b) => a.stats.mtimeMs - b.stats.mtimeMs || isLater(a, b));
    const following = followingPlaces(found);
    /** Files that hold something else by now, and its place. */
    const truncated = new Map<TailedFile, number>();
    for (const match of found) {
      const file = known.get(idOf(match.stats));
      if (file === undefined) {
        await addFile(match, following.get(match));
      } else if (isChanged(file, match)) {
        const wasEmpty = file.head.length === 0 && match.stats.size > 0;
        if (!(await isSame(file, match))) {
          truncated.set(file, nextOrder++);
        } else if (wasEmpty && !file.isGone) {
          file.order = nextOrder++; // what it holds is newer than what has been copied from it meanwhile
        }
      }
    }
    isFirst = false;
    for (const match of found) {
      const file = known.get(idOf(match.stats));
      if (file !== undefined) {
        await lookAgain(file, match, truncated.get(file));
      }
    }
    await loseWhatIsGone(found);
    forgetGone();
  }

  async function loseWhatIsGone(found: readonly MatchingFile[]): Promise<void> {
    let present = new Set(found.map(({ stats }) => idOf(stats)));
    if (files.some(({ id, isGone }) => !isGone && !present.has(id))) {
      present = await lookForMore();
    }
    for (const file of files.filter(({ id, isGone }) => !isGone && !present.has(id))) {
      lose(file, `${file.path} vanished`);
    }
  }

  /** Files may be renamed and copied while they are listed: what is missing is believed when a second list says so. */
  function lookForMore(): Promise<Set<string>> {
    secondList ??= listAgain();
    return secondList;
  }

  async function listAgain(): Promise<Set<string>> {
    const found = matches();
    const known = new Set(files.map(({ id }) => id));
    for (const match of found.filter(({ stats }) => !known.has(idOf(stats)))) {
      await addFile(match);
    }
    return new Set(found.map(({ stats }) => idOf(stats)));
  }

  /**
   * Of each file the place of the first one of the history that was written later: since the history was made, files may
   * have been rotated.
   */
  function followingPlaces(found: readonly MatchingFile[]): Map<MatchingFile, number> {
    const following = new Map<MatchingFile, number>();
    let first = Number.POSITIVE_INFINITY;
    for (const match of isFirst ? found.toReversed() : []) {
      following.set(match, first);
      first = Math.min(first, places.get(match.path) ?? first);
    }
    return following;
  }

  async function addFile(
    { path, stats }: MatchingFile,
    following = Number.POSITIVE_INFINITY,
    order?: number,
  ): Promise<void> {
    const { bytes, problem } = await readHead(path);
    if (problem !== undefined && !isPackedName(path)) {
      if (!unreadable.has(path)) {
        unreadable.add(path);
        tell(`${path} ${problem}; it is tried again`);
      }
      return;
    }
    unreadable.delete(path);
    const original = files.find((file) => beginsAlike(bytes, file.head));
    const place = order ?? places.get(path) ?? (following < nextOrder ? following - 0.5 : nextOrder++);
    const isOld = saved.readBefore > 0 && stats.mtimeMs < saved.readBefore;
    const file: TailedFile = {
      id: idOf(stats),
      path,
      head: headOf(bytes),
      size: stats.size,
      modified: stats.mtimeMs,
      offset: original?.offset ?? (isOld ? stats.size : 0),
      order: original?.order ?? place,
      isPacked: isPackedName(path),
      isFinished: isOld,
      isGone: false,
      copyOf: original,
      replacedBy: undefined,
    };
    files.push(file);
    if (original?.isGone === true) {
      replace(original, file);
    }
  }

  /** Goes on in a copy of a file that is there no longer. */
  function replace(original: TailedFile, copy: TailedFile): void {
    copy.copyOf = undefined;
    copy.offset = original.offset;
    copy.order = original.order;
    copy.isFinished = copy.isPacked && !original.isPacked && original.offset >= original.size;
    original.replacedBy = copy;
    files = files.filter((file) => file !== original);
    for (const other of files) {
      other.copyOf = other.copyOf === original ? copy : other.copyOf;
    }
    resumed = resumed === original ? copy : resumed;
  }

  async function lookAgain(file: TailedFile, match: MatchingFile, truncated: number | undefined): Promise<void> {
    const { path, stats } = match;
    if (truncated !== undefined) {
      await lookForMore(); // what it held was copied before it was truncated
      lose(file, `${path} was truncated`);
      file.id = `${file.id}:before`;
      await addFile(match, undefined, truncated);
      return;
    }
    file.path = path;
    file.isGone = false;
    file.size = stats.size;
    file.modified = stats.mtimeMs;
  }

  /** What is unread of a file that is gone is read from its copy, if there is one. */
  function lose(file: TailedFile, what: string): void {
    if (file.replacedBy !== undefined) {
      return;
    }
    const copy = files.find(({ copyOf }) => copyOf === file);
    const unread = file.isPacked ? 0 : file.size - file.offset;
    file.isGone = true;
    if (copy !== undefined) {
      const missing = copy.isPacked ? 0 : file.size - copy.size;
      replace(file, copy);
      if (missing > 0) {
        tell(`${what}; what was written after it had been copied is lost`, missing);
      }
    } else if (unread > 0 && file.copyOf === undefined) {
      tell(`${what} before it was read to its end`, unread);
    }
  }

  function forgetGone(): void {
    const gone = files.filter(({ isGone }) => isGone);
    const forgotten = new Set(gone.slice(0, Math.max(0, gone.length - MAX_GONE)));
    files = forgotten.size === 0 ? files : files.filter((file) => !forgotten.has(file));
  }

  return {
    refresh,
    lookAt(file) {
      const stats = statSync(file.path, { throwIfNoEntry: false });
      if (stats === undefined || idOf(stats) !== file.id || file.isPacked || stats.size < file.offset) {
        return false;
      }
      file.size = stats.size;
      file.modified = stats.mtimeMs;
      return true;
    },
    all: () => files,
    hasOther: (file) => files.some((other) => other !== file && hasMore(other)),
    next: () => files.filter(hasMore).reduce(earlier, undefined),
    get resumed() {
      return resumed?.isGone === false ? resumed : undefined;
    },
    readBefore: saved.readBefore,
    takeGaps() {
      const taken = gaps;
      gaps = [];
      return taken;
    },
  };
}
