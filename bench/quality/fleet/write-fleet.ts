import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { torExitsOf, writeAddressLists } from './address-lists.ts';
import { DAY_MS, START } from './calendar.ts';
import { ACCOUNT_ATTACKS } from './cosmos/account-attacks.ts';
import { ACCOUNT_HABITS } from './cosmos/account-habits.ts';
import { type AccountWorld, createAccountWorld } from './cosmos/account-world.ts';
import { deliver } from './delivery.ts';
import { randomOf } from './draws.ts';
import type { Attack, BenignCase, Truth } from './label.ts';
import { SERVER_ATTACKS } from './postgresql/attacks/index.ts';
import { HABITS } from './postgresql/habits/index.ts';
import { createServerWorld, type ServerWorld } from './postgresql/server-world.ts';
import { createSchedule } from './schedule.ts';

type Resource = Truth['resources'][number];

/** Size and seed of a simulated fleet: all that its logs depend on. */
export interface FleetPlan {
  seed: number;
  servers: number;
  accounts: number;
  days: number;
}

/** Writes the logs, the lists of addresses, `vedette.yaml` and `truth.json` of a fleet, unless they are there already. */
export function writeFleet(plan: FleetPlan, folder: string): Truth {
  const stamp = JSON.stringify({ code: hashOfCode(), ...plan });
  const made = join(folder, 'made-from.json');
  if (!(existsSync(made) && readFileSync(made, 'utf8') === stamp)) {
    const part = `${folder}.part`;
    rmSync(part, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(part, { recursive: true });
    generate(plan, part);
    writeFileSync(join(part, 'made-from.json'), stamp);
    renameSync(part, folder);
  }
  return JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Truth;
}

/** Files are made anew when the simulator changes. */
function hashOfCode(): string {
  const hash = createHash('sha256');
  for (const path of globSync('**/*.ts', { cwd: import.meta.dirname }).sort()) {
    hash.update(readFileSync(join(import.meta.dirname, path)));
  }
  return hash.digest('hex');
}

function generate({ seed, servers, accounts, days }: FleetPlan, folder: string): void {
  const torExits = torExitsOf(seed);
  const truth: Truth & { resources: Resource[]; attacks: Attack[]; cases: BenignCase[] } = {
    seed,
    days,
    resources: [],
    attacks: [],
    cases: [],
  };
  function finish(world: ServerWorld | AccountWorld, kind: Resource['kind']): void {
    const folderOf = join(folder, world.id);
    deliver(
      world.log.rows,
      folderOf,
      kind === 'postgresql' ? 'csv' : 'json',
      world.random('delivery'),
      isUnderAttack(world),
    );
    truth.attacks.push(...world.attacks);
    truth.cases.push(...world.cases);
    truth.resources.push({ id: world.id, kind });
  }
  const attackServer = createSchedule(SERVER_ATTACKS, randomOf(seed, 'servers'));
  for (let number = 1; number <= servers; number++) {
    const world = createServerWorld(seed, `pg-${twoDigits(number)}`, days, torExits);
    for (const habit of HABITS) {
      habit(world);
    }
    attackServer(world, world.random('attacks'));
    finish(world, 'postgresql');
  }
  const attackAccount = createSchedule(ACCOUNT_ATTACKS, randomOf(seed, 'accounts'));
  for (let number = 1; number <= accounts; number++) {
    const world = createAccountWorld(seed, `cosmos-${twoDigits(number)}`, days, torExits);
    for (const habit of ACCOUNT_HABITS) {
      habit(world);
    }
    attackAccount(world, world.random('attacks'));
    finish(world, 'cosmosdb');
  }
  writeFileSync(join(folder, 'truth.json'), JSON.stringify(truth, undefined, 1));
  writeConfig(folder, truth.resources, torExits);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

function isUnderAttack({ attacks }: { attacks: readonly Attack[] }): (day: number) => boolean {
  const start = (day: number): number => START + day * DAY_MS;
  return (day) => attacks.some(({ from, to }) => from <= start(day + 1) && to >= start(day));
}

/** JSON is YAML, too. Every detector is named, so that previews run as well. */
function writeConfig(folder: string, resources: Truth['resources'], torExits: readonly string[]): void {
  const config = {
    resources: resources.map(({ id, kind }) => ({
      id,
      kind,
      logs: [
        kind === 'postgresql' ? { path: `${id}/*.csv`, format: 'csvlog' } : { path: `${id}/*.json`, format: 'azure' },
      ],
    })),
    enrichment: writeAddressLists(folder, torExits),
    detectors: Object.fromEntries(DETECTORS.map((id) => [id, {}])),
  };
  writeFileSync(join(folder, 'vedette.yaml'), JSON.stringify(config, undefined, 1));
}

/** Previews run only where they are named. */
const DETECTORS = [
  'dangerous-statement',
  'harmful-application',
  'key-extraction',
  'sql-injection',
  'unfamiliar-principal',
  'weak-authentication',
] as const;
