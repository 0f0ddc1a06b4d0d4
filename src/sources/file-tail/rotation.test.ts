import { appendFileSync, copyFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { lines, openTail, type Tail, temporaryFolder } from './testkit.ts';

/** A log with ten lines that have been read. */
async function beginReading(): Promise<{ path: string; tail: Tail }> {
  const path = join(temporaryFolder(), 'x.log');
  writeFileSync(path, lines('first', 0, 10));
  const tail = openTail(`${path}*`);
  await tail.until(lines('first', 9, 10));
  return { path, tail };
}

/** A log that is empty since its ten lines, which have been read, were rotated away. */
async function beginEmpty(): Promise<{ path: string; tail: Tail }> {
  const path = join(temporaryFolder(), 'x.log');
  writeFileSync(`${path}.1`, lines('first', 0, 10));
  writeFileSync(path, '');
  const tail = openTail(`${path}*`);
  await tail.until(lines('first', 0, 10));
  return { path, tail };
}

describe('rotation', () => {
  it('on through rotation by rename, old lines first', async () => {
    const { path, tail } = await beginReading();
    renameSync(path, `${path}.1`);
    appendFileSync(`${path}.1`, lines('first', 10, 12)); // the server has not reopened its log yet
    writeFileSync(path, lines('second', 0, 2));

    expect(await tail.until(lines('second', 1, 2))).toBe(lines('first', 10, 12) + lines('second', 0, 2));
  });

  it('on through rotation by date', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'postgresql-2026-11-20.csv'), lines('monday', 0, 10));
    const tail = openTail(join(folder, 'postgresql-*.csv'));
    await tail.until(lines('monday', 9, 10));
    writeFileSync(join(folder, 'postgresql-2026-11-21.csv'), lines('tuesday', 0, 1));

    expect(await tail.until(lines('tuesday', 0, 1))).toBe(lines('tuesday', 0, 1));
  });

  it('on through rotation by copy and truncation, from the copy what was unread', async () => {
    const { path, tail } = await beginReading();
    appendFileSync(path, lines('first', 10, 500));
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
    appendFileSync(path, lines('second', 0, 2));

    expect(await tail.until(lines('second', 1, 2))).toBe(lines('first', 10, 500) + lines('second', 0, 2));
    expect(tail.reader.takeGaps()).toEqual([]);
  });

  it('in order what was copied, truncated, grown beyond where it was read, and renamed before anybody looked', async () => {
    const { path, tail } = await beginReading();
    appendFileSync(path, lines('first', 10, 20));
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
    appendFileSync(path, lines('second', 0, 500));
    renameSync(`${path}.1`, `${path}.2`);
    renameSync(path, `${path}.1`);
    writeFileSync(path, lines('third', 0, 2));
    for (const [age, file] of [path, `${path}.1`, `${path}.2`].entries()) {
      const seconds = Date.now() / 1000 - age;
      utimesSync(file, seconds, seconds); // clocks of file systems are coarse
    }

    expect(await tail.until(lines('third', 1, 2))).toBe(
      lines('first', 10, 20) + lines('second', 0, 500) + lines('third', 0, 2),
    );
    expect(tail.reader.takeGaps()).toEqual([]);
  });

  it('on in the copy of what was truncated and has grown beyond where it was read', async () => {
    const { path, tail } = await beginReading();
    appendFileSync(path, lines('first', 10, 20));
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
    appendFileSync(path, lines('second', 0, 500));

    expect(await tail.until(lines('second', 499, 500))).toBe(lines('first', 10, 20) + lines('second', 0, 500));
    expect(tail.reader.takeGaps()).toEqual([]);
  });

  it('in the copy as in the same part, where a record was read by half when its file was truncated', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'x.log');
    const whole = lines('first', 0, 10);
    writeFileSync(path, `${whole}half`);
    const tail = openTail(join(folder, 'x.log*'));
    await tail.until('half');
    const advance = vi.spyOn(tail.reader, 'advance');
    appendFileSync(path, ' and half\n');
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
    await vi.waitFor(() => expect(tail.reader.waitingBytes).toBe(' and half\n'.length), 120_000);
    const resumed = openTail(join(folder, 'x.log*'), [], tail.reader.positionAt(whole.length));

    expect(await tail.until('\n')).toBe(' and half\n');
    expect(advance).not.toHaveBeenCalled();
    expect(await resumed.until('\n')).toBe('half and half\n');
  });

  it('in order what was rotated since the history was made', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'x.log.1'), lines('first', 0, 10));
    writeFileSync(join(folder, 'x.log'), lines('second', 0, 10));
    const tail = openTail(join(folder, 'x.log*'), [join(folder, 'x.log')]);

    expect(await tail.until(lines('second', 9, 10))).toBe(lines('first', 0, 10) + lines('second', 0, 10));
  });

  it('in order what was written to a file that had been seen empty, copied and truncated meanwhile', async () => {
    const { path, tail } = await beginEmpty();
    appendFileSync(path, lines('second', 0, 10));
    copyFileSync(path, `${path}.0`);
    truncateSync(path);
    appendFileSync(path, lines('third', 0, 10));

    expect(await tail.until(lines('third', 9, 10))).toBe(lines('second', 0, 10) + lines('third', 0, 10));
  });

  it('once what was read of a file that had been seen empty before it was copied and truncated', async () => {
    const { path, tail } = await beginEmpty();
    appendFileSync(path, lines('second', 0, 10));
    await tail.until(lines('second', 9, 10));
    appendFileSync(path, lines('second', 10, 12));
    copyFileSync(path, `${path}.0`);
    truncateSync(path);
    appendFileSync(path, lines('third', 0, 20));

    expect(await tail.until(lines('third', 19, 20))).toBe(lines('second', 10, 12) + lines('third', 0, 20));
    expect(tail.reader.takeGaps()).toEqual([]);
  });

  it('a file once that is packed after it was read', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'x.log');
    writeFileSync(path, lines('first', 0, 100));
    const tail = openTail(join(folder, 'x.log*'));
    await tail.until(lines('first', 99, 100));
    renameSync(path, `${path}.1`);
    writeFileSync(path, lines('second', 0, 1));
    await tail.until(lines('second', 0, 1));
    writeFileSync(`${path}.1.gz`, gzipSync(lines('first', 0, 100)));
    rmSync(`${path}.1`);
    appendFileSync(path, lines('second', 1, 2));

    expect(await tail.until(lines('second', 1, 2))).toBe(lines('second', 1, 2));
  });
});
