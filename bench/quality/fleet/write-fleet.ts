import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { torExitsOf, writeAddressLists } from './address-lists.ts';
import { DAY_MS, START } from './calendar.ts';
import { deliver } from './delivery.ts';
import { randomOf } from './draws.ts';
import type { Attack, BenignCase, Truth } from './label.ts';
import { SERVER_ATTACKS } from './postgresql/attacks/index.ts';
import { HABITS } from './postgresql/habits/index.ts';
import { createServerWorld, type ServerWorld } from './postgresql/server-world.ts';
import { createSchedule } from './schedule.ts';

/** Size and seed of a simulated fleet: all that its logs depend on. */
export interface FleetPlan {
  seed: number;
  servers: number;
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

function generate({ seed, servers, days }: FleetPlan, folder: string): void {
  const torExits = torExitsOf(seed);
  const attacks: Attack[] = [];
  const cases: BenignCase[] = [];
  const resources: Truth['resources'][number][] = [];
  const attackServer = createSchedule(SERVER_ATTACKS, randomOf(seed, 'servers'));
  for (let number = 1; number <= servers; number++) {
    const world = createServerWorld(seed, `pg-${String(number).padStart(2, '0')}`, days, torExits);
    for (const habit of HABITS) {
      habit(world);
    }
    attackServer(world, world.random('attacks'));
    deliver(world.log.rows, join(folder, world.id), 'csv', world.random('delivery'), isUnderAttack(world));
    attacks.push(...world.attacks);
    cases.push(...world.cases);
    resources.push({ id: world.id, kind: 'postgresql' });
  }
  const truth: Truth = { seed, days, resources, attacks, cases };
  writeFileSync(join(folder, 'truth.json'), JSON.stringify(truth, undefined, 1));
  writeConfig(folder, resources, torExits);
}

function isUnderAttack({ attacks }: Pick<ServerWorld, 'attacks'>): (day: number) => boolean {
  const span = (day: number): readonly [number, number] => [START + day * DAY_MS, START + (day + 1) * DAY_MS];
  return (day) => attacks.some(({ from, to }) => from <= span(day)[1] && to >= span(day)[0]);
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
