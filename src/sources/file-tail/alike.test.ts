import { appendFileSync, copyFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { lines, openTail, temporaryFolder } from './testkit.ts';

/** More than is known of how a file begins. */
const SAME = lines('same', 0, 50);

function age(path: string): void {
  const seconds = Date.now() / 1000 - 100;
  utimesSync(path, seconds, seconds);
}

describe('reads on in a log', () => {
  it('of which there is an older copy', async () => {
    const path = join(temporaryFolder(), 'x.log');
    writeFileSync(path, lines('x', 0, 10));
    copyFileSync(path, `${path}.bak`);
    age(`${path}.bak`);
    appendFileSync(path, lines('x', 10, 20));
    const tail = openTail(`${path}*`, [path, `${path}.bak`]);

    expect(await tail.until(lines('x', 19, 20))).toBe(lines('x', 0, 20));
    appendFileSync(path, lines('x', 20, 30));
    expect(await tail.until(lines('x', 29, 30))).toBe(lines('x', 20, 30));
    expect(tail.reader.takeGaps()).toEqual([]);
  });

  it('of which there is an older copy, packed', async () => {
    const path = join(temporaryFolder(), 'x.log');
    writeFileSync(path, lines('x', 0, 20));
    writeFileSync(`${path}.gz`, gzipSync(lines('x', 0, 10)));
    age(`${path}.gz`);
    const tail = openTail(`${path}*`, [`${path}.gz`, path]);

    expect(await tail.until(lines('x', 19, 20))).toBe(lines('x', 0, 20));
  });
});

describe('reads both logs', () => {
  it('that begin alike and are there already', async () => {
    const folder = temporaryFolder();
    const [a, b] = [join(folder, 'a.log'), join(folder, 'b.log')];
    writeFileSync(a, SAME + lines('a', 0, 10));
    writeFileSync(b, SAME + lines('b', 0, 10));
    const tail = openTail(join(folder, '*.log'), [a, b]);

    expect(await tail.until(lines('b', 9, 10))).toBe(SAME + lines('a', 0, 10) + SAME + lines('b', 0, 10));
  });

  it('where one begins as the other did that was read before', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.log'), SAME + lines('a', 0, 10));
    const tail = openTail(join(folder, '*.log'));
    await tail.until(lines('a', 9, 10));
    writeFileSync(join(folder, 'b.log'), SAME + lines('b', 0, 20));

    expect(await tail.until(lines('b', 19, 20))).toBe(SAME + lines('b', 0, 20));
  });

  it('that were the same when they were seen first', async () => {
    const folder = temporaryFolder();
    const [a, b] = [join(folder, 'a.log'), join(folder, 'b.log')];
    writeFileSync(a, SAME);
    writeFileSync(b, SAME);
    const tail = openTail(join(folder, '*.log'), [a, b]);
    await tail.until(SAME);
    appendFileSync(a, lines('a', 0, 10));
    expect(await tail.until(lines('a', 9, 10))).toBe(lines('a', 0, 10));
    appendFileSync(b, lines('b', 0, 20));

    expect(await tail.until(lines('b', 19, 20))).toBe(lines('b', 0, 20));
  });
});

it('knows that a log was truncated and has grown again, though it begins as before', async () => {
  const path = join(temporaryFolder(), 'x.log');
  writeFileSync(path, SAME + lines('first', 0, 10));
  const before = openTail(path);
  await before.until(lines('first', 9, 10));
  const position = before.position();
  before.reader.close();
  writeFileSync(path, SAME + lines('second', 0, 20));

  expect(await openTail(path, [path], position).until(lines('second', 19, 20))).toBe(SAME + lines('second', 0, 20));
});
