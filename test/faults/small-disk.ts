import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const BLOCK_BYTES = 64 << 10;

/** A disk of its own, in memory. */
export interface SmallDisk {
  /** Takes all room that there is. */
  fill(): void;
  /** Gives it back. */
  empty(): void;
  remove(): void;
}

/** Undefined where this process may not mount anything. */
export function mountSmallDisk(path: string, megabytes: number): SmallDisk | undefined {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', path], { stdio: 'pipe' });
  } catch {
    return undefined;
  }
  const ballast = join(path, 'ballast');
  return {
    fill() {
      const file = openSync(ballast, 'a');
      for (let bytes = BLOCK_BYTES; bytes > 0; ) {
        bytes = writtenTo(file, bytes) ? bytes : Math.floor(bytes / 2);
      }
      closeSync(file);
    },
    empty: () => rmSync(ballast),
    remove: () => void execFileSync('umount', ['--lazy', path], { stdio: 'pipe' }),
  };
}

function writtenTo(file: number, bytes: number): boolean {
  try {
    return writeSync(file, new Uint8Array(bytes)) > 0;
  } catch {
    return false; // there is no room for so much
  }
}
