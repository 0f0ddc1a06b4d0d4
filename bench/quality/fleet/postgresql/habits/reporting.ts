import { cloudAddress } from '../../addresses.ts';
import { isMonthEnd, isWeekend, localTime, MINUTE_MS } from '../../calendar.ts';
import { between, chance, some, whole } from '../../draws.ts';
import type { ServerWorld } from '../server-world.ts';
import type { Step } from '../statement-rows.ts';

/** Dashboards by day, exports by night, and much more of both when a month is closed. */
export function reporting(world: ServerWorld): void {
  const random = world.random('reporting');
  const address = world.company.isPublic
    ? cloudAddress(random, 'aws', 'us-east-1')
    : `10.9.${random.below(200)}.${3 + random.below(200)}`;
  const client = world.client(
    random.pick(['bi', 'tableau', 'reports']),
    random.pick(['Tableau 2025.1', 'Metabase v0.52 [a1b2c3d4]', 'Mashup Engine (PowerBI)']),
    address,
  );
  const favourites = some(random, world.schema.tables, 4);
  const questions: Step[] = favourites.map(({ name }) => ({
    afterMs: 400,
    sql: `SELECT status, date_trunc('day', created_at), count(*) FROM ${name} GROUP BY 1, 2`,
    rows: whole(random, 40, 400),
  }));
  const exports: Step[] = favourites.map(({ name }) => ({
    afterMs: 30_000,
    sql: `COPY (SELECT * FROM ${name} WHERE created_at > now() - interval '1 day') TO STDOUT WITH CSV HEADER`,
    rows: 5000,
  }));
  const closing: Step[] = world.schema.tables.map(({ name }) => ({
    afterMs: 60_000,
    sql: `SELECT * FROM ${name} WHERE created_at >= date_trunc('month', now())`,
    rows: 60_000,
    ms: 40_000,
  }));
  for (let day = 0; day < world.days - 1; day++) {
    for (let hour = 8; hour < 18 && !isWeekend(day); hour += whole(random, 1, 4)) {
      world.log.session(localTime(day, hour + random.fraction(), world.company.zone), client, questions);
    }
    world.log.session(localTime(day, 5 + between(random, 0, 0.5), world.company.zone), client, exports);
    if (isMonthEnd(day)) {
      const time = localTime(day, between(random, 9, 15), world.company.zone);
      world.log.session(time, client, closing, 25 * MINUTE_MS);
      world.cases.push({
        title: 'a month is closed',
        resource: world.id,
        principals: [client.user],
        addresses: [address],
        from: time,
        to: time + 60 * MINUTE_MS,
      });
    }
    if (chance(random, 0.03)) {
      world.log.session(
        localTime(day, between(random, 9, 16), world.company.zone),
        client,
        [...questions, ...exports],
        9 * MINUTE_MS,
      ); // somebody pressed "refresh all"
    }
  }
}
