import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keptFile } from './kept-file.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kept-'));
});
afterEach(() => rm(directory, { recursive: true }));

it('is made once, for its owner only', async () => {
  const path = join(directory, 'new', 'seal.key');

  const made = await Promise.all(['a', 'b', 'c'].map((text) => keptFile(path, async () => text)));

  expect(new Set(made.map(String)).size).toBe(1);
  expect(String(await keptFile(path, async () => 'later'))).toBe(String(made[0]));
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(directory, 'new'))).toEqual(['seal.key']);
});
