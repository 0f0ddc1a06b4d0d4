import {
  appendFileSync,
  copyFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Position } from '../source.ts';
import { lines, openTail, temporaryFolder } from './testkit.ts';

async function readTo(path: string, end: string): Promise<Position> {
  const tail = openTail(path);
  await tail.until(end);
  const position = tail.position();
  tail.reader.close();
  return position;
}

/** A log whose path is no glob: ten lines have been read, ten were written while nobody looked. */
async function beginPaused(): Promise<{ path: string; position: Position }> {
  const path = join(temporaryFolder(), 'x.log');
  writeFileSync(path, lines('first', 0, 10));
  const position = await readTo(path, lines('first', 9, 10));
  appendFileSync(path, lines('first', 10, 20));
  return { path, position };
}

const REST = lines('first', 10, 20) + lines('second', 0, 5);

describe('after a restart, reads to its end what was meanwhile', () => {
  it('renamed to what the path does not name', async () => {
    const { path, position } = await beginPaused();
    renameSync(path, `${path}.1`);
    writeFileSync(path, lines('second', 0, 5));
    const tail = openTail(path, [path], position);

    expect(await tail.until(lines('second', 4, 5))).toBe(REST);
    expect(tail.reader.takeGaps()).toEqual([]);
  });

  it('copied and truncated', async () => {
    const { path, position } = await beginPaused();
    writeFileSync(`${path}.2`, lines('other', 0, 10));
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
    appendFileSync(path, lines('second', 0, 5));
    const tail = openTail(path, [path], position);

    expect(await tail.until(lines('second', 4, 5))).toBe(REST);
    expect(tail.reader.takeGaps()).toEqual([]);
  });

  it('left by a link for the next one', async () => {
    const folder = temporaryFolder();
    const [one, two, current] = ['1.log', '2.log', 'current'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(one, lines('first', 0, 10));
    symlinkSync(one, current);
    const position = await readTo(current, lines('first', 9, 10));
    appendFileSync(one, lines('first', 10, 20));
    writeFileSync(two, lines('second', 0, 5));
    rmSync(current);
    symlinkSync(two, current);

    expect(await openTail(current, [current], position).until(lines('second', 4, 5))).toBe(REST);
  });
});

it('reads, after a restart, what waited to be read and was renamed to what the path does not name', async () => {
  const path = join(temporaryFolder(), 'x.log');
  writeFileSync(path, lines('first', 0, 10));
  const before = openTail(path);
  await before.until(lines('first', 9, 10));
  renameSync(path, `${path}.1`);
  writeFileSync(path, lines('second', 0, 5));
  await vi.waitFor(() => expect(before.reader.waitingBytes).toBeGreaterThan(0), 10_000);
  const position = before.position();
  before.reader.close();
  renameSync(path, `${path}.2`);
  writeFileSync(path, lines('third', 0, 5));

  expect(await openTail(path, [path], position).until(lines('third', 4, 5))).toBe(
    lines('second', 0, 5) + lines('third', 0, 5),
  );
});

it('reads what came in the place of what was copied, though it has a name that the path does not name', async () => {
  const path = join(temporaryFolder(), 'x.log');
  writeFileSync(path, lines('first', 0, 10));
  const tail = openTail(path);
  await tail.until(lines('first', 9, 10));
  copyFileSync(path, `${path}.2`);
  truncateSync(path);
  appendFileSync(path, lines('second', 0, 10));
  renameSync(path, `${path}.1`);
  const seconds = Date.now() / 1000 - 1;
  utimesSync(`${path}.1`, seconds, seconds); // clocks of file systems are coarse
  writeFileSync(path, lines('third', 0, 5));

  expect(await tail.until(lines('third', 4, 5))).toBe(lines('second', 0, 10) + lines('third', 0, 5));
});

it('reads from the copy, which the path does not name, what was unread when a log was truncated', async () => {
  const path = join(temporaryFolder(), 'x.log');
  writeFileSync(path, lines('first', 0, 10));
  const tail = openTail(path);
  await tail.until(lines('first', 9, 10));
  appendFileSync(path, lines('first', 10, 20));
  copyFileSync(path, `${path}.1`);
  truncateSync(path);
  appendFileSync(path, lines('second', 0, 5));

  expect(await tail.until(lines('second', 4, 5))).toBe(REST);
  expect(tail.reader.takeGaps()).toEqual([]);
});

it('tells that the file in which reading stopped is gone', async () => {
  const { path, position } = await beginPaused();
  rmSync(path);
  const tail = openTail(path, [path], position);
  await tail.reader.advance();

  expect(tail.reader.takeGaps()).toMatchObject([
    { what: `${path} vanished while nobody looked: what was written to it last may be lost` },
  ]);
});

it('passes over links that lead to themselves', async () => {
  const folder = temporaryFolder();
  symlinkSync('loop.log', join(folder, 'loop.log'));
  writeFileSync(join(folder, 'x.log'), lines('x', 0, 2));

  expect(await openTail(join(folder, '*.log')).until(lines('x', 1, 2))).toBe(lines('x', 0, 2));
});
