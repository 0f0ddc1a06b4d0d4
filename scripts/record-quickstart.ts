/**
 * Records `examples/quickstart/logs/postgresql-<date>.csv[.gz]`: two weeks of a real PostgreSQL 17 that lives by a driven
 * clock, with real clients. Run on Linux: `npx node scripts/record-quickstart.ts` (a few minutes; needs libfaketime).
 */
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { type PostgresqlServer, SUPERUSER, startPostgresql } from '../test/servers/postgresql.ts';
import { openSession } from './record/clients.ts';
import { startDrivenClock } from './record/driven-clock.ts';
import { publishLog } from './record/publish-log.ts';
import { allDays, FIRST_DAY, HOUR, SECOND, utc } from './record/quickstart/calendar.ts';
import { createDatabase } from './record/quickstart/database.ts';
import { habits } from './record/quickstart/habits.ts';
import { incidents } from './record/quickstart/incidents.ts';
import { QUICKSTART_ADDRESSES } from './record/quickstart/logins.ts';
import { harmlessNoise } from './record/quickstart/noise.ts';
import { seededRandom } from './record/seeded-random.ts';
import { playTimeline, type Scene } from './record/timeline.ts';

const logs = new URL('../examples/quickstart/logs/', import.meta.url);

/** The name of a log of the days before the example begins: the server's start and the making of the database. */
const BEFORE = 'postgresql-2026-11-04';

const clock = startDrivenClock(FIRST_DAY - 2 * HOUR);
const server = await startPostgresql(17, {
  environment: clock.environment,
  settings: { log_filename: 'postgresql-%Y-%m-%d.log', log_rotation_age: '1d', max_connections: 60 },
});
try {
  await createDatabase(server);
  const stage = { server, random: seededRandom(20261105) };
  const scenes = [...habits(stage), ...harmlessNoise(server), ...incidents(stage), ...(await midnights(server))];
  await playTimeline(clock, scenes);
  await sleep(500); // until the collector has written what is left
  publish(server);
} finally {
  await server.stop();
  clock.remove();
}

/**
 * The collector looks at its clock only when something arrives, which then still goes to yesterday's file;
 * a session that is not logged itself wakes it at midnight.
 */
async function midnights(server: PostgresqlServer): Promise<Scene[]> {
  const unlogged = '-c log_statement=none -c log_disconnections=off';
  const login = { ...SUPERUSER, database: 'postgres', host: server.root, options: unlogged };
  const { client } = await openSession(server, login);
  return allDays().map((day) => ({
    time: utc(day, '00:00:01'),
    play: async (until) => {
      await client.query('SELECT pg_rotate_logfile()');
      await sleep(100); // real time: the collector is a process of its own
      await until(utc(day, '00:00:02') + SECOND);
    },
  }));
}

/** Writes the files of the two weeks: the newest as it is, the others compressed. */
function publish(server: PostgresqlServer): void {
  mkdirSync(logs, { recursive: true });
  for (const old of globSync('postgresql-*.csv*', { cwd: logs })) {
    rmSync(new URL(old, logs));
  }
  const files = server.logFiles().filter((file) => !basename(file).startsWith(BEFORE));
  for (const [index, file] of files.entries()) {
    const text = publishLog(readFileSync(file, 'utf8'), server, QUICKSTART_ADDRESSES);
    const isNewest = index === files.length - 1;
    const name = isNewest ? basename(file) : `${basename(file)}.gz`;
    writeFileSync(new URL(name, logs), isNewest ? text : gzipSync(text, { level: 9 }));
    console.log(`${name}: ${Buffer.byteLength(text)} bytes before compression`);
  }
}
