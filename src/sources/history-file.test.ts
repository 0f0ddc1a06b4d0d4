import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openHistoryFile } from './history-file.ts';

/** Half a megabyte that packs neither too well nor not at all. */
const CONTENT = Buffer.from(
  Array.from({ length: 15_000 }, (_, i) => `line ${i} ${Math.imul(i, 0x9e3779b1) >>> 0}\n`).join(''),
);

function temporaryFile(name: string, content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

interface Outcome {
  content: Buffer;
  problem: string | undefined;
  diskBytes: number;
}

/** Reads a file to its end, a piece of `length` bytes at a time, each into the same bytes. */
async function readAll(path: string, length = 65_536): Promise<Outcome> {
  const file = openHistoryFile(path);
  const bytes = new Uint8Array(length + 10).fill(0xee);
  const pieces: Buffer[] = [];
  for (;;) {
    const got = await file.read(bytes, 10, length);
    if (got === 0) {
      expect(await file.read(bytes, 10, length)).toBe(0);
      expect(bytes.subarray(0, 10).every((byte) => byte === 0xee)).toBe(true);
      file.close();
      return { content: Buffer.concat(pieces), problem: file.problem, diskBytes: file.diskBytes };
    }
    expect(got).toBeLessThanOrEqual(length);
    pieces.push(Buffer.from(bytes.subarray(10, 10 + got)));
  }
}

const PACKERS = [
  ['.csv', (content: Buffer) => content],
  ['.csv.gz', (content: Buffer) => gzipSync(content)],
  ['.csv.zst', (content: Buffer) => zstdCompressSync(content)],
] as const;

describe.each(PACKERS)('a file named %s', (suffix, pack) => {
  it.each([1_000_000, 65_536, 1000])('is read whole in pieces of %i bytes', async (length) => {
    const packed = pack(CONTENT);
    const { content, problem, diskBytes } = await readAll(temporaryFile(`log${suffix}`, packed), length);
    expect(content.equals(CONTENT)).toBe(true);
    expect(problem).toBeUndefined();
    expect(diskBytes).toBe(packed.length);
  });

  it('is read whole when it consists of several packed one by one', async () => {
    const parts = [CONTENT.subarray(0, 1000), CONTENT.subarray(1000, 200_000), CONTENT.subarray(200_000)];
    const { content, problem } = await readAll(
      temporaryFile(`log${suffix}`, Buffer.concat(parts.map((part) => pack(part)))),
    );
    expect(content.equals(CONTENT)).toBe(true);
    expect(problem).toBeUndefined();
  });

  it('may hold nothing', async () => {
    const { content, problem } = await readAll(temporaryFile(`log${suffix}`, pack(Buffer.alloc(0))));
    expect(content).toHaveLength(0);
    expect(problem).toBeUndefined();
  });

  it('that does not exist is a problem, not an exception', async () => {
    const { content, problem } = await readAll(join(tmpdir(), `vedette-that-does-not-exist${suffix}`));
    expect(content).toHaveLength(0);
    expect(problem).toContain('ENOENT');
  });

  it('can be closed before its end, twice, or unread', async () => {
    const path = temporaryFile(`log${suffix}`, pack(CONTENT));
    openHistoryFile(path).close();
    const file = openHistoryFile(path);
    expect(await file.read(new Uint8Array(100), 0, 100)).toBe(100);
    file.close();
  });
});

describe.each(PACKERS.slice(1))('a packed file named %s', (suffix, pack) => {
  it('that breaks off is a problem; what stands before is read', async () => {
    const packed = pack(CONTENT);
    const { content, problem } = await readAll(temporaryFile(`log${suffix}`, packed.subarray(0, packed.length * 0.8)));
    expect(problem).toMatch(/^breaks off or is not what its name says \(\w+\)$/);
    expect(content.length).toBeGreaterThan(100_000);
    expect(content.equals(CONTENT.subarray(0, content.length))).toBe(true);
  });

  it('that is no such archive is a problem', async () => {
    const { content, problem } = await readAll(temporaryFile(`log${suffix}`, 'just text\n'.repeat(1000)));
    expect(content).toHaveLength(0);
    expect(problem).toMatch(/^breaks off or is not what its name says \(\w+\)$/);
  });

  it('that is empty on disk is a problem', async () => {
    const { problem } = await readAll(temporaryFile(`log${suffix}`, ''));
    expect(problem).toMatch(/^breaks off/);
  });

  it('with a damaged middle is a problem', async () => {
    const packed = Buffer.from(pack(CONTENT));
    packed.fill(0x55, 60_000, 60_200);
    const { content, problem } = await readAll(temporaryFile(`log${suffix}`, packed));
    expect(problem).toMatch(/^breaks off or is not what its name says \(\w+\)$/);
    expect(content.length).toBeLessThanOrEqual(CONTENT.length);
  });
});

describe('a .zst file', () => {
  it('of many small frames, some of which hold nothing, is read whole', async () => {
    const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    const frames = Array.from({ length: 20 }, (_, i) => zstdCompressSync(CONTENT.subarray(1000 * i, 1000 * (i + 1))));
    const packed = Buffer.concat(frames.flatMap((frame) => [skippable, frame]));
    const { content, problem, diskBytes } = await readAll(temporaryFile('log.zst', packed));
    expect(content.equals(CONTENT.subarray(0, 20_000))).toBe(true);
    expect(problem).toBeUndefined();
    expect(diskBytes).toBe(packed.length);
  });

  it('with something else behind it is a problem; what stands before is read', async () => {
    const packed = Buffer.concat([zstdCompressSync(CONTENT), Buffer.from('something else')]);
    const { content, problem } = await readAll(temporaryFile('log.zst', packed));
    expect(content.equals(CONTENT)).toBe(true);
    expect(problem).toMatch(/^breaks off or is not what its name says/);
  });
});

describe('a .gz file', () => {
  it('that breaks off gives all that can be unpacked', async () => {
    const packed = gzipSync(CONTENT);
    const part = packed.subarray(0, packed.length / 2);
    const possible = gunzipSync(part, { finishFlush: constants.Z_SYNC_FLUSH });
    const { content } = await readAll(temporaryFile('log.csv.gz', part));
    expect(content.length).toBe(possible.length);
  });

  it('padded with zeros is whole', async () => {
    const { content, problem } = await readAll(
      temporaryFile('log.gz', Buffer.concat([gzipSync(CONTENT), Buffer.alloc(512)])),
    );
    expect([content.length, problem]).toEqual([CONTENT.length, undefined]);
  });
});

it('a directory is a problem', async () => {
  expect((await readAll(tmpdir())).problem).toBe('cannot be read (EISDIR)');
});
