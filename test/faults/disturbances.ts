import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Serving } from '../live/served-folder.ts';
import { until } from '../live/until.ts';
import { ROOT } from '../run-vedette.ts';
import { type PostgresqlServer, SUPERUSER } from '../servers/postgresql.ts';
import type { FaultOutcome } from './fault-outcome.ts';
import { mountSmallDisk } from './small-disk.ts';
import { openStage, PATIENCE_MS, type Stage } from './stage.ts';

const NOT_WRITTEN = 'the store cannot be written';
/** Room for the store of the log, and for little more. */
const DISK_MB = 48;

/** Runs with a disk that is full for a while; undefined where this process may mount none. */
export async function runWithFullDisk(): Promise<FaultOutcome | undefined> {
  const stage = await openStage();
  const disk = mountSmallDisk(join(stage.folder.path, 'data'), DISK_MB);
  try {
    if (disk === undefined) {
      return undefined;
    }
    return await disturbed(stage, async () => {
      disk.fill();
      return () => disk.empty();
    });
  } finally {
    await stage.folder.kill();
    disk?.remove();
    await stage.close();
  }
}

/** Runs with a file of SQLite that is not in its place for a while. @param awayMs at least */
export async function runWithoutFile(awayMs: number): Promise<FaultOutcome> {
  const stage = await openStage();
  const file = join(stage.folder.path, 'data/vedette.db');
  try {
    return await disturbed(stage, async () => {
      renameSync(file, `${file}.away`);
      return async () => {
        await pause(awayMs);
        renameSync(`${file}.away`, file);
      };
    });
  } finally {
    await stage.close();
  }
}

/** Runs with a PostgreSQL server that is stopped for a while. @param awayMs at least */
export async function runWithoutServer(server: PostgresqlServer, awayMs: number): Promise<FaultOutcome> {
  const stage = await openStage(postgresqlUrl(server));
  try {
    return await disturbed(stage, async () => {
      await server.stop('keep');
      return async () => {
        await pause(awayMs);
        await server.startAgain();
      };
    });
  } finally {
    await stage.close();
  }
}

/**
 * Two servers with one store, the second started while the first is at work: it takes the shards, and whatever the first
 * one goes on judging is refused.
 */
export async function runWithTwoOwners(server: PostgresqlServer): Promise<FaultOutcome> {
  const stage = await openStage(postgresqlUrl(server));
  try {
    await stage.shareSecret();
    const former = stage.start();
    await until('the first is at work', () => former.text().includes('watching'), PATIENCE_MS);
    await stage.write(10);
    const present = stage.startBeside();
    await until('the second is at work', () => present.text().includes('watching'), PATIENCE_MS);
    await stage.write(10);
    await until('the first is refused', () => former.text().includes('belongs to another process now'), PATIENCE_MS);
    return await stage.finish(present);
  } finally {
    await stage.close();
  }
}

/** The process is stopped for a while, again and again, as a machine does that is short of time. */
export async function runWithStops(stops: number, stoppedMs: number): Promise<FaultOutcome> {
  const stage = await openStage();
  try {
    const serving = await atWork(stage);
    for (let stop = 0; stop < stops; stop++) {
      await stage.write(4);
      serving.process.kill('SIGSTOP');
      await stage.write(6);
      await pause(stoppedMs);
      serving.process.kill('SIGCONT');
    }
    return await stage.finish(serving);
  } finally {
    await stage.close();
  }
}

/** The server is told to end as soon as it is at work, again and again, while it is behind. */
export async function runWithEnds(ends: number): Promise<FaultOutcome> {
  const stage = await openStage();
  try {
    await stage.write(10);
    for (let end = 0; end < ends; end++) {
      const serving = await atWork(stage);
      await stage.write(2);
      await serving.end('SIGTERM');
    }
    return await stage.finish(stage.start());
  } finally {
    await stage.close();
  }
}

/** The clock on the wall is wrong for a while, and is set right. @param byMs by which it is wrong */
export async function runWithWrongClock(byMs: number): Promise<FaultOutcome> {
  const stage = await openStage();
  const clock = join(stage.folder.path, 'clock');
  writeFileSync(clock, '0');
  try {
    const options = `--import ${join(ROOT, 'test/faults/shifted-clock.ts')}`;
    const serving = await atWork(stage, { NODE_OPTIONS: options, SHIFTED_CLOCK: clock });
    await stage.write(20);
    writeFileSync(clock, String(byMs));
    await stage.write(20);
    writeFileSync(clock, '0');
    return await stage.finish(serving);
  } finally {
    await stage.close();
  }
}

async function atWork(stage: Stage, environment: NodeJS.ProcessEnv = {}): Promise<Serving> {
  await stage.shareSecret();
  const serving = stage.start(environment);
  await until('it is at work', () => serving.text().includes('watching'), PATIENCE_MS);
  return serving;
}

export function postgresqlUrl(server: PostgresqlServer): string {
  return `postgres://${SUPERUSER.user}:${SUPERUSER.password}@127.0.0.1:${server.port}/postgres`;
}

/** @param disturb begins a disturbance and gives what ends it */
async function disturbed(stage: Stage, disturb: () => Promise<() => void | Promise<void>>): Promise<FaultOutcome> {
  const serving = await atWork(stage);
  await stage.write(10);
  const mend = await disturb();
  await stage.write(10);
  await until('the store is missed', () => serving.text().includes(NOT_WRITTEN), PATIENCE_MS);
  await mend();
  return stage.finish(serving);
}
