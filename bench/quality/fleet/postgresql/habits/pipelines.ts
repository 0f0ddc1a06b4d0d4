import { addressIn } from '../../addresses.ts';
import { DAY_MS, HOUR_MS, localTime, START } from '../../calendar.ts';
import { between, chance, whole } from '../../draws.ts';
import type { ServerWorld } from '../server-world.ts';
import type { Step } from '../statement-rows.ts';
import { releasesOf } from './app-traffic.ts';
import { dumpSteps } from './backup-night.ts';

/** From key to key through a table. */
function keysetPages(name: string, pages: number, size: number): Step[] {
  return Array.from({ length: pages }, (_, page) => ({
    afterMs: 400,
    sql: `SELECT id, created_at FROM ${name} WHERE id > ${size * page} ORDER BY id LIMIT ${size}`,
    rows: size,
  }));
}

/** A warehouse fetches tables by pages each night, more with each week, and once everything anew. */
export function pagedSync(world: ServerWorld): void {
  const random = world.random('paged-sync');
  if (!chance(random, 0.4)) {
    return;
  }
  const address = world.company.isPublic ? world.backup.addressAt(START) : addressIn(random, '10.9.210.0', 256);
  const client = world.client('warehouse', random.pick(['airbyte', 'dbt', 'spark-jdbc']), address);
  const hour = between(random, 1, 5);
  const anew = whole(random, 16, 40);
  for (let day = 0; day < world.days - 1; day++) {
    const pages = Math.round((10 + day) * (day === anew ? 12 : 1));
    const steps = world.schema.tables.slice(0, 3).flatMap(({ name }) => keysetPages(name, pages, 1000));
    world.log.session(localTime(day, hour, world.company.zone) + random.below(900_000), client, steps);
  }
}

/** A pod that starts fills its cache. */
export function cacheWarming(world: ServerWorld): void {
  const random = world.random('cache');
  if (!chance(random, 0.4)) {
    return;
  }
  const { name } = random.pick(world.schema.tables);
  const releaseAt = releasesOf(world);
  for (let time = START + HOUR_MS; time < world.end; time += between(random, 6, 60) * HOUR_MS) {
    const client = world.client(world.app.user, releaseAt(time).application, world.app.addressAt(time));
    world.log.session(time, client, keysetPages(name, whole(random, 20, 60), 500));
  }
}

/** Another role takes over the backup, on the same machine. */
export function backupHandover(world: ServerWorld): void {
  const random = world.random('handover');
  if (!chance(random, 0.35)) {
    return;
  }
  const first = whole(random, 16, 34);
  const hour = between(random, 1, 4);
  for (let day = first; day < world.days - 1; day++) {
    const time = localTime(day, hour, world.company.zone);
    const client = world.client('backup_v2', world.backup.application, world.backup.addressAt(time));
    world.log.session(time, client, dumpSteps(random, world.schema.tables, 1));
  }
  world.cases.push({
    title: 'another role takes over the backup',
    resource: world.id,
    principals: ['backup_v2'],
    addresses: [],
    from: START + first * DAY_MS,
    to: world.end,
  });
}
