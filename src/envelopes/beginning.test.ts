import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { csvlog } from '../parsers/csvlog/csvlog.ts';
import { jsonlog } from '../parsers/jsonlog/jsonlog.ts';
import { stderr } from '../parsers/stderr/stderr.ts';
import { readAll } from '../parsers/testkit.ts';
import { unwrapped } from '../parsers/unwrapped.ts';
import { createBeginning, LOOKED_BYTES } from './beginning.ts';
import { createTextFeed } from './text-feed.ts';

const sampleOf = (path: string) => readFileSync(new URL(`../parsers/${path}`, import.meta.url), 'utf8');
const LINES = sampleOf('stderr/samples/default-15.log')
  .split(/^.*user "x$/m)[0]!
  .trimEnd()
  .split('\n');
const JSON_LINES = sampleOf('jsonlog/samples/postgresql-15.jsonl').trimEnd().split('\n');
const GERMAN = sampleOf('../postgres/languages/samples/german.csv');
const ENGLISH = GERMAN.split('\n')[0]!.replace(
  /"[^"]*",,,.*$/,
  '"connection received: host=192.0.2.9 port=5",,,,,,,,,"","not initialized",,0',
);

const inContainer = (lines: readonly string[]) =>
  lines.map((line) => `2026-11-21T10:00:00.123456789Z stderr F ${line}\n`).join('');

/** Logs, the first lines of which are unlike the others. */
const TEXT = unwrapped(stderr, 'text');
const LOGS = [
  ['a container behind words of another program', TEXT, `starting\nwaiting\n${inContainer(LINES)}`],
  ['jsonlog behind a broken object', unwrapped(jsonlog, 'json'), `"message":"x"},{"a":1}\n${JSON_LINES.join('\n')}\n`],
  [
    'objects, newest first',
    TEXT,
    LINES.map((log) => `${JSON.stringify({ log })}\n`)
      .reverse()
      .join(''),
  ],
  ['German behind a line in English', unwrapped(csvlog, 'csv'), `${ENGLISH}\n${GERMAN}`],
] as const;

describe.each(LOGS)('%s', (_, parser, log) => {
  it('is read alike, whatever the sizes of the reads', async () => {
    const atOnce = await readAll(parser, log);

    expect(atOnce.filter(({ step }) => step === 'activity').length).toBeGreaterThan(20);
    for (const sizes of [[7], [40], [333], [4096, 1]]) {
      expect(await readAll(parser, log, { sizes })).toEqual(atOnce);
    }
  });
});

describe('a log that grows', () => {
  it('is given on as far as it goes when no more comes at present', async () => {
    const [first, second] = LINES.slice(0, 2).map((line) => Buffer.from(inContainer([line])));
    const pieces = [first!, undefined, second!];
    const feed = createTextFeed('text');
    const source = (bytes: Uint8Array, at: number) => {
      const piece = pieces.shift();
      bytes.set(piece ?? [], at);
      return piece?.length ?? 0;
    };
    const bytes = Buffer.alloc(65_536);
    const texts: string[] = [];
    for (let i = 0; i < 3; i++) {
      texts.push(bytes.toString('utf8', 0, await feed.read(source, bytes, 0, bytes.length)));
    }

    expect(texts).toEqual([`${LINES[0]}\n`, `${LINES[1]}\n`, '']);
  });
});

describe('a beginning', () => {
  it('is cut anywhere, each piece keeping its place', () => {
    const beginning = createBeginning();
    beginning.add(Buffer.from('abc'), 10, true);
    beginning.add(Buffer.from('def'), 50, false);
    const placed = (count?: number) =>
      beginning.take(count).map(({ bytes, offset }) => `${bytes.toString()}@${offset}`);

    expect(placed(1)).toEqual(['a@10']);
    expect(placed(3)).toEqual(['bc@11', 'd@50']);
    expect([beginning.length, beginning.heldOffset]).toEqual([2, 50]);
    expect(placed()).toEqual(['ef@50']);
    expect([beginning.length, beginning.heldOffset]).toEqual([0, undefined]);
  });

  it('is looked at no further than it says', () => {
    const beginning = createBeginning();
    beginning.add(Buffer.alloc(LOOKED_BYTES - 1), 0, true);
    expect(beginning.isEnough).toBe(false);
    beginning.add(Buffer.alloc(2), LOOKED_BYTES - 1, true);
    expect([beginning.isEnough, beginning.text().length]).toEqual([true, LOOKED_BYTES]);
  });
});
