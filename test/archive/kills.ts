import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FaultName } from '../../src/lib/fault-point.ts';

/** Where the writer of an archive is killed, and up to which time of coming there. */
export const KILL_POINTS: readonly (readonly [FaultName, number])[] = [
  ['spool-part', 12],
  ['spooled', 4],
  ['checkpoint', 4],
  ['checkpointed', 4],
  ['archive-written', 2],
  ['archive-moved', 6],
  ['archive-merged', 2],
  ['archive-renamed', 4],
  ['archive-listed', 4],
  ['archive-released', 2],
];

/** Runs the writer until it is killed there; where it never comes, until it has done its rounds. Tells which of both. */
export async function killedAt(directory: string, point: FaultName, time: number, seed: number): Promise<boolean> {
  const { signal } = await runWriter(directory, seed, { VEDETTE_FAULT: `${point}:${time}` });
  return signal === 'SIGKILL';
}

/** Runs the writer to its end. */
export async function runWriter(
  directory: string,
  seed: number,
  environment: Record<string, string> = {},
): Promise<Ended> {
  return runScript('killed-writer.ts', [directory, String(seed)], environment);
}

/** How a process ended, and what it wrote to standard error. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  errors: string;
}

/** Runs a script of this folder. */
export async function runScript(
  name: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(name, import.meta.url)), ...args], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (text: Buffer) => {
    errors += text.toString();
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, errors };
}

/** What a loss of power may leave besides: half a block behind what was committed, half a file that no row names. */
export function tear(directory: string): void {
  for (const path of globSync(join(directory, 'archive/spool/*/*.spool'))) {
    appendFileSync(path, 'VAB1\u0001torn');
  }
  const folder = join(directory, 'archive/activities/day=2026-11-03');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'torn.parquet'), 'PAR1torn');
}
