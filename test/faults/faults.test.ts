import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type PostgresqlServer, startPostgresql, whyNoPostgresql } from '../servers/postgresql.ts';
import { whyNot } from '../why-not.ts';
import {
  runWithEnds,
  runWithFullDisk,
  runWithoutFile,
  runWithoutServer,
  runWithStops,
  runWithTwoOwners,
  runWithWrongClock,
} from './disturbances.ts';
import type { FaultOutcome } from './fault-outcome.ts';
import { runWithFaults } from './fault-run.ts';

// The program is started anew after each kill.
vi.setConfig({ testTimeout: 1_200_000, hookTimeout: 600_000 });

const KILLS = 20;
/** Several tries come meanwhile. */
const AWAY_MS = 2000;
const HOUR_MS = 3_600_000;
let undisturbed: FaultOutcome;

beforeAll(async () => {
  ({
    kills: {},
    ...undisturbed
  } = await runWithFaults(1, 0));
  expect(undisturbed.alerts.length).toBeGreaterThan(3);
  expect(undisturbed.messages.length).toBeGreaterThan(3);
});

describe('leaves the same alerts, counts, memory and messages', () => {
  it('however often it is killed', async () => {
    const seed = Number(process.env.VEDETTE_SEED ?? Date.now() % 1_000_000) + 1;
    const { kills, ...killed } = await runWithFaults(seed, KILLS);

    expect({ seed, ...killed }).toEqual({ seed, ...undisturbed });
    expect(Object.values(kills).reduce((sum, count) => sum + count, 0)).toBe(KILLS);
  });

  it('when its disk is full for a while', async ({ skip }) => {
    const outcome = await runWithFullDisk();

    skip(outcome === undefined, 'only root may mount a small disk');
    expect(outcome).toEqual(undisturbed);
  });

  it('when its file is away for a while', async () => {
    expect(await runWithoutFile(AWAY_MS)).toEqual(undisturbed);
  });

  it('when it is stopped for a while, again and again', async () => {
    expect(await runWithStops(3, AWAY_MS)).toEqual(undisturbed);
  });

  it('when it is told to end as soon as it is at work, again and again', async () => {
    expect(await runWithEnds(8)).toEqual(undisturbed);
  });

  it.each([-HOUR_MS, HOUR_MS, 72 * HOUR_MS])('when its clock is wrong by %i ms for a while', async (byMs) => {
    expect(await runWithWrongClock(byMs)).toEqual(undisturbed);
  });
});

const reason = whyNot(whyNoPostgresql(14));

describe.skipIf(reason !== undefined)('leaves the same in PostgreSQL', () => {
  let server: PostgresqlServer;

  beforeAll(async () => {
    server = await startPostgresql(14);
  });
  afterAll(() => server.stop());

  it('when the server is stopped for a while', async () => {
    expect(await runWithoutServer(server, AWAY_MS)).toEqual(undisturbed);
  });
});

describe.skipIf(reason !== undefined)('leaves the same in PostgreSQL', () => {
  let server: PostgresqlServer;

  beforeAll(async () => {
    server = await startPostgresql(14);
  });
  afterAll(() => server.stop());

  it('when another server takes the store over', async () => {
    expect(await runWithTwoOwners(server)).toEqual(undisturbed);
  });
});
