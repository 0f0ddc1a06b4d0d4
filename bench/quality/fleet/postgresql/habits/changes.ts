import { addressIn } from '../../addresses.ts';
import { DAY_MS, HOUR_MS, localTime, MINUTE_MS, START } from '../../calendar.ts';
import { between, chance, tokenText, whole } from '../../draws.ts';
import { createShapes } from '../schema.ts';
import type { ServerWorld } from '../server-world.ts';
import { isExtendedOf, usesOf } from './app-traffic.ts';
import { dumpSteps } from './backup-night.ts';

/** Vault gives each pod a role that lasts a few hours. */
export function leasedRoles(world: ServerWorld): void {
  const random = world.random('vault');
  if (world.company.isPublic || !chance(random, 0.35)) {
    return;
  }
  const shapes = createShapes(random, world.schema, 'orm', 12);
  const application = `${world.schema.database}-worker`;
  for (let time = START + HOUR_MS; time < world.end; time += between(random, 3, 9) * HOUR_MS) {
    const user = `v-kubernetes-${world.schema.database}-${tokenText(random, 20)}-${Math.floor(time / 1000)}`;
    const client = world.client(user, application, world.app.addressAt(time));
    for (let use = 0; use < 3; use++) {
      const steps = usesOf(random, shapes, isExtendedOf(world), whole(random, 2, 8));
      world.log.session(time + use * 40 * MINUTE_MS, client, steps, 20 * MINUTE_MS);
    }
  }
}

/** Releases bring changes of the schema, by the owner of the schema, from where builds run. */
export function migrations(world: ServerWorld): void {
  const random = world.random('migrations');
  const address = world.company.isPublic
    ? world.backup.addressAt(START)
    : `10.9.${random.below(200)}.${9 + random.below(100)}`;
  const client = world.client(
    `${world.schema.database}_owner`,
    random.pick(['knex-migrate', 'Flyway', 'alembic']),
    address,
  );
  let table = 0;
  for (let day = whole(random, 0, 4); day < world.days - 1; day += whole(random, 3, 9)) {
    const { name, columns } = random.pick(world.schema.tables);
    const added = `feature_${++table}`;
    const statements = [
      'BEGIN',
      `CREATE TABLE ${added} (id serial primary key, note varchar(255), created_at timestamptz not null default now())`,
      `ALTER TABLE ${name} ADD COLUMN extra_${table} text`,
      `CREATE INDEX ON ${name} (${columns[1]})`,
      `UPDATE ${name} SET ${columns[1]} = trim(${columns[1]}::text) WHERE ${columns[1]} IS NOT NULL`,
      `GRANT SELECT, INSERT ON ${added} TO ${world.app.user}`,
      ...(chance(random, 0.2)
        ? [`DROP TABLE IF EXISTS feature_${table - 2}`, `CREATE ROLE report_${table} LOGIN`]
        : []),
      'COMMIT',
    ];
    const steps = statements.map((sql) => ({ afterMs: 40 + random.below(4000), sql, rows: 0 }));
    world.log.session(localTime(day, between(random, 9, 16), world.company.zone), client, steps);
  }
}

/** Somebody joins: from the office, with the tool that all use, wrong passwords first. */
export function newcomer(world: ServerWorld): void {
  const random = world.random('newcomer');
  if (!chance(random, 0.5)) {
    return;
  }
  const user = `newhire${random.below(90)}`;
  const first = whole(random, 15, 30);
  for (let day = first; day < world.days - 1; day++) {
    const time = localTime(day, between(random, 9, 15), world.company.zone);
    const client = world.client(
      user,
      world.people[0]!.tools[0]!,
      addressIn(random, world.company.office.first, world.company.office.size),
    );
    if (day === first) {
      world.log.refuse(time - 3 * MINUTE_MS, client, 'password');
      world.log.refuse(time - 2 * MINUTE_MS, client, 'password');
    }
    if (day % 7 < 5 && chance(random, 0.7)) {
      world.log.session(time, client, [
        { afterMs: 9000, sql: `SELECT * FROM ${random.pick(world.schema.tables).name} LIMIT 50`, rows: 50 },
      ]);
    }
  }
  world.cases.push({
    title: 'somebody joins',
    resource: world.id,
    principals: [user],
    addresses: [],
    from: START + first * DAY_MS,
    to: world.end,
  });
}

/** The copy for tests is made anew each week, by a developer's job. */
export function stagingCopy(world: ServerWorld): void {
  const random = world.random('staging');
  if (!chance(random, 0.3)) {
    return;
  }
  const address = world.backup.addressAt(START);
  for (let day = whole(random, 0, 6); day < world.days - 1; day += 7) {
    const time = localTime(day, between(random, 5, 6), world.company.zone);
    world.log.session(
      time,
      world.client('staging_sync', 'pg_dump', address),
      dumpSteps(random, world.schema.tables.slice(0, 5), 1),
    );
  }
}

/** An old page that puts what customers type into its query: now and then one is called O'Brien. */
export function brokenQuotes(world: ServerWorld): void {
  const random = world.random('quotes');
  if (!chance(random, 0.4)) {
    return;
  }
  const { name } = world.schema.tables[0]!;
  for (let time = START + DAY_MS; time < world.end; time += between(random, 1, 9) * DAY_MS) {
    const client = world.client(world.app.user, `${world.schema.database}-legacy`, world.app.addressAt(time));
    const customer = random.pick(["O'Brien", "D'Arcy", "O'Neill"]);
    const sql = `SELECT id, note FROM ${name} WHERE name = '${customer}' ORDER BY id LIMIT 20`;
    const plain = {
      afterMs: 20,
      sql: `SELECT id, note FROM ${name} WHERE name = 'Meyer' ORDER BY id LIMIT 20`,
      rows: 3,
    };
    world.log.session(time, client, [
      plain,
      {
        afterMs: 900,
        sql,
        error: { state: '42601', message: `syntax error at or near "${customer.slice(2)}"`, position: 45 },
      },
      plain,
    ]);
  }
}
