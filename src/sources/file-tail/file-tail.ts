import { basename } from 'node:path';
import { steadyTime } from '../../lib/clocks.ts';
import { faultPoint } from '../../lib/fault-point.ts';
import type { InputPlan, InputReader, Position, Source } from '../source.ts';
import { chainOf } from './chain-of.ts';
import { type Happening, watchDirectory } from './directory-watch.ts';
import { seamOf } from './file-head.ts';
import { isGlob, type MatchingFile, matchingFiles, watchedFolders } from './matching-files.ts';
import { type OpenFile, openFile } from './open-file.ts';
import { type Missing, strays } from './strays.ts';
import { createTailFiles } from './tail-files.ts';
import { savePosition } from './tail-position.ts';
import { hasMore, presentOf } from './tailed-file.ts';

/** With a next file at hand, what was looked at so lately is not looked at again: there may be thousands. */
const FRESH_MS = 100;
/** A file to which nothing has been added for so long is left when another one has something. */
const QUIET_MS = 1000;

export interface FileTailOptions {
  /** Absolute path or glob; absent: there are no other files than those of `history`. */
  pattern?: string;
  /** Files that there are already, in the order in which they are to be read. */
  history: readonly string[];
  /** Files that are read in another way. */
  excluded?: readonly string[];
  /** Only files of this chain: see `chainOf`. */
  chain?: string;
}

/**
 * Files that grow, rotate, are packed, vanish and come back. Everything is read once, under whatever name: a file is known
 * by its inode and by how it begins.
 */
export const fileTail: Source = { id: 'file-tail', open: openFileTail };

/** @param missing files that the pattern may not name any more */
function filesOf(options: FileTailOptions, missing: Missing): MatchingFile[] {
  const { pattern, history, excluded = [], chain } = options;
  const found = pattern === undefined ? history.flatMap(matchingFiles) : matchingFiles(pattern);
  const all = pattern === undefined ? found : [...found, ...strays(found, missing)];
  return all.filter(({ path }) => !excluded.includes(path) && (chain === undefined || chainOf(path) === chain));
}

function openFileTail(plan: InputPlan, position: Position | undefined, wake: () => void): InputReader {
  const options = plan.options as FileTailOptions;
  const files = createTailFiles((missing) => filesOf(options, missing), options.history, position);
  let current: OpenFile | undefined;
  let isFirst = true;
  let isClosed = false;
  let refreshing: Promise<void> | undefined;
  let isStale = false;
  let refreshed = Number.NEGATIVE_INFINITY;
  let patience: NodeJS.Timeout | undefined;
  /** How to stop watching, by folder. */
  const watched = new Map<string, () => void>();
  watchFolders();

  /** Folders may come, too. */
  function watchFolders(): void {
    for (const folder of options.pattern === undefined ? [] : watchedFolders(options.pattern)) {
      if (!watched.has(folder)) {
        watched.set(folder, watchDirectory(folder, notice));
      }
    }
  }

  function notice({ kind, names }: Happening): void {
    const file = current?.file;
    const isOwn = file !== undefined && (names.size === 0 || (names.size === 1 && names.has(basename(file.path))));
    if (kind === 'grown' && isOwn && files.lookAt(file)) {
      wake();
      return;
    }
    lookAnew();
  }

  function lookAnew(): void {
    void refresh().then(() => {
      if (!isClosed) {
        wake();
      }
    });
  }

  /** One at a time; what happens meanwhile is looked at afterwards. */
  function refresh(): Promise<void> {
    isStale = true;
    refreshing ??= (async () => {
      while (isStale) {
        isStale = false;
        watchFolders();
        await files.refresh().catch(() => undefined); // what cannot be looked at now is looked at later
        refreshed = performance.now();
      }
      refreshing = undefined;
    })();
    return refreshing;
  }

  /**
   * Where the file has been copied and is there no longer, its copy is the same part: a record may have been read by half.
   */
  async function goOnInCopy(): Promise<void> {
    const { file } = current!;
    const copy = presentOf(file);
    const opened = copy === file || copy.isFinished ? undefined : await openFile(copy, lookAnew);
    if (opened !== undefined) {
      current!.close();
      current = opened;
    }
  }

  function isPartOver(): boolean {
    const file = current && presentOf(current.file);
    if (current === undefined || file === undefined || file.isPacked || file.isGone) {
      return true;
    }
    const { grown } = current;
    if (!files.hasOther(file)) {
      return false;
    }
    const age = Date.now() - file.modified;
    const quiet = Math.min(steadyTime() - grown, age < 0 ? Number.POSITIVE_INFINITY : age); // the clock may have gone back
    const wait = QUIET_MS - quiet;
    if (wait > 0) {
      patience ??= setTimeout(() => {
        patience = undefined;
        wake();
      }, wait);
    }
    return wait <= 0;
  }

  async function advance(): Promise<boolean> {
    if (performance.now() - refreshed > FRESH_MS || files.next() === undefined) {
      await refresh();
    }
    current?.close();
    current = undefined;
    faultPoint('rotate');
    const file = isFirst ? (files.resumed ?? files.next()) : files.next();
    isFirst = false;
    current = file && (await openFile(file, lookAnew));
    return current !== undefined;
  }

  return {
    advance,
    get name() {
      return current?.file.path ?? '';
    },
    get offset() {
      return current?.file.offset ?? 0;
    },
    get isPartOver() {
      return isPartOver();
    },
    async read(bytes, at, length) {
      await goOnInCopy();
      const isReplaced = current!.file.replacedBy !== undefined; // and the copy cannot be opened at present
      const got = isReplaced ? 0 : await current!.read(bytes, at, length);
      note(current!, bytes.subarray(at, at + got));
      return got;
    },
    positionAt: (offset) =>
      savePosition(
        files.all(),
        current && presentOf(current.file),
        offset,
        files.readBefore,
        isGlob(options.pattern ?? ''),
      ),
    get waitingBytes() {
      return files.all().reduce((sum, file) => sum + (hasMore(file) ? Math.max(0, file.size - file.offset) : 0), 0);
    },
    takeGaps: () => files.takeGaps(),
    close() {
      isClosed = true;
      clearTimeout(patience);
      for (const stop of watched.values()) {
        stop();
      }
      current?.close();
      current = undefined;
    },
  };
}

function note(current: OpenFile, read: Uint8Array): void {
  const { file } = current;
  file.offset += read.length;
  file.seam = seamOf(read, file.offset) ?? file.seam;
  if (read.length > 0) {
    current.grown = file.offset > file.size ? steadyTime() : current.grown;
  } else if (file.isPacked) {
    file.isFinished = true;
  }
}
