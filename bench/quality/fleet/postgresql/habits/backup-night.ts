import { localTime } from '../../calendar.ts';
import { chance, type Random, whole } from '../../draws.ts';
import type { Table } from '../schema.ts';
import type { ServerWorld } from '../server-world.ts';
import type { Step } from '../statement-rows.ts';

/** `pg_dump` every night; the data grow, and a table is added now and then. */
export function backupNight(world: ServerWorld): void {
  const random = world.random('backup');
  const hour = whole(random, 1, 4);
  const { user, application } = world.backup;
  const later = Array.from({ length: 3 }, (_, index) => ({
    name: `archive_${2023 + index}`,
    day: whole(random, 5, world.days),
  }));
  for (let day = 0; day < world.days - 1; day++) {
    const time = localTime(day, hour, world.company.zone) + random.below(600_000);
    const added = later.filter((table) => table.day <= day).map(({ name }) => ({ name, columns: ['id', 'payload'] }));
    const steps = dumpSteps(random, [...world.schema.tables, ...added], 1 + day / 20);
    world.log.session(time, world.client(user, application, world.backup.addressAt(time)), steps);
    if (chance(random, 0.02)) {
      world.log.session(time + 900_000, world.client(user, application, world.backup.addressAt(time)), steps); // again, after a full disk
    }
  }
}

/** What pg_dump 15 sends; `size` is how much longer than at first a table takes. */
export function dumpSteps(random: Random, tables: readonly Pick<Table, 'name' | 'columns'>[], size: number): Step[] {
  const afterMs = 2;
  const opening = [
    "SELECT pg_catalog.set_config('search_path', '', false);",
    'SELECT pg_catalog.pg_is_in_recovery()',
    'SET DATESTYLE = ISO',
    'SET INTERVALSTYLE = POSTGRES',
    'SET extra_float_digits TO 3',
    'SET synchronize_seqscans TO off',
    'SET statement_timeout = 0',
    'SET lock_timeout = 0',
    'SET row_security = off',
    'BEGIN',
    'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY',
    'SELECT oid, rolname FROM pg_catalog.pg_roles ORDER BY 1',
    'SELECT n.tableoid, n.oid, n.nspname, n.nspowner, n.nspacl FROM pg_namespace n',
    ...tables.map(({ name }) => `LOCK TABLE public.${name} IN ACCESS SHARE MODE`),
    'SELECT inhrelid, inhparent FROM pg_inherits',
    'SELECT pg_catalog.current_schemas(false)',
  ];
  return [
    ...opening.map((sql) => ({ afterMs, sql, rows: 3 })),
    ...tables.map(({ name, columns }) => ({
      afterMs: Math.round(whole(random, 900, 4000) * size),
      sql: `COPY public.${name} (${columns.join(', ')}) TO stdout;`,
    })),
  ];
}
