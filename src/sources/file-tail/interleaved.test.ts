import { appendFileSync, copyFileSync, globSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { random } from '../../../test/random.ts';
import type { Position } from '../source.ts';
import { lines, openTail, type Tail, temporaryFolder } from './testkit.ts';

/** By pattern, what may happen while its files are listed. */
const steps = vi.hoisted(() => new Map<string, () => void>());
vi.mock(import('./matching-files.ts'), async (original) => {
  const real = await original();
  return {
    ...real,
    matchingFiles(pattern: string) {
      steps.get(pattern)?.();
      const found = real.matchingFiles(pattern);
      steps.get(pattern)?.();
      return found;
    },
  };
});

/** Pieces of a log that is rotated after every third, by renaming and by copying and truncating in turn. */
const PIECES = 12;
const LINES = 20;
const WHOLE = lines('log', 0, LINES * PIECES);
/** What is read at once, so that a file takes several turns; turns after which there is a new reader, at least and at most. */
const BLOCK_BYTES = 600;
const [LEAST_TURNS, MOST_TURNS] = [20, 200];
const RUNS = 48;

/** What writes the log, one call of the system after another. */
function* writerOf(path: string): Generator<void> {
  for (let piece = 0; piece < PIECES; piece++) {
    appendFileSync(path, lines('log', LINES * piece, LINES * (piece + 1)));
    yield;
    if (piece % 3 === 2 && piece < PIECES - 1) {
      yield* rotate(path, piece % 2 === 0);
    }
  }
}

function* rotate(path: string, isCopied: boolean): Generator<void> {
  for (let n = globSync(`${path}.*`).length; n > 0; n--) {
    renameSync(`${path}.${n}`, `${path}.${n + 1}`);
    yield;
  }
  if (isCopied) {
    writeFileSync(`${path}.1`, '');
    yield;
    copyFileSync(path, `${path}.1`);
    yield;
    truncateSync(path);
  } else {
    renameSync(path, `${path}.1`);
    yield;
    writeFileSync(path, '');
  }
  yield;
}

interface Read {
  text: string;
  gaps: string[];
}

/** Reads all of a log while it is written, by one reader after another. */
async function readWhileWritten(seed: number): Promise<Read> {
  const next = random(seed);
  const path = join(temporaryFolder(), 'x.log');
  const writer = writerOf(path);
  const chance = 0.02 + 0.2 * next();
  const step = () => (next() < chance ? void writer.next() : undefined);
  steps.set(`${path}*`, step);
  const read: Read = { text: '', gaps: [] };
  for (let position: Position | undefined; read.text.length < WHOLE.length; ) {
    position = await readOn(openTail(`${path}*`, [], position), read, next, step);
  }
  return read;
}

async function readOn(tail: Tail, read: Read, next: () => number, step: () => void): Promise<Position> {
  const { reader } = tail;
  const bytes = new Uint8Array(BLOCK_BYTES);
  let isOpen = false;
  for (let turn = 0; turn < MOST_TURNS && read.text.length < WHOLE.length; turn++) {
    step();
    if (turn > LEAST_TURNS && next() < 0.02) {
      break;
    }
    await (next() < 0.3 ? nextTurn() : undefined);
    const got = isOpen ? await reader.read(bytes, 0, bytes.length) : 0;
    read.text += Buffer.from(bytes.subarray(0, got)).toString();
    if (got === 0 && (!isOpen || reader.isPartOver)) {
      isOpen = await reader.advance();
    }
  }
  read.gaps.push(...reader.takeGaps().map(({ what }) => what));
  reader.close();
  return tail.position();
}

it('reads each line once and in order, however reading, rotating and restarts interleave', async () => {
  const reads = await Promise.all(Array.from({ length: RUNS }, (_, seed) => readWhileWritten(seed)));

  expect(reads.flatMap(({ gaps }) => gaps)).toEqual([]);
  expect(reads.map(({ text }) => text === WHOLE)).toEqual(reads.map(() => true));
});
