/**
 * Disturbs the server in every way that `test/faults` knows, often, in two runs at a time: `npm run bench:faults [--
 * --kills 300 --seed 1 --no-others]`. Prints markdown; exits with 1 when a run leaves anything else than an undisturbed one.
 */
import { parseArgs } from 'node:util';
import {
  postgresqlUrl,
  runWithFullDisk,
  runWithoutFile,
  runWithoutServer,
  runWithTwoOwners,
} from '../../test/faults/disturbances.ts';
import type { FaultOutcome } from '../../test/faults/fault-outcome.ts';
import { runWithFaults } from '../../test/faults/fault-run.ts';
import { type PostgresqlServer, startPostgresql } from '../../test/servers/postgresql.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    /** What else there is than kills. */
    others: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
/** Of one run over the log. */
const KILLS_OF_RUN = 20;
const AT_A_TIME = 2;
const AWAY_MS = 60_000;
/** The oldest version that is supported. */
const POSTGRESQL = 14;

const { kills: _, ...undisturbed } = await runWithFaults(1, 0);
print(
  `- undisturbed: ${undisturbed.alerts.length} alerts, ${undisturbed.messages.length} messages, ${undisturbed.hash}`,
);
const killed: Record<string, number> = {};
const runs = Math.ceil(Number(values.kills) / KILLS_OF_RUN);
const seeds = Array.from({ length: runs }, (_, run) => Number(values.seed) + run).values();
await Promise.all(Array.from({ length: AT_A_TIME }, () => killAll(seeds)));
const byPlace = Object.entries(killed).map(([place, count]) => `${place} ${count}`);
print(`- killed ${Object.values(killed).reduce((sum, count) => sum + count, 0)} times: ${byPlace.join(', ')}`);
if (values.others) {
  await disturb();
}

/** Takes seeds as long as there are any. Every other run writes to PostgreSQL. */
async function killAll(seeds: Iterable<number>): Promise<void> {
  for (const seed of seeds) {
    if (seed % 2 === 0) {
      await withServer((server) => kill(`seed ${seed}, PostgreSQL`, seed, postgresqlUrl(server)));
    } else {
      await kill(`seed ${seed}, SQLite`, seed);
    }
  }
}

async function disturb(): Promise<void> {
  const full = await runWithFullDisk();
  if (full !== undefined) {
    compare('disk full for a while', full);
  }
  compare('file away for a minute', await runWithoutFile(AWAY_MS));
  await withServer(async (server) => compare('PostgreSQL away for a minute', await runWithoutServer(server, AWAY_MS)));
  await withServer(async (server) => compare('two owners', await runWithTwoOwners(server)));
}

async function kill(name: string, seed: number, storeUrl?: string): Promise<void> {
  const { kills, ...outcome } = await runWithFaults(seed, KILLS_OF_RUN, storeUrl);
  for (const [place, count] of Object.entries(kills)) {
    killed[place] = (killed[place] ?? 0) + count;
  }
  compare(`${KILLS_OF_RUN} kills, ${name}`, outcome);
}

async function withServer(use: (server: PostgresqlServer) => Promise<void>): Promise<void> {
  const server = await startPostgresql(POSTGRESQL);
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

/** Tells in what the outcome differs from the undisturbed one. */
function compare(name: string, outcome: FaultOutcome): void {
  const parts = Object.keys(undisturbed) as (keyof FaultOutcome)[];
  const different = parts.filter((part) => JSON.stringify(outcome[part]) !== JSON.stringify(undisturbed[part]));
  print(`- ${name}: ${different.length === 0 ? 'no difference' : `**differs** in ${different.join(', ')}`}`);
  process.exitCode = different.length === 0 ? process.exitCode : 1;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
