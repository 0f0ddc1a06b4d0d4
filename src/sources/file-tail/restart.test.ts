import { appendFileSync, copyFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lines, openTail, temporaryFolder } from './testkit.ts';

it('goes on, through further rotations, where a file was copied, truncated and had grown again before a restart', async () => {
  const path = join(temporaryFolder(), 'x.log');
  writeFileSync(path, lines('first', 0, 10));
  const before = openTail(`${path}*`);
  await before.until(lines('first', 9, 10));
  const position = before.position();
  before.reader.close();
  copyFileSync(path, `${path}.1`);
  truncateSync(path);
  appendFileSync(path, lines('second', 0, 2));
  const tail = openTail(`${path}*`, [], position);
  await tail.reader.advance();
  renameSync(path, `${path}.0`);
  appendFileSync(`${path}.0`, lines('second', 2, 3));
  writeFileSync(path, lines('third', 0, 2));

  expect(await tail.until(lines('third', 1, 2))).toBe(lines('second', 0, 3) + lines('third', 0, 2));
  expect(tail.reader.takeGaps()).toEqual([]);
  expect(tail.reader.waitingBytes).toBe(0);
});
