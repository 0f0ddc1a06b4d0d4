import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { openTail, temporaryFolder } from './testkit.ts';

/** Lines that no two logs share, long enough to tell files apart. */
const lines = (name: string, from: number, to: number) =>
  Array.from(
    { length: to - from },
    (_, i) => `${name} line ${String(from + i).padStart(6, '0')} ${'.'.repeat(40)}\n`,
  ).join('');

describe('reads', () => {
  it('what is there, in the order given, packed files too, and then what is added', async () => {
    const folder = temporaryFolder();
    const [old, older, current] = ['b.log', 'a.log.gz', 'c.log'].map((name) => join(folder, name));
    writeFileSync(older!, gzipSync(lines('older', 0, 3000)));
    writeFileSync(old!, lines('old', 0, 3));
    writeFileSync(current!, lines('current', 0, 3));
    const tail = openTail(join(folder, '*'), [older!, old!, current!]);

    expect(await tail.until(lines('current', 0, 3))).toBe(
      lines('older', 0, 3000) + lines('old', 0, 3) + lines('current', 0, 3),
    );
    appendFileSync(current!, lines('current', 3, 5));
    expect(await tail.until(lines('current', 4, 5))).toBe(lines('current', 3, 5));
  });

  it('a file that comes later, in a folder that comes later', async () => {
    const folder = temporaryFolder();
    const tail = openTail(join(folder, 'logs/*.log'));
    const read = tail.until('line 000001 ........................................\n');
    mkdirSync(join(folder, 'logs'));
    writeFileSync(join(folder, 'logs/a.log'), lines('a', 0, 2));

    expect(await read).toBe(lines('a', 0, 2));
  });

  it('on through rotation by rename, old lines first', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'x.log');
    writeFileSync(path, lines('first', 0, 10));
    const tail = openTail(join(folder, 'x.log*'));
    await tail.until(lines('first', 9, 10));
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
    const folder = temporaryFolder();
    const path = join(folder, 'x.log');
    writeFileSync(path, lines('first', 0, 10));
    const tail = openTail(join(folder, 'x.log*'));
    await tail.until(lines('first', 9, 10));
    appendFileSync(path, lines('first', 10, 500));
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
    appendFileSync(path, lines('second', 0, 2));

    expect(await tail.until(lines('second', 1, 2))).toBe(lines('first', 10, 500) + lines('second', 0, 2));
    expect(tail.reader.takeGaps()).toEqual([]);
  });

  it('in order what was copied, truncated, grown beyond where it was read, and renamed before anybody looked', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'x.log');
    writeFileSync(path, lines('first', 0, 10));
    const tail = openTail(join(folder, 'x.log*'));
    await tail.until(lines('first', 9, 10));
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
    const folder = temporaryFolder();
    const path = join(folder, 'x.log');
    writeFileSync(path, lines('first', 0, 10));
    const tail = openTail(join(folder, 'x.log*'));
    await tail.until(lines('first', 9, 10));
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
    const folder = temporaryFolder();
    const path = join(folder, 'x.log');
    writeFileSync(`${path}.1`, lines('first', 0, 10));
    writeFileSync(path, '');
    const tail = openTail(join(folder, 'x.log*'));
    await tail.until(lines('first', 0, 10));
    appendFileSync(path, lines('second', 0, 10));
    copyFileSync(path, `${path}.0`);
    truncateSync(path);
    appendFileSync(path, lines('third', 0, 10));

    expect(await tail.until(lines('third', 9, 10))).toBe(lines('second', 0, 10) + lines('third', 0, 10));
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

  it('a file that vanishes and comes back with more', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'x.log');
    writeFileSync(path, lines('x', 0, 10));
    const tail = openTail(path);
    await tail.until(lines('x', 9, 10));
    rmSync(path);
    writeFileSync(path, lines('x', 0, 12));

    expect(await tail.until(lines('x', 11, 12))).toBe(lines('x', 10, 12));
  });

  it.skipIf(process.getuid?.() === 0)('a file that becomes readable later', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'x.log');
    writeFileSync(path, lines('x', 0, 2), { mode: 0 });
    const tail = openTail(path);
    const read = tail.until(lines('x', 1, 2));
    chmodSync(path, 0o600);

    expect(await read).toBe(lines('x', 0, 2));
  });
});

describe('goes on after a restart', () => {
  it('in the middle of a file', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'x.log');
    writeFileSync(path, lines('x', 0, 10));
    const tail = openTail(path);
    await tail.until(lines('x', 9, 10));
    const position = tail.position();
    tail.reader.close();
    appendFileSync(path, lines('x', 10, 12));

    expect(await openTail(path, [path], position).until(lines('x', 11, 12))).toBe(lines('x', 10, 12));
  });

  it('where the file was rotated, packed and followed by others meanwhile', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'x.log');
    writeFileSync(path, lines('first', 0, 10));
    const tail = openTail(join(folder, 'x.log*'));
    await tail.until(lines('first', 9, 10));
    const position = tail.position();
    tail.reader.close();
    rmSync(path);
    writeFileSync(`${path}.2.gz`, gzipSync(lines('first', 0, 20)));
    writeFileSync(`${path}.1`, lines('second', 0, 3));
    writeFileSync(path, lines('third', 0, 2));
    const history = [`${path}.2.gz`, `${path}.1`, path];

    expect(await openTail(join(folder, 'x.log*'), history, position).until(lines('third', 1, 2))).toBe(
      lines('first', 10, 20) + lines('second', 0, 3) + lines('third', 0, 2),
    );
  });
});

describe('tells a gap', () => {
  it('where a file is truncated before it was read to its end, with its size', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'x.log');
    writeFileSync(path, lines('x', 0, 100));
    const tail = openTail(path);
    expect(await tail.reader.advance()).toBe(true);
    await tail.reader.read(new Uint8Array(64), 0, 64);
    truncateSync(path);
    writeFileSync(path, lines('y', 0, 1));

    expect(await tail.until(lines('y', 0, 1))).toBe(lines('y', 0, 1));
    expect(tail.reader.takeGaps()).toMatchObject([
      { what: `${path} was truncated before it was read to its end`, bytes: lines('x', 0, 100).length - 64 },
    ]);
  });
});
