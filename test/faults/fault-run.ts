import { setTimeout as pause } from 'node:timers/promises';
import type { FaultName } from '../../src/lib/fault-point.ts';
import { until } from '../live/until.ts';
import { random } from '../random.ts';
import type { FaultOutcome } from './fault-outcome.ts';
import { openStage, PATIENCE_MS, type Stage } from './stage.ts';

/** Where processes are killed, and up to which time of coming there; each as often as the others. */
const POINTS: readonly [FaultName, number][] = [
  ['read', 4],
  ['judge', 5],
  ['upsert', 2],
  ['upserted', 2],
  ['spooled', 1],
  ['checkpoint', 2],
  ['checkpointed', 1],
  ['rotate', 2],
  ['notify', 1],
];
/** While the tables are made: before the second migration, then before the third. */
const FIRST_KILLS = ['migrate:2', 'migrate:2'];
/** A piece of the log has so long to bring the server to its point; the last one that it may have, longer. */
const PIECE_MS = 1500;
const LAST_MS = 10_000;

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
    for (const [kill, fault] of faultsOf(kills, next).entries()) {
      const place = await killOnce(stage, fault, Math.max(1, Math.floor(stage.left / (kills - kill))));
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

/** Rounds of all points, each round in another order. */
function faultsOf(kills: number, next: () => number): string[] {
  const faults = FIRST_KILLS.slice(0, kills);
  while (faults.length < kills) {
    const round = POINTS.map(([name, most]) => ({ fault: `${name}:${1 + Math.floor(next() * most)}`, order: next() }));
    faults.push(...round.sort((a, b) => a.order - b.order).map(({ fault }) => fault));
  }
  return faults.slice(0, kills);
}

/**
 * Runs the server until it comes to where it is killed; the log grows meanwhile. Tells where it was.
 *
 * @param pieces of the log that may be written for it
 */
async function killOnce(stage: Stage, fault: string, pieces: number): Promise<string> {
  const serving = stage.start({ VEDETTE_FAULT: fault });
  let isKilled = false;
  void serving.ended.then(() => {
    isKilled = true;
  });
  await stage.write(1);
  await until('it is at work', () => isKilled || serving.text().includes('watching'), PATIENCE_MS);
  for (let piece = 1; piece <= pieces && !isKilled; piece++) {
    await Promise.race([serving.ended, pause(piece < pieces ? PIECE_MS : LAST_MS)]);
    if (!isKilled && piece < pieces) {
      await stage.write(1);
    }
  }
  const place = isKilled ? fault.replace(/:.*/, '') : 'anywhere';
  await serving.end('SIGKILL');
  return place;
}
