import { chmodSync, globSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Places where Linux distributions put the library. */
const LIBRARY_PATHS = ['/usr/lib/*/faketime/libfaketime.so.1', '/usr/lib*/faketime/libfaketime.so.1'];

/** A clock that another process lives by, and that this one moves forward. */
export interface DrivenClock {
  /** Environment that makes a process live by it. */
  environment: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch, UTC. It runs at normal speed between two advances. */
  now(): number;
  /** Jumps forward; does nothing when that time has passed already. */
  advanceTo(time: number): void;
  remove(): void;
}

/** Starts a clock at this time (milliseconds since the epoch, UTC). Needs libfaketime 0.9.10. */
export function startDrivenClock(start: number): DrivenClock {
  const library = findLibrary();
  const directory = mkdtempSync(join(tmpdir(), 'vedette-clock-'));
  chmodSync(directory, 0o755); // the server runs as somebody else
  const file = join(directory, 'offset');
  let offsetMs = 0;
  const advanceTo = (time: number): void => {
    if (Date.now() + offsetMs < time || offsetMs === 0) {
      offsetMs = time - Date.now();
      writeFileSync(`${file}.new`, `${offsetMs < 0 ? '' : '+'}${(offsetMs / 1000).toFixed(3)}\n`);
      renameSync(`${file}.new`, file); // never half written
    }
  };
  advanceTo(start);
  return {
    environment: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      DONT_FAKE_MONOTONIC: '1', // timeouts and latches stay real
      NO_FAKE_STAT: '1',
    },
    now: () => Date.now() + offsetMs,
    advanceTo,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

function findLibrary(): string {
  const library = LIBRARY_PATHS.flatMap((path) => globSync(path))[0];
  if (library === undefined) {
    throw new Error('libfaketime is not installed: on Debian and Ubuntu, run apt-get install libfaketime');
  }
  return library;
}
