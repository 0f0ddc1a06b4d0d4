import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../model/activity.ts';
import { azure } from '../parsers/azure/azure.ts';
import { azureRecord } from '../parsers/azure/testkit.ts';
import { stderr } from '../parsers/stderr/stderr.ts';
import { emptyCounts } from './counts.ts';
import { openHistoryInput } from './history-input.ts';
import { openSourceStream } from './source-stream.ts';
import { readHistory, START, statementAt, statements, temporaryFiles } from './testkit.ts';

const MINUTE_MS = 60_000;

describe('the records of a source', () => {
  it('come file after file in the order of time, packed or not', async () => {
    const files = {
      'c.csv': statements(50, 0, 'first'),
      'b.csv.gz': gzipSync(statements(50, 100_000, 'second')),
      'a.csv.zst': zstdCompressSync(statements(50, 200_000, 'third')),
    };
    const { seen, counts, diskBytes } = await readHistory(files);
    expect(seen.map(({ principal }) => principal)).toEqual(
      ['first', 'second', 'third'].flatMap((name) => Array.from({ length: 50 }, () => name)),
    );
    expect(counts).toMatchObject({ records: 150, rejected: {}, skipped: 0, late: 0, notes: [] });
    expect(counts.bytes).toBe(
      statements(50, 0, 'first').length + statements(50, 0, 'second').length + statements(50, 0, 'third').length,
    );
    expect(diskBytes).toBe(Object.values(files).reduce((sum, { length }) => sum + length, 0));
  });

  it('are counted with those that are skipped and those that are rejected', async () => {
    const skipped = statementAt(1000).replace('"192.0.2.10:41234"', '');
    const { seen, counts } = await readHistory({
      'a.csv': `${statementAt(0)}${skipped}broken\x1b\n${statementAt(2000)}`,
    });
    expect(seen).toHaveLength(2);
    expect(counts).toMatchObject({ records: 4, skipped: 1 });
    expect(counts.rejected).toEqual({
      'not the columns of a csvlog record': {
        count: 1,
        where: `a.csv at byte ${statementAt(0).length + skipped.length}`,
        example: 'broken\\x1b',
      },
    });
  });

  it('are marked when they come more than five minutes late', async () => {
    const log = [0, 10 * MINUTE_MS, 5 * MINUTE_MS, 5 * MINUTE_MS - 1, 11 * MINUTE_MS]
      .map((ms) => statementAt(ms))
      .join('');
    const { seen, counts } = await readHistory({ 'a.csv': log });
    expect(seen.map(({ isLate }) => isLate)).toEqual([false, false, false, true, false]);
    expect(counts.late).toBe(1);
  });

  it('end where they are asked to, but for late ones', async () => {
    const log = [0, 1, 5, 2, 10, 3, 4000, 4].map((seconds) => statementAt(1000 * seconds)).join('');
    const { seen, counts } = await readHistory({ 'a.csv': log, 'b.csv': statements(5, 500_000) }, START + 5000);
    expect(seen.map(({ ms }) => ms / 1000)).toEqual([0, 1, 2, 3]);
    expect(counts.records).toBe(4);
  });

  it.each([
    ['is empty', { 'a.csv': '', 'b.csv': statements(3, 0) }, 3, /a\.csv is empty$/],
    [
      'breaks off',
      { 'a.csv.gz': gzipSync(statements(2000, 0)).subarray(0, 5000) },
      1,
      /breaks off .*; what could be read of it was judged$/,
    ],
    ['is no archive', { 'a.csv.gz': 'text', 'b.csv': statements(3, 0) }, 3, /a\.csv\.gz breaks off/],
  ])(
    'are read although a file %s, and a note says so',
    async (_, files: Record<string, string | Uint8Array>, least, note) => {
      const { seen, counts } = await readHistory(files);
      expect(seen.length).toBeGreaterThanOrEqual(least);
      expect(counts.notes).toEqual([expect.stringMatching(note)]);
    },
  );

  it('are none in a source without files', async () => {
    expect((await readHistory({})).seen).toEqual([]);
  });

  it('of a small file of JSON end without a rejection', async () => {
    const counts = emptyCounts();
    const files = temporaryFiles({ 'a.jsonl': azureRecord() + azureRecord() }).map((path) => ({
      path,
      firstTime: undefined,
    }));
    const stream = openSourceStream({ input: openHistoryInput(files, counts), parser: azure, reading: {}, counts });
    let records = 0;
    while (!stream.isEnded) {
      while (stream.next()) {
        records++;
      }
      await stream.load();
    }
    expect([records, counts.records, counts.rejected]).toEqual([2, 2, {}]);
  });

  it('of a file of several megabytes are all read, and its torn end is told', async () => {
    const { seen, counts } = await readHistory({ 'a.csv': `${statements(40_000, 0)}torn` });
    expect(seen).toHaveLength(40_000);
    expect(Object.values(counts.rejected).map(({ count }) => count)).toEqual([1]);
  });
});

it('counts a forged line as rejected, and hands it on to be judged', async () => {
  const counts = emptyCounts();
  const path = new URL('../parsers/stderr/samples/prefixes/debian-14.log', import.meta.url).pathname;
  const input = openHistoryInput([{ path, firstTime: undefined }], counts);
  const reading = { logLinePrefix: '%m [%p] %q%u@%d ' };
  const stream = openSourceStream({ input, parser: stderr, reading, counts });
  let forged = 0;
  while (!stream.isEnded) {
    while (stream.next()) {
      forged += stream.reader.view.class === ActivityClass.logForgery ? 1 : 0;
    }
    await stream.load();
  }

  expect(forged).toBeGreaterThan(0);
  expect(counts.rejected['a forged line']).toMatchObject({
    count: forged,
    where: expect.stringMatching(/^debian-14\.log at byte \d+$/),
  });
});
