import type { Gap, Position } from '../source.ts';
import { headOf } from './file-head.ts';
import { type Begin, followingPlaces, look, type SeenFile, sortByAge } from './look.ts';
import { idOf, idsOf, type MatchingFile, statsOf } from './matching-files.ts';
import { relationOf } from './same-log.ts';
import { type Missing, missingFiles } from './strays.ts';
import { loadPosition, savedFile } from './tail-position.ts';
import {
  areNews,
  bestCopy,
  earlier,
  hasMore,
  isChanged,
  isCopy,
  isPackedName,
  isSame,
  newFile,
  noteHead,
  type TailedFile,
} from './tailed-file.ts';

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
 * @param matches the files that there are at present, and where those may be that are not among them
 * @param history paths in the order in which they are to be read; others follow, the one written last comes last
 */
export function createTailFiles(
  matches: (missing: Missing) => MatchingFile[],
  history: readonly string[],
  position: Position | undefined,
): TailFiles {
  const saved = loadPosition(position);
  let files = saved.files.map((file, order) => savedFile(file, order - saved.files.length));
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
      matches: () => matches((found) => missingFiles(files, found, isFirst)),
      isWanted(match) {
        const file = known.get(idOf(match.stats));
        return file === undefined || isChanged(file, match);
      },
      mayBe,
      isNews: (seen) => areNews(seen, files, known),
    });
    take(seen, known);
  }

  function mayBe({ stats }: MatchingFile, isAlike: Begin['isAlike']): TailedFile[] {
    const self = idOf(stats);
    return files.filter(({ id, seam, head }) => (id === self ? seam !== undefined : isAlike(head)));
  }

  /** Heads first, by which copies are known; then what is new, since it may be a copy of what was truncated. */
  function take(seen: SeenFile[], known: ReadonlyMap<string, TailedFile>): void {
    sortByAge(seen, ({ path, stats }) => known.has(idOf(stats)) || places.has(path));
    const following = followingPlaces(seen, places);
    const placeOf = (match: SeenFile) => {
      const next = following.get(match)!;
      return places.get(match.path) ?? (next < nextOrder ? next - 0.5 : nextOrder++);
    };
    const pairs = seen.map((match) => ({ match, file: known.get(idOf(match.stats)) }));
    const filled = new Set(pairs.map(({ match, file }) => file && noteHead(file, match)));
    /** Files that hold something else by now, and its place. */
    const truncated = new Map<TailedFile, number>();
    for (const { match, file } of pairs) {
      if (file === undefined) {
        addFile(match, placeOf(match));
      } else if (!isSame(file, match)) {
        truncated.set(file, placeOf(match));
      } else if (filled.delete(file)) {
        file.order = nextOrder++; // what it holds is newer than what has been copied from it meanwhile
        const original = files.find((other) => other !== file && !filled.has(other) && isCopy(match, other));
        if (original !== undefined) {
          beCopy(file, original); // it was seen before there was anything in it
        }
      }
    }
    for (const { match, file } of pairs) {
      if (file !== undefined && truncated.has(file)) {
        beginAnew(file, match, truncated.get(file)!);
      }
    }
    loseWhatIsGone(idsOf(seen));
    isFirst = false;
    places.clear(); // names may belong to other files from now on
    files.filter(({ copyOf, isPacked }) => copyOf !== undefined && !isPacked).forEach(compare);
    forgetGone();
  }

  function loseWhatIsGone(present: ReadonlySet<string>): void {
    for (const file of files.filter(({ id, isGone }) => !isGone && !present.has(id))) {
      lose(file, `${file.path} vanished`);
    }
    if (isFirst && resumed?.isGone === true && !resumed.isPacked) {
      lose(resumed, `${resumed.path} vanished`);
    }
  }

  function addFile(match: SeenFile, place: number): void {
    const { path, stats, begin, isStray = false } = match;
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
    if (isStray && original === undefined) {
      return;
    }
    const isOld = saved.readBefore > 0 && stats.mtimeMs < saved.readBefore;
    const file = newFile(match, headOf(bytes), place, isOld);
    files.push(file);
    if (original !== undefined) {
      beCopy(file, original);
    }
  }

  function beCopy(file: TailedFile, original: TailedFile): void {
    file.copyOf = original;
    file.offset = original.offset;
    file.compared = original.seam !== undefined && original.seam.end <= file.size ? original.seam.end : 0;
    if (original.isGone) {
      replace(original, file);
    }
  }

  /** Goes on in a copy of a file that is there no longer. */
  function replace(original: TailedFile, copy: TailedFile): void {
    copy.copyOf = undefined;
    copy.offset = original.offset;
    copy.seam = original.seam;
    copy.order = original.order;
    copy.isFinished = copy.isPacked && !original.isPacked && original.offset >= original.size;
    original.replacedBy = copy;
    files = files.filter((file) => file !== original);
    for (const other of files) {
      other.copyOf = other.copyOf === original ? copy : other.copyOf;
    }
    resumed = resumed === original ? copy : resumed;
  }

  /** What was taken for a copy may be longer by now, or may have gone on in another way. */
  function compare(copy: TailedFile): void {
    const original = copy.copyOf!;
    const relation = copy.isGone || original.isGone ? 'copy' : relationOf(copy, original);
    if (relation === 'other') {
      copy.copyOf = undefined;
      copy.offset = copy.compared;
    } else if (relation === 'longer') {
      replace(original, copy);
      files.push({ ...original, copyOf: copy, compared: copy.compared, replacedBy: undefined });
    }
  }

  /** Where a file was truncated: what it held is over, and what it holds now is another one. */
  function beginAnew(file: TailedFile, match: SeenFile, order: number): void {
    lose(file, `${match.path} was truncated`);
    file.id = `${file.id}:before`;
    addFile({ ...match, isStray: false }, order); // the path has named it
  }

  /** What is unread of a file that is gone is read from its copy, if there is one. */
  function lose(file: TailedFile, what: string): void {
    if (file.replacedBy !== undefined) {
      return;
    }
    const copy = bestCopy(files, file);
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
      const stats = statsOf(file.path);
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
