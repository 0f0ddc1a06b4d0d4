import { appendFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openTail, temporaryFolder } from './testkit.ts';

const FILES = 2000;

/** A line that tells its file, long enough to tell files apart. */
const line = (file: number, number: number) => `file ${file} line ${number} ${'.'.repeat(60)}\n`;
const sorted = (text: string) => text.split('\n').slice(0, -1).sort();

it('reads two thousand files, each line once, and goes on with those that grow, come, shrink and go', async () => {
  const folder = temporaryFolder();
  const path = (file: number) => join(folder, `${String(file).padStart(5, '0')}.log`);
  const numbers = Array.from({ length: FILES }, (_, i) => i);
  for (const file of numbers) {
    writeFileSync(path(file), line(file, 1));
  }
  const tail = openTail(join(folder, '*.log*'), numbers.map(path));

  expect(await tail.until(line(FILES - 1, 1))).toBe(numbers.map((file) => line(file, 1)).join(''));

  const later = [line(3, 2), line(4, 2), line(5, 9), line(FILES, 1), line(7, 2)];
  const all = later.join('');
  appendFileSync(path(3), later[0]!);
  renameSync(path(4), `${path(4)}.1`);
  appendFileSync(`${path(4)}.1`, later[1]!);
  truncateSync(path(5));
  appendFileSync(path(5), later[2]!);
  rmSync(path(6));
  writeFileSync(path(FILES), later[3]!);
  const position = tail.position();
  const rest = openTail(join(folder, '*.log*'), numbers.map(path), position);
  appendFileSync(path(7), later[4]!);

  expect(sorted(await tail.take(all.length))).toEqual(sorted(all));
  expect(sorted(await rest.take(all.length))).toEqual(sorted(all));
  expect(tail.reader.waitingBytes).toBe(0);
});
