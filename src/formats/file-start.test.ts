import { expect, it } from 'vitest';
import { readFileStart } from './file-start.ts';
import { temporaryFiles } from './testkit.ts';

it.each([
  ['in front', `${'\0'.repeat(5000)}a line\n`, 'a line\n'],
  ['behind', `a line\n${'\0'.repeat(70_000)}`, 'a line\n'],
  ['on both sides, and within', '\0\0a\0line\n\0', 'a\0line\n'],
  ['only', '\0\0\0', ''],
])('leaves NUL bytes out: %s', async (_, content, expected) => {
  const [path] = temporaryFiles({ 'pg.log': content });
  const { bytes, isWhole } = await readFileStart(path!);

  expect([Buffer.from(bytes).toString(), isWhole]).toEqual([expected, true]);
});
