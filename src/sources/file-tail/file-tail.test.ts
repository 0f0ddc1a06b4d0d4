import { appendFileSync, chmodSync, chownSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { lines, openTail, temporaryFolder } from './testkit.ts';

/** A user whom this machine need not know. */
const SOMEBODY = 64_001;

/** Root reads everything: its tests go on as somebody to whom the paths are given. */
function beSomebodyElse(paths: readonly string[]): void {
  if (process.geteuid?.() === 0) {
    for (const path of paths) {
      chownSync(path, SOMEBODY, SOMEBODY);
    }
    process.seteuid!(SOMEBODY);
    onTestFinished(() => process.seteuid!(0));
  }
}

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

  it('a file that becomes readable later', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'x.log');
    writeFileSync(path, lines('x', 0, 2), { mode: 0 });
    beSomebodyElse([folder, path]);
    const tail = openTail(path);
    const read = tail.until(lines('x', 1, 2));
    await vi.waitFor(() => {
      expect(tail.reader.takeGaps().map(({ what }) => what)).toEqual([expect.stringContaining('it is tried again')]);
    });
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
