import { type FSWatcher, watch } from 'node:fs';

/** Looks taken at a directory that cannot be watched (inotify is used up, a network file system). */
const POLL_MS = 100;
/** Watching misses things on some file systems: all are looked at this often. */
const SAFETY_MS = 5000;
/** Of many events the first is told at once, the others together so much later. */
const CALM_MS = 5;

/**
 * What may have happened in a directory: `grown`, to the files of these names, or where there are none to that which is
 * read at present; `changed`, files may have come or gone.
 */
export interface Happening {
  kind: 'grown' | 'changed';
  names: ReadonlySet<string>;
}

type Listener = (happening: Happening) => void;

const SOMETHING: Happening = { kind: 'grown', names: new Set() };
const ANYTHING: Happening = { kind: 'changed', names: new Set() };

interface Watched {
  watcher: FSWatcher | undefined;
  listeners: Set<Listener>;
}

const directories = new Map<string, Watched>();
let polling: NodeJS.Timeout | undefined;
let looks = 0;

/** Calls soon after something happens in a directory, and now and then without that. Returns how to stop. */
export function watchDirectory(path: string, listener: Listener): () => void {
  const watched = directories.get(path) ?? { watcher: undefined, listeners: new Set() };
  directories.set(path, watched);
  watched.watcher ??= startWatcher(path, watched);
  watched.listeners.add(listener);
  polling ??= setInterval(poll, POLL_MS);
  return () => {
    watched.listeners.delete(listener);
    if (watched.listeners.size === 0) {
      watched.watcher?.close();
      directories.delete(path);
    }
    if (directories.size === 0) {
      clearInterval(polling);
      polling = undefined;
    }
  };
}

function startWatcher(path: string, watched: Watched): FSWatcher | undefined {
  let isCalming = false;
  let names = new Set<string>();
  let isChanged = false;

  function tell(): void {
    const happening: Happening = { kind: isChanged ? 'changed' : 'grown', names };
    names = new Set();
    isChanged = false;
    isCalming = true;
    setTimeout(() => {
      isCalming = false;
      if (isChanged || names.size > 0) {
        tell();
      }
    }, CALM_MS);
    tellAll(watched, happening);
  }

  try {
    const watcher = watch(path, { persistent: false }, (event, name) => {
      isChanged ||= event === 'rename' || name === null;
      names.add(name ?? '');
      if (!isCalming) {
        tell();
      }
    });
    watcher.on('error', () => {
      watcher.close();
      watched.watcher = undefined;
    });
    return watcher;
  } catch {
    return undefined; // it is polled, and tried again
  }
}

function poll(): void {
  looks++;
  const isSafetyLook = looks % (SAFETY_MS / POLL_MS) === 0;
  for (const [path, watched] of directories) {
    if (isSafetyLook) {
      watched.watcher ??= startWatcher(path, watched);
      tellAll(watched, ANYTHING);
    } else if (watched.watcher === undefined) {
      tellAll(watched, SOMETHING);
    }
  }
}

function tellAll({ listeners }: Watched, happening: Happening): void {
  for (const listener of listeners) {
    listener(happening);
  }
}
