import { DAY_MS, HOUR_MS, localTime, MINUTE_MS, START } from '../../calendar.ts';
import { between, some, whole } from '../../draws.ts';
import { releasesOf } from '../habits/app-traffic.ts';
import { dumpSteps } from '../habits/backup-night.ts';
import type { ServerWorld } from '../server-world.ts';
import type { Step } from '../statement-rows.ts';
import { logsStatements, type ServerAttack, strangeAddress, victim } from './server-attack.ts';

export const STEALING_ATTACKS: readonly ServerAttack[] = [
  {
    title: 'a stolen account copies every table',
    difficulty: 'plain',
    expects: ['data-exfiltration', 'unusual-location'],
    suits: logsStatements,
    run(world, random, from) {
      const { user } = victim(world, random, 'analyst', 'developer');
      const address = strangeAddress(world, random);
      const to = world.log.session(from, world.client(user, 'psql', address), copyAll(world));
      return { principals: [user], addresses: [address], to };
    },
  },
  {
    title: 'a stolen account runs pg_dump',
    difficulty: 'plain',
    expects: ['data-exfiltration'],
    suits: logsStatements,
    run(world, random, from) {
      const { user } = victim(world, random, 'developer', 'analyst');
      const address = strangeAddress(world, random);
      const to = world.log.session(
        from,
        world.client(user, 'pg_dump', address),
        dumpSteps(random, world.schema.tables, 1),
      );
      return { principals: [user], addresses: [address], to };
    },
  },
  {
    title: 'an insider copies tables at night, from home, with the usual tool',
    difficulty: 'hard',
    expects: ['data-exfiltration'],
    suits: logsStatements,
    run(world, random, from) {
      const person = victim(world, random, 'analyst', 'developer');
      const day = Math.floor((from - START) / DAY_MS);
      const time = localTime(day + 1, between(random, 0.5, 3.5), person.zone);
      const address = person.addressOn(day);
      const steps = some(random, world.schema.tables, 5).map(({ name, rows }) => ({
        afterMs: 70_000,
        sql: `SELECT * FROM ${name}`,
        rows,
        ms: rows / 20,
      }));
      const to = world.log.session(time, world.client(person.user, person.tools[0]!, address), steps);
      return { principals: [person.user], addresses: [address], from: time, to };
    },
  },
  {
    title: 'an insider takes a table or two each evening for a week',
    difficulty: 'hard',
    expects: ['data-exfiltration'],
    suits: logsStatements,
    run(world, random, from) {
      const person = victim(world, random, 'analyst', 'developer');
      const day = Math.floor((from - START) / DAY_MS);
      const addresses: string[] = [];
      const evenings = Array.from({ length: 6 }, (_, evening) =>
        localTime(day + evening, between(random, 19, 21), person.zone),
      );
      let to = from;
      for (const [evening, time] of evenings.entries()) {
        const { name, rows } = world.schema.tables[evening % world.schema.tables.length]!;
        const address = person.addressOn(day + evening);
        addresses.push(address);
        const steps: Step[] = [
          { afterMs: 30_000, sql: `COPY (SELECT * FROM ${name}) TO STDOUT WITH CSV HEADER`, rows, ms: rows / 20 },
        ];
        to = world.log.session(time, world.client(person.user, person.tools[0]!, address), steps, 3 * MINUTE_MS);
      }
      return { principals: [person.user], addresses, from: evenings[0]!, to };
    },
  },
  {
    title: 'the application is made to copy three tables, under its usual name',
    difficulty: 'hard',
    expects: ['data-exfiltration'],
    suits: logsStatements,
    run(world, random, from) {
      const address = world.app.addressAt(from);
      const steps = some(random, world.schema.tables, 3).map(({ name, rows }) => ({
        afterMs: 20_000,
        sql: `SELECT * FROM ${name}`,
        rows,
        ms: rows / 20,
      }));
      const to = world.log.session(
        from,
        world.client(world.app.user, releasesOf(world)(from).application, address),
        steps,
      );
      return { principals: [world.app.user], addresses: [address], to };
    },
  },
  {
    title: 'one table is drawn through a cursor',
    difficulty: 'hard',
    expects: ['data-exfiltration'],
    suits: logsStatements,
    run(world, random, from) {
      const person = victim(world, random, 'developer', 'analyst');
      const address = person.addressOn(Math.floor((from - START) / DAY_MS));
      const { name } = world.schema.tables[0]!;
      const fetches = Array.from({ length: whole(random, 60, 120) }, () => ({
        afterMs: 900,
        sql: 'FETCH 5000 FROM c1',
        rows: 5000,
      }));
      const steps = [
        { afterMs: 3000, sql: 'BEGIN' },
        { afterMs: 50, sql: `DECLARE c1 CURSOR FOR SELECT * FROM ${name}` },
        ...fetches,
        { afterMs: 50, sql: 'COMMIT' },
      ];
      const to = world.log.session(from + 2 * HOUR_MS, world.client(person.user, person.tools[0]!, address), steps);
      return { principals: [person.user], addresses: [address], to };
    },
  },
];

function copyAll({ schema }: ServerWorld): Step[] {
  const listed = {
    afterMs: 5000,
    sql: "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
    rows: schema.tables.length,
  };
  return [
    listed,
    ...schema.tables.map(({ name, rows }) => ({
      afterMs: 8000,
      sql: `COPY public.${name} TO STDOUT`,
      rows,
      ms: rows / 30,
    })),
  ];
}
