import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../lib/user-error.ts';
import { openOutput } from './output-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('writes', () => {
  it('a new file, leaving nothing else', () => {
    openOutput(join(folder, 'alerts.json')).write(['a\n', 'ü\n']);

    expect(readFileSync(join(folder, 'alerts.json'), 'utf8')).toBe('a\nü\n');
    expect(readdirSync(folder)).toEqual(['alerts.json']);
  });

  it('in place of an old file, which stays until then and keeps its permissions', () => {
    const path = join(folder, 'alerts.json');
    writeFileSync(path, 'old');
    chmodSync(path, 0o600);
    const output = openOutput(path);
    expect(readFileSync(path, 'utf8')).toBe('old');
    output.write(['new']);

    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('where a link points to', () => {
    writeFileSync(join(folder, 'target'), 'old');
    symlinkSync('target', join(folder, 'link'));
    openOutput(join(folder, 'link')).write(['new']);

    expect(readlinkSync(join(folder, 'link'))).toBe('target');
    expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('new');
  });

  it('into a device without replacing it', () => {
    openOutput('/dev/null').write(['lost']);

    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

it('keeps the old file when writing breaks off', () => {
  const path = join(folder, 'alerts.json');
  writeFileSync(path, 'old');
  const output = openOutput(path);

  expect(() => output.write(breaking())).toThrow('broke off');
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(['alerts.json']);
});

describe('refuses', () => {
  it.each([
    [
      'a folder that does not exist',
      'none/alerts.json',
      'cannot be written (there is no such folder); name another file',
    ],
    ['a directory', 'sub', 'is a directory; name a file in it'],
    ['a file in a file', 'file/alerts.json', 'cannot be written (ENOTDIR); name another file'],
  ])('%s', (_, name, reason) => {
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'file'), '');
    const path = join(folder, name);

    expect(() => openOutput(path)).toThrow(new UserError(`--out "${path}" ${reason}`));
  });
});

function* breaking(): Iterable<string> {
  yield 'half';
  throw new Error('broke off');
}
