import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DAY_MS, HOUR_MS, START } from '../../bench/quality/fleet/calendar.ts';
import { randomOf } from '../../bench/quality/fleet/draws.ts';
import { SERVER_ATTACKS } from '../../bench/quality/fleet/postgresql/attacks/index.ts';
import { HABITS } from '../../bench/quality/fleet/postgresql/habits/index.ts';
import { createServerLog } from '../../bench/quality/fleet/postgresql/server-log.ts';
import { createServerWorld, type ServerWorld } from '../../bench/quality/fleet/postgresql/server-world.ts';
import { detectors } from '../../src/detectors/index.ts';
import type { LivePlan } from '../../src/live/live-plan.ts';
import type { Alert } from '../../src/model/alert.ts';
import { parseResourceId } from '../../src/model/resource-id.ts';
import { judgeInThread, type PartOutcome } from './judge-live.ts';

// Two million records are written and judged; on a busy machine that takes minutes.
vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

/** Made-up users, each from a made-up address; and as many made-up applications. */
const COUNT = 1_000_000;
const MOST_STATE_BYTES = 50_000_000;
/** The flood fills an hour of this day, which is left out of what goes on otherwise. */
const FLOOD = START + 24 * DAY_MS + 2 * HOUR_MS;
/** A server on the internet, with attacks before and after the flood. */
const WORLD = { seed: 5, days: 44, attacks: [16, 19, 27, 30, 33, 36, 39] };

let folder: string;
let calm: PartOutcome;
let flooded: PartOutcome;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-flood-'));
  const world = livelyWorld();
  const rows = world.log.rows.sort((a, b) => a.time - b.time);
  const part = (from: number, to: number) =>
    rows.flatMap(({ time, text }) => (time >= from && time < to ? [text] : [])).join('');
  const [before, after] = [part(0, FLOOD), part(FLOOD + HOUR_MS, Number.POSITIVE_INFINITY)];
  const logs = ['calm.csv', 'flooded.csv'].map((name) => join(folder, name));
  for (const [index, path] of logs.entries()) {
    const file = openSync(path, 'w');
    writeSync(file, before);
    if (index > 0) {
      writeFlood(world, file);
    }
    writeSync(file, after);
    closeSync(file);
  }
  const parts = logs.map((path) => ({ plan: planOf(path), records: Number.POSITIVE_INFINITY }));
  [calm, flooded] = (await judgeInThread(parts)) as [PartOutcome, PartOutcome];
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is judged to its end', () => {
  expect(flooded.counts.records - calm.counts.records).toBe(2 * COUNT);
});

it('leaves less than 50 MB of memory', () => {
  expect(flooded.state.length).toBeLessThan(MOST_STATE_BYTES);
  expect(flooded.state.length).toBeGreaterThan(calm.state.length);
});

it('is told itself', () => {
  expect(verdicts(flooded).filter(isOfFlood).length).toBeGreaterThan(0);
  expect(verdicts(calm).filter(isOfFlood)).toEqual([]);
});

it('changes no other verdict, and nobody who logs in is forgotten', () => {
  const others = verdicts(flooded).filter((verdict) => !isOfFlood(verdict));

  expect(verdicts(calm).length).toBeGreaterThan(5);
  expect(others).toEqual(verdicts(calm));
});

/** Whether it was told of the hour of the flood. */
function isOfFlood(verdict: string): boolean {
  const time = Date.parse(verdict.slice(0, verdict.indexOf(' ')));
  return time >= FLOOD && time < FLOOD + HOUR_MS;
}

function alertsOf({ alerts }: PartOutcome): Alert[] {
  return [...alerts.values()].map((text) => JSON.parse(text.slice(text.indexOf(' '))) as Alert);
}

/** What was told of whom, when and how gravely, but for incidents, which tell it again. */
function verdicts(outcome: PartOutcome): string[] {
  return alertsOf(outcome)
    .filter(({ properties }) => !properties.isIncident)
    .map(({ properties: { startTimeUtc, alertType, severity, extendedProperties: more } }) =>
      [startTimeUtc, alertType, more.Variant, severity, more.Principal, more['Client IP address']].join(' '),
    )
    .sort();
}

/** The first world of a seed whose company is reached over the internet and logs all statements. */
function livelyWorld(): ServerWorld {
  for (let n = 1; ; n++) {
    const world = createServerWorld(WORLD.seed, `pg-${n}`, WORLD.days, ['185.220.101.1']);
    if (world.company.isPublic && world.style === 'all') {
      for (const habit of HABITS) {
        habit(world);
      }
      const attacks = SERVER_ATTACKS.filter((attack) => attack.suits(world) && attack.difficulty === 'plain');
      for (const [index, day] of WORLD.attacks.entries()) {
        attacks[(index * 5) % attacks.length]!.run(world, world.random('attack', day), START + day * DAY_MS);
      }
      return world;
    }
  }
}

function writeFlood(world: ServerWorld, file: number): void {
  const log = createServerLog(randomOf(WORLD.seed, 'flood'), 'all');
  const stepMs = HOUR_MS / (2 * COUNT + 1);
  for (let n = 0; n < COUNT; n++) {
    const address = `${11 + (n >> 16) * 3}.${(n >> 8) & 255}.${n & 255}.${7 + (n % 200)}`;
    log.refuse(FLOOD + 2 * n * stepMs, world.client(`made-up-${n}`, '', address), 'unknown');
    log.session(FLOOD + (2 * n + 1) * stepMs, world.client('guest', `made-up-${n}`, world.company.office.first), []);
    // Of each try the line that tells all, and of each session the login.
    const told = log.rows.filter(({ text }) => /FATAL|connection authorized/.test(text)).map(({ text }) => text);
    log.rows.length = 0;
    writeSync(file, told.join(''));
  }
}

function planOf(path: string): LivePlan {
  const resource = parseResourceId('orders', 'postgresql');
  if ('problem' in resource) {
    throw new Error(resource.problem);
  }
  return {
    resource,
    settings: Object.fromEntries(detectors.map(({ id, settings }) => [id, settings.parse({})])),
    logs: [{ id: 'log', inputs: [{ id: 'log', source: 'file-tail', format: 'csvlog', options: { history: [path] } }] }],
    isArchived: false,
    alertsFrom: 0,
    isOn: true,
  };
}
