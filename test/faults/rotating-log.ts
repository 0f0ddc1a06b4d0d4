import { appendFileSync, copyFileSync, globSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../live/failure.ts';
import { ROOT } from '../run-vedette.ts';
import { unpackedLog } from '../unpacked-log.ts';

const NEWLINE = 0x0a;
/** Pieces between two rotations, and guesses of an incident. */
const ROTATE_EVERY = 3;
const GUESSES = 12;
/** Who guesses, by turns: each again after more than a day, so that it is another alert. */
const GUESSERS = 7;
/** Between two pieces, and behind a rotation: what is truncated and grows again at once looks as if it had only grown. */
const WRITE_MS = 20;
const ROTATED_MS = 500;
/** What a record begins with, in any session. */
const RECORD = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) UTC,/;

/** A log that a server writes in steps, and that is rotated on the way; the same bytes each time. */
export interface RotatingLog {
  /** What matches all of its files. */
  pattern: string;
  /** Of all of it. */
  bytes: number;
  /** To be called one after another; each gives how long the server writes nothing behind it, milliseconds. */
  steps: (() => number)[];
}

/**
 * Two weeks of a server in pieces that end anywhere, in the middle of a record too, with somebody who guesses passwords
 * in each of them. After every third it is rotated: by renaming, and by copying and truncating, in turn.
 */
export function rotatingLog(folder: string, pieces: number, random: () => number): RotatingLog {
  const path = join(folder, 'live.csv');
  const quiet = Buffer.concat(
    globSync(join(ROOT, 'examples/quickstart/logs/postgresql-*.csv*')).sort().map(unpackedLog),
  );
  const whole = withIncidents(quiet, pieces);
  const isRotated = (i: number) => i % ROTATE_EVERY === ROTATE_EVERY - 1 && i < pieces - 1;
  const ends = Array.from({ length: pieces }, (_, i) => {
    const rough = Math.floor(((i + (i === pieces - 1 ? 1 : 0.3 + 0.7 * random())) * whole.length) / pieces);
    return isRotated(i) ? whole.indexOf(NEWLINE, rough) + 1 : Math.min(rough, whole.length);
  });
  const steps = ends.map((end, i) => () => {
    appendFileSync(path, whole.subarray(i === 0 ? 0 : ends[i - 1], end));
    if (isRotated(i)) {
      rotate(path, i % 2 === 0);
    }
    return isRotated(i) ? ROTATED_MS : WRITE_MS;
  });
  return { pattern: `${path}*`, bytes: whole.length, steps };
}

/** The log with an incident in about the middle of each piece, at the time of the record behind it. */
function withIncidents(log: Buffer, count: number): Buffer {
  const parts: Buffer[] = [];
  let start = 0;
  for (let i = 0; i < count; i++) {
    for (let at = Math.floor(((i + 0.5) * log.length) / count); at > 0; ) {
      at = log.indexOf(NEWLINE, at) + 1;
      const time = RECORD.exec(log.toString('latin1', at, at + 40))?.[1];
      if (time !== undefined) {
        parts.push(log.subarray(start, at), incident(Date.parse(`${time.replace(' ', 'T')}Z`), i));
        start = at;
        break;
      }
    }
  }
  return Buffer.concat([...parts, log.subarray(start)]);
}

function incident(time: number, number: number): Buffer {
  const address = `198.51.100.${1 + (number % GUESSERS)}`;
  return Buffer.from(Array.from({ length: GUESSES }, (_, i) => failure(time, i, `guess${i}`, address)).join(''));
}

/** The file becomes the first of the older ones, each of which gets the next number. */
function rotate(path: string, isCopied: boolean): void {
  for (let n = globSync(`${path}.*`).length; n > 0; n--) {
    renameSync(`${path}.${n}`, `${path}.${n + 1}`);
  }
  if (isCopied) {
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
  } else {
    renameSync(path, `${path}.1`);
    writeFileSync(path, '');
  }
}
