import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../lib/user-error.ts';

/** Permissions of a new file before the umask. */
const NEW_FILE_MODE = 0o666;

/** A place that was writable when it was looked at. */
export interface OutputFile {
  /** Absolute, symbolic links followed. */
  path: string;
  /** Puts the pieces there, one after another. The file is the old one or the whole new one, never half. */
  write(pieces: Iterable<string>): void;
}

/**
 * Makes sure that the file can be written, so that a long run is not in vain.
 * What is no regular file (`/dev/null`, a pipe) is written to, since renaming would replace it.
 */
export function openOutput(name: string): OutputFile {
  try {
    const path = targetOf(resolve(name));
    const kind = statSync(path, { throwIfNoEntry: false });
    if (kind && !kind.isFile()) {
      accessSync(path, constants.W_OK);
      requireNoDirectory(kind.isDirectory(), name);
      return { path, write: (pieces) => writePieces(path, 'w', pieces) };
    }
    if (kind) {
      accessSync(path, constants.W_OK);
    }
    const mode = kind ? kind.mode & 0o777 : NEW_FILE_MODE;
    const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
    closeSync(openSync(temporary, 'wx', mode));
    rmSync(temporary);
    return { path, write: (pieces) => replaceFile(path, temporary, mode, pieces) };
  } catch (error) {
    throw error instanceof UserError ? error : unwritable(name, error as NodeJS.ErrnoException);
  }
}

/** A link stays a link: what it points to is replaced. */
function targetOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false })
    ? realpathSync(path)
    : join(realpathSync(dirname(path)), basename(path));
}

function requireNoDirectory(isDirectory: boolean, name: string): void {
  if (isDirectory) {
    throw new UserError(`--out "${name}" is a directory; name a file in it`);
  }
}

function unwritable(name: string, { code = 'unknown error' }: NodeJS.ErrnoException): UserError {
  const reasons: Record<string, string> = { ENOENT: 'there is no such folder', EACCES: 'permission denied' };
  return new UserError(`--out "${name}" cannot be written (${reasons[code] ?? code}); name another file`);
}

function replaceFile(path: string, temporary: string, mode: number, pieces: Iterable<string>): void {
  try {
    writePieces(temporary, 'wx', pieces, mode);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function writePieces(path: string, flags: 'w' | 'wx', pieces: Iterable<string>, mode = NEW_FILE_MODE): void {
  const file = openSync(path, flags, mode);
  try {
    for (const piece of pieces) {
      writeWhole(file, Buffer.from(piece));
    }
    if (flags === 'wx') {
      fsyncSync(file);
    }
  } finally {
    closeSync(file);
  }
}

/** The system may take less than it is given. */
function writeWhole(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(file, bytes, written);
  }
}
