import { setTimeout as pause } from 'node:timers/promises';
import type { FaultName } from '../../src/lib/fault-point.ts';
import { until } from '../live/until.ts';
import { random } from '../random.ts';
import type { FaultOutcome } from './fault-outcome.ts';
import { openStage, PATIENCE_MS, type Stage } from './stage.ts';

/** Where processes are killed, and up to which time of coming there. */
const POINTS: readonly [FaultName, number][] = [
  ['read', 6],
  ['judge', 10],
  ['upsert', 2],
  ['upserted', 2],
  ['spooled', 2],
  ['checkpoint', 3],
  ['checkpointed', 3],
  ['rotate', 2],
  ['notify', 1],
];
/** While the tables are made: before the second migration, then before the third. */
const FIRST_KILLS = ['migrate:2', 'migrate:2'];
/** Pieces of the log, at most, for the server to come to its point; each has so long. Then it is killed as it is. */
const PIECES = 3;
const PIECE_MS = 800;

/** @param kills how often the process is killed while the log is written */
export async function runWithFaults(
  seed: number,
  kills: number,
  storeUrl?: string,
): Promise<FaultOutcome & { kills: Record<string, number> }> {
  const next = random(seed);
  const stage = await openStage(storeUrl);
  const counts: Record<string, number> = {};
  try {
    for (let kill = 0; kill < kills; kill++) {
      const [name, most] = POINTS[Math.floor(next() * POINTS.length)]!;
      const fault = FIRST_KILLS[kill] ?? `${name}:${1 + Math.floor(next() * most)}`;
      const place = await killOnce(stage, fault);
      counts[place] = (counts[place] ?? 0) + 1;
      if (kill === FIRST_KILLS.length - 1) {
        await stage.shareSecret(); // not before: they are killed while they make the tables
      }
    }
    if (kills < FIRST_KILLS.length) {
      await stage.shareSecret();
    }
    return { ...(await stage.finish(stage.start())), kills: counts };
  } finally {
    await stage.close();
  }
}

/** Runs the server until it comes to where it is killed; the log grows meanwhile. Tells where it was. */
async function killOnce(stage: Stage, fault: string): Promise<string> {
  const serving = stage.start({ VEDETTE_FAULT: fault });
  let isKilled = false;
  void serving.ended.then(() => {
    isKilled = true;
  });
  await stage.write(1);
  await until('it is at work', () => isKilled || serving.text().includes('watching'), PATIENCE_MS);
  for (let piece = 1; piece <= PIECES && !isKilled; piece++) {
    await Promise.race([serving.ended, pause(PIECE_MS)]);
    if (!isKilled && piece < PIECES) {
      await stage.write(1);
    }
  }
  const place = isKilled ? fault.replace(/:.*/, '') : 'anywhere';
  await serving.end('SIGKILL');
  return place;
}
