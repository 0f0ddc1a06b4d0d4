import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../lib/user-error.ts';
import { findFiles } from './log-files.ts';

/** The user `nobody` on Linux and macOS: any but root, whom no permission stops. */
const NOBODY = 65534;

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'vedette[1]-'));
  chmodSync(directory, 0o755);
  mkdirSync(join(directory, 'old.csv'));
  for (const name of ['b.csv', 'a.csv', 'A.csv', 'c[1].csv', 'c.txt', 'old.csv/z.csv', 'secret.log']) {
    writeFileSync(join(directory, name), '');
  }
  chmodSync(join(directory, 'secret.log'), 0);
  symlinkSync('b.csv', join(directory, 'current.csv'));
  symlinkSync('nowhere', join(directory, 'dangling.log'));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const found = (pattern: string) =>
  findFiles(pattern, directory, 'orders').map((file) => file.slice(directory.length + 1));

describe('finds', () => {
  it.each([
    ['a file by its name', 'c.txt', ['c.txt']],
    ['a file whose name looks like a glob', 'c[1].csv', ['c[1].csv']],
    ['files sorted by name, without directories, each once', '*.csv', ['A.csv', 'a.csv', 'b.csv', 'c[1].csv']],
    ['files in folders', '**/z.csv', ['old.csv/z.csv']],
    ['files of several kinds', '{a,c}.{csv,txt}', ['a.csv', 'c.txt']],
    ['files by a path that goes up', 'old.csv/../a.*', ['a.csv']],
    ['a file behind a link', 'current.csv', ['current.csv']],
  ])('%s', (_, pattern, files) => {
    expect(found(pattern)).toEqual(files);
  });
});

describe('refuses', () => {
  it.each([
    [
      'a directory',
      'old.csv',
      (path: string) => `orders: "${path}" is a directory; name the files in it, such as "${path}/*"`,
    ],
    ['a missing file', 'd.csv', (path: string) => `orders: no file matches "${path}"; check the path`],
    ['a file below a file', 'a.csv/x', (path: string) => `orders: no file matches "${path}"; check the path`],
    ['a link to nothing', 'dangling.log', (path: string) => `orders: no file matches "${path}"; check the path`],
    [
      'a glob that matches only a directory',
      'old.[a-d]sv',
      (path: string) => `orders: no file matches "${path}"; check the path`,
    ],
  ])('%s', (_, pattern, message) => {
    expect(() => found(pattern)).toThrow(new UserError(message(join(directory, pattern))));
  });

  it('a file that may not be read', () => {
    const path = join(directory, 'secret.log');
    const message = `orders: "${path}" cannot be read (permission denied); run as a user who may read it`;

    expect(() => asAnyoneButRoot(() => found('secret.log'))).toThrow(new UserError(message));
  });
});

function asAnyoneButRoot<T>(run: () => T): T {
  const user = process.geteuid?.();
  if (user !== 0) {
    return run();
  }
  process.seteuid?.(NOBODY);
  try {
    return run();
  } finally {
    process.seteuid?.(user);
  }
}
