import { closeSync, existsSync, globSync, openSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../lib/user-error.ts';

/** What makes a path a glob. */
const MAGIC = /[*?[\]{}]/;

/**
 * The files that a path or glob names, absolute, each once, sorted by name; each was opened for reading once.
 * `owner` (a resource's name, a setting) begins every message. Directories that a glob matches are passed over.
 *
 * @param isLive files may come, and become readable, later: what is not there now is no mistake
 */
export function findFiles(pattern: string, directory: string, owner: string, isLive = false): string[] {
  const literal = resolve(directory, pattern);
  if (isLive) {
    return uniqueFiles(
      readableAmong(existsSync(literal) ? [literal] : globSync(pattern, { cwd: directory }), directory),
    );
  }
  if (existsSync(literal) || !MAGIC.test(pattern)) {
    return [readableFile(literal, owner)];
  }
  const matches = globSync(pattern, { cwd: directory }).map((match) => resolve(directory, match));
  const files = matches.filter((match) => !isDirectory(match)).sort();
  if (files.length === 0) {
    throw noMatch(literal, owner);
  }
  return uniqueFiles(files.map((file) => readableFile(file, owner)));
}

function readableAmong(paths: readonly string[], directory: string): string[] {
  return paths
    .map((path) => resolve(directory, path))
    .filter((path) => {
      try {
        return readableFile(path, '') === path;
      } catch {
        return false;
      }
    });
}

/**
 * The files of a folder, those of its folders included, or of what is no folder. Absolute, each once, sorted by name; with
 * the pattern that names them, and those that come later. Live, empty files are such.
 */
export function findFilesBelow(
  path: string,
  directory: string,
  owner: string,
  isLive = false,
): { files: string[]; pattern: string } {
  const folder = resolve(directory, path);
  const isWanted = (file: string) => !isLive || statSync(file).size > 0;
  if (!isDirectory(folder)) {
    return { files: findFiles(path, directory, owner, isLive).filter(isWanted), pattern: folder };
  }
  const matches = globSync('**/*', { cwd: folder }).map((match) => resolve(folder, match));
  const files = matches.filter((match) => !isDirectory(match));
  if (files.length === 0 && !isLive) {
    throw new UserError(`${owner}: "${folder}" holds no file; check the path`);
  }
  const readable = isLive
    ? readableAmong(files, directory).filter(isWanted)
    : files.map((file) => readableFile(file, owner));
  return { files: uniqueFiles(readable), pattern: `${folder}/**/*` };
}

/** The path itself, once it is certain that it can be read. */
export function readableFile(path: string, owner: string): string {
  try {
    requireRegularFile(path, owner);
    closeSync(openSync(path, 'r'));
    return path;
  } catch (error) {
    throw error instanceof UserError ? error : unreadable(error as NodeJS.ErrnoException, path, owner);
  }
}

/** Opening a pipe would wait for its writer, so the kind is looked at first. */
function requireRegularFile(path: string, owner: string): void {
  const kind = statSync(path);
  if (kind.isDirectory()) {
    throw new UserError(`${owner}: "${path}" is a directory; name the files in it, such as "${path}/*"`);
  }
  if (!kind.isFile()) {
    throw new UserError(`${owner}: "${path}" is neither a file nor a directory; name a file`);
  }
}

function unreadable({ code = 'unknown error' }: NodeJS.ErrnoException, path: string, owner: string): UserError {
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return noMatch(path, owner);
  }
  const reason = code === 'EACCES' ? 'permission denied' : code;
  return new UserError(`${owner}: "${path}" cannot be read (${reason}); run as a user who may read it`);
}

function noMatch(path: string, owner: string): UserError {
  return new UserError(`${owner}: no file matches "${path}"; check the path`);
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** A symbolic link to a file that is matched too (`current.csv`) would read it twice. */
function uniqueFiles(files: readonly string[]): string[] {
  const byTarget = new Map(files.map((file) => [realpathSync(file), file] as const).reverse());
  return [...byTarget.values()].sort();
}
