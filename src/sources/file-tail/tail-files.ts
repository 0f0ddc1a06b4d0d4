import { statSync } from 'node:fs';
import type { Gap, Position } from '../source.ts';
import { headOf } from './file-head.ts';
import { followingPlaces, idsOf, look, type SeenFile, sortByAge } from './look.ts';
import { idOf, type MatchingFile } from './matching-files.ts';
import { loadPosition } from './tail-position.ts';
import { earlier, hasMore, isChanged, isCopy, isPackedName, isSame, noteHead, type TailedFile } from './tailed-file.ts';

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
  const unreadable = new Set<string>();

  function tell(what: string, bytes?: number): void {
    gaps.push({ what, noticed: Date.now(), ...(bytes !== undefined && { bytes }) });
  }

  async function refresh(): Promise<void> {
    const known = new Map(files.map((file) => [file.id, file]));
    const seen = await look({
      matches,
      isWanted(match) {
        const file = known.get(idOf(match.stats));
        return file === undefined || isChanged(file, match);
      },
      isNews: (seen) => areNews(seen, known),
    });
    take(seen, known);
  }

  /** Whether files came, vanished, or hold something else than before. */
  function areNews(seen: readonly SeenFile[], known: ReadonlyMap<string, TailedFile>): boolean {
    const present = idsOf(seen);
    const fileOf = ({ stats }: SeenFile) => known.get(idOf(stats));
    const isNew = (match: SeenFile) => fileOf(match) === undefined || !isSame(fileOf(match)!, match);
    return seen.some(isNew) || files.some(({ id, isGone }) => !isGone && !present.has(id));
  }

  /** Heads first, by which copies are known; then what is new, since it may be a copy of what was truncated. */
  function take(seen: SeenFile[], known: ReadonlyMap<string, TailedFile>): void {
    sortByAge(seen, ({ path, stats }) => known.has(idOf(stats)) || places.has(path));
    const following = isFirst ? followingPlaces(seen, places) : undefined;
    const pairs = seen.map((match) => ({ match, file: known.get(idOf(match.stats)) }));
    const filled = new Set(pairs.map(({ match, file }) => file && noteHead(file, match)));
    /** Files that hold something else by now, and its place. */
    const truncated = new Map<TailedFile, number>();
    for (const { match, file } of pairs) {
      if (file === undefined) {
        addFile(match, following?.get(match));
      } else if (!isSame(file, match)) {
        truncated.set(file, nextOrder++);
      } else if (filled.delete(file)) {
        file.order = nextOrder++; // what it holds is newer than what has been copied from it meanwhile
        const original = files.find((other) => other !== file && !filled.has(other) && isCopy(match, other));
        if (original !== undefined) {
          beCopy(file, original); // it was seen before there was anything in it
        }
      }
    }
    isFirst = false;
    for (const { match, file } of pairs) {
      if (file !== undefined) {
        lookAgain(file, match, truncated.get(file));
      }
    }
    loseWhatIsGone(idsOf(seen));
    forgetGone();
  }

  function loseWhatIsGone(present: ReadonlySet<string>): void {
    for (const file of files.filter(({ id, isGone }) => !isGone && !present.has(id))) {
      lose(file, `${file.path} vanished`);
    }
  }

  function addFile(match: SeenFile, following = Number.POSITIVE_INFINITY, order?: number): void {
    const { path, stats, begin } = match;
    if (begin === undefined) {
      return; // it is looked at again
    }
    const { bytes, problem } = begin;
    if (problem !== undefined && !isPackedName(path)) {
      if (!unreadable.has(path)) {
        unreadable.add(path);
        tell(`${path} ${problem}; it is tried again`);
      }
      return;
    }
    unreadable.delete(path);
    const original = files.find((file) => isCopy(match, file));
    const place = order ?? places.get(path) ?? (following < nextOrder ? following - 0.5 : nextOrder++);
    const isOld = saved.readBefore > 0 && stats.mtimeMs < saved.readBefore;
    const file: TailedFile = {
      id: idOf(stats),
      path,
      head: headOf(bytes),
      size: stats.size,
      modified: stats.mtimeMs,
      offset: isOld ? stats.size : 0,
      order: place,
      isPacked: isPackedName(path),
      isFinished: isOld,
      isGone: false,
      copyOf: undefined,
      replacedBy: undefined,
    };
    files.push(file);
    if (original !== undefined) {
      beCopy(file, original);
    }
  }

  function beCopy(file: TailedFile, original: TailedFile): void {
    file.copyOf = original;
    file.offset = original.offset;
    file.order = original.order;
    if (original.isGone) {
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

  function lookAgain(file: TailedFile, match: SeenFile, truncated: number | undefined): void {
    const { path, stats } = match;
    if (truncated !== undefined) {
      lose(file, `${path} was truncated`);
      file.id = `${file.id}:before`;
      addFile(match, undefined, truncated);
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
    } else if (unread === Number.POSITIVE_INFINITY) {
      tell(`${what} while nobody looked: what was written to it last may be lost`);
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
