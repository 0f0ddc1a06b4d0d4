import { appendFileSync, copyFileSync, existsSync, globSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../run-vedette.ts';
import { unpackedLog } from '../unpacked-log.ts';

const NEWLINE = 0x0a;

/** A log that a server writes in steps, and that is rotated on the way; the same bytes each time. */
export interface RotatingLog {
  /** What matches all of its files. */
  pattern: string;
  /** Of all of it. */
  bytes: number;
  /** To be called one after another. */
  steps: (() => void)[];
}

/**
 * Two weeks of a server in pieces that end anywhere, in the middle of a record too. After a third it is rotated by
 * renaming, after two thirds by copying and truncating.
 */
export function rotatingLog(folder: string, pieces: number, random: () => number): RotatingLog {
  const path = join(folder, 'live.csv');
  const whole = Buffer.concat(
    globSync(join(ROOT, 'examples/quickstart/logs/postgresql-*.csv*')).sort().map(unpackedLog),
  );
  const rotations = [Math.floor(pieces / 3), Math.floor((2 * pieces) / 3)];
  const ends = Array.from({ length: pieces }, (_, i) => {
    const rough = Math.floor(((i + (i === pieces - 1 ? 1 : 0.3 + 0.7 * random())) * whole.length) / pieces);
    return rotations.includes(i) ? whole.indexOf(NEWLINE, rough) + 1 : Math.min(rough, whole.length);
  });
  ends[pieces - 1] = whole.length;
  const steps = ends.map((end, i) => () => {
    appendFileSync(path, whole.subarray(i === 0 ? 0 : ends[i - 1], end));
    if (i === rotations[0]) {
      renameSync(path, `${path}.1`);
      writeFileSync(path, '');
    } else if (i === rotations[1]) {
      rotateByCopy(path);
    }
  });
  return { pattern: `${path}*`, bytes: whole.length, steps };
}

function rotateByCopy(path: string): void {
  if (existsSync(`${path}.1`)) {
    renameSync(`${path}.1`, `${path}.2`);
  }
  copyFileSync(path, `${path}.1`);
  truncateSync(path);
}
