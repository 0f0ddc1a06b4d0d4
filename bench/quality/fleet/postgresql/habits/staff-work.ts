import { HOUR_MS, isWeekend, localTime, MINUTE_MS, SECOND_MS } from '../../calendar.ts';
import { between, chance, type Random, waiting, whole } from '../../draws.ts';
import type { Person } from '../../people.ts';
import type { Table } from '../schema.ts';
import type { ServerWorld } from '../server-world.ts';
import type { Step } from '../statement-rows.ts';

/** Passwords are mistyped now and then, up to four times in a row. */
const MISTYPING_SHARE = 0.03;
/** Nights on which an administrator is called out of bed. */
const CALL_SHARE = 0.04;
/** Working days on which somebody needs the database. */
const BUSY_SHARE: Readonly<Record<Person['job'], number>> = { developer: 0.6, analyst: 0.75, administrator: 0.7 };

/** People in their hours, from the office, from home, through the VPN, by telephone, at night when called. */
export function staffWork(world: ServerWorld): void {
  for (const person of world.people) {
    const random = world.random('staff', person.user);
    const [from, until] = chance(random, 0.15) ? [whole(random, 10, 16), whole(random, 20, 26)] : [0, 0]; // a holiday
    for (let day = 0; day < world.days - 1; day++) {
      if (day >= from && day < until) {
        continue;
      }
      if (!isWeekend(day) && chance(random, BUSY_SHARE[person.job])) {
        workingDay(world, random, person, day);
      }
      if (person.job === 'administrator' && chance(random, CALL_SHARE)) {
        const time = localTime(day, between(random, 22, 29), person.zone);
        world.log.session(time, world.client(person.user, 'psql', person.addressOn(day)), firstAid(random));
      }
    }
  }
}

function workingDay(world: ServerWorld, random: Random, person: Person, day: number): void {
  const end = localTime(day, person.startHour + 9, person.zone);
  let time = localTime(day, person.startHour + between(random, 0, 2), person.zone);
  while (time < end) {
    const address = chance(random, 0.04) ? person.onTheMove(day) : person.addressOn(day);
    const client = world.client(
      person.user,
      chance(random, 0.8) ? person.tools[0]! : random.pick(person.tools),
      address,
    );
    if (chance(random, MISTYPING_SHARE)) {
      for (let left = whole(random, 1, 4); left > 0; left--) {
        world.log.refuse(time, client, 'password');
        time += whole(random, 3, 20) * SECOND_MS;
      }
    }
    world.log.session(
      time,
      client,
      questionsOf(world, random, person, whole(random, 2, 12)),
      whole(random, 2, 50) * MINUTE_MS,
    );
    time += 20 * MINUTE_MS + waiting(random, 2.5 * HOUR_MS);
  }
}

/** What people ask: never twice the same, and often wrong. */
function questionsOf(world: ServerWorld, random: Random, { job }: Person, count: number): Step[] {
  return Array.from({ length: count }, () => {
    const afterMs = whole(random, 5, 240) * SECOND_MS;
    const table = random.pick(world.schema.tables);
    const column = random.pick(table.columns.slice(1));
    if (chance(random, 0.06)) {
      return mistakeOf(random, table.name, column, afterMs);
    }
    return { afterMs, ...(job === 'administrator' ? upkeep(random, table) : question(random, table, column)) };
  });
}

function question(random: Random, { name, columns }: Table, column: string): Omit<Step, 'afterMs'> {
  const condition = random.pick([
    `${column} = 'open'`,
    `id = ${random.below(90_000)}`,
    `${column} IS NULL`,
    `created_at > now() - interval '${1 + random.below(30)} days'`,
    `1=1 AND ${column} LIKE 'a%'`,
  ]);
  return random.pick([
    {
      sql: `SELECT * FROM ${name} WHERE ${condition} LIMIT ${random.pick([10, 50, 100, 200])}`,
      rows: random.below(100),
    },
    {
      sql: `select ${column}, count(*) from ${name} where ${condition} group by 1 order by 2 desc`,
      rows: random.below(30),
    },
    {
      sql: `SELECT ${columns.slice(0, 3).join(', ')} FROM ${name} WHERE ${condition} ORDER BY created_at DESC LIMIT 20`,
      rows: random.below(20),
    },
    {
      sql: `SELECT date_trunc('day', created_at), count(*), count(DISTINCT ${column}) FROM ${name} WHERE ${condition} GROUP BY 1`,
      rows: random.below(40),
    },
    { sql: `SELECT count(*) FROM ${name}`, rows: 1 },
  ]);
}

function upkeep(random: Random, { name }: Table): Omit<Step, 'afterMs'> {
  return random.pick([
    {
      sql: "SELECT pid, usename, state, query_start, left(query, 80) FROM pg_stat_activity WHERE state <> 'idle'",
      rows: 6,
    },
    { sql: `VACUUM (ANALYZE) ${name}`, rows: 0 },
    { sql: `SELECT pg_size_pretty(pg_total_relation_size('${name}'))`, rows: 1 },
    { sql: `EXPLAIN ANALYZE SELECT * FROM ${name} WHERE id = ${random.below(10_000)}`, rows: 4 },
    { sql: 'SHOW max_connections', rows: 1 },
    { sql: `REINDEX TABLE ${name}`, rows: 0 },
  ]);
}

function mistakeOf(random: Random, table: string, column: string, afterMs: number): Step {
  return random.pick([
    {
      afterMs,
      sql: `SELECT * FORM ${table}`,
      error: { state: '42601', message: 'syntax error at or near "FORM"', position: 10 },
    },
    {
      afterMs,
      sql: `SELECT ${column}x FROM ${table}`,
      error: { state: '42703', message: `column "${column}x" does not exist`, position: 8 },
    },
    {
      afterMs,
      sql: `SELECT * FROM ${table}s`,
      error: { state: '42P01', message: `relation "${table}s" does not exist`, position: 15 },
    },
    {
      afterMs,
      sql: `DELETE FROM ${table} WHERE id = 1`,
      error: { state: '42501', message: `permission denied for table ${table}` },
    },
  ]);
}

function firstAid(random: Random): Step[] {
  const seen = {
    afterMs: 9000,
    sql: "SELECT pid, wait_event_type, state, query FROM pg_stat_activity WHERE state = 'active'",
    rows: 9,
  };
  return [
    seen,
    { afterMs: 40_000, sql: `SELECT pg_terminate_backend(${1000 + random.below(9000)})` },
    { ...seen, afterMs: 60_000 },
  ];
}
