import { setTimeout as pause } from 'node:timers/promises';
import type { FaultName } from '../../src/lib/fault-point.ts';
import { openStore } from '../../src/store/open-store.ts';
import { type ServedFolder, servedFolder, until } from '../live/serving.ts';
import { random } from '../random.ts';
import { memoryOf } from './memory-of.ts';
import { rotatingLog } from './rotating-log.ts';

/** Where processes are killed, and up to which time of coming there. */
const POINTS: readonly [FaultName, number][] = [
  ['read', 6],
  ['judge', 10],
  ['upsert', 2],
  ['upserted', 2],
  ['checkpoint', 3],
  ['checkpointed', 3],
  ['rotate', 2],
  ['migrate', 1],
];
/** A point that is not reached within this time is never reached: then the process is killed as it is. */
const PATIENCE_MS = 4000;
/** When nothing has changed for so long, all has been judged: checkpoints are more frequent by far. */
const QUIET_MS = 4000;
/** Checkpoints so often that there is something to be killed at. */
const ENVIRONMENT = { VEDETTE_SAVE_MS: '250' };

/** What is left when all of a log has been judged. */
export interface FaultOutcome {
  /** Version and canonical JSON of each alert. */
  alerts: string[];
  /** What each detector has learned. */
  state: Record<string, string>;
  /** How often the process was killed, by where. */
  kills: Record<string, number>;
}

/** @param kills how often the process is killed while the log is written */
export async function runWithFaults(seed: number, kills: number): Promise<FaultOutcome> {
  const next = random(seed);
  const pieces = Math.max(30, kills);
  const folder = servedFolder({});
  const log = rotatingLog(folder.path, pieces, random(7)); // the same log, whatever the seed
  folder.configure({
    resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path: log.pattern, format: 'csvlog' }] }],
  });
  const counts: Record<string, number> = {};
  for (let kill = 0; kill < kills; kill++) {
    const [name, most] = POINTS[kill === 0 ? POINTS.length - 1 : Math.floor(next() * POINTS.length)]!;
    const place = await killOnce(folder, `${name}:${1 + Math.floor(next() * most)}`, () => log.steps.shift()?.());
    counts[place] = (counts[place] ?? 0) + 1;
    if (kill === 0) {
      await shareSecret(folder); // not before: the first one is killed while it makes the tables
    }
  }
  if (kills === 0) {
    await shareSecret(folder);
  }
  const serving = folder.start(ENVIRONMENT);
  while (log.steps.length > 0) {
    log.steps.shift()!();
    await pause(20);
  }
  await until('it is at work', () => serving.text().includes('watching'));
  await settled(folder);
  await serving.end('SIGTERM');
  return { ...leftIn(folder, log.pattern), kills: counts };
}

/** Hashes of statements depend on a secret of the store: with the same one equal memories are equal. */
async function shareSecret({ path }: ServedFolder): Promise<void> {
  const store = await openStore('sqlite:data/vedette.db', { directory: path });
  await store.documents.put({ kind: 'engine', scope: 'hash-key', body: { low: 7, high: 11 }, time: 0 });
  await store.close();
}

/** Runs the server until it comes to where it is killed; something is written meanwhile. Tells where it was. */
async function killOnce(folder: ServedFolder, fault: string, write: () => void): Promise<string> {
  const serving = folder.start({ ...ENVIRONMENT, VEDETTE_FAULT: fault });
  const { promise: ended, resolve } = Promise.withResolvers<boolean>();
  serving.process.once('close', () => resolve(true));
  write();
  const isKilled = await Promise.race([ended, pause(PATIENCE_MS, false)]);
  await serving.end('SIGKILL');
  return isKilled ? fault.replace(/:.*/, '') : 'anywhere';
}

/** Waits until nothing changes any more. */
async function settled(folder: ServedFolder): Promise<void> {
  let before = '';
  let since = Date.now();
  await until('nothing changes any more', () => {
    const now = JSON.stringify([folder.alerts(), folder.state()?.length]);
    since = now === before ? since : Date.now();
    before = now;
    return folder.state() !== undefined && Date.now() - since > QUIET_MS;
  });
}

function leftIn(folder: ServedFolder, pattern: string): Omit<FaultOutcome, 'kills'> {
  const alerts = folder.alerts().map(({ alert, version }) => `${version} ${JSON.stringify(alert)}`);
  return {
    // the folder differs, and which name a file had when a line was read is a matter of time
    alerts: alerts.map((alert) => alert.replaceAll(folder.path, '').replace(/live\.csv\.\d/g, 'live.csv')),
    state: memoryOf(folder.state()!, `${pattern} csvlog`),
  };
}
