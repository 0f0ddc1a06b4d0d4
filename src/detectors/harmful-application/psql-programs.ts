import type { Habits } from '../../baselines/habits.ts';
import type { Id } from '../../model/activity.ts';
import type { Families } from '../application-families.ts';
import { familyOf } from '../application-family-of.ts';

/** Programs that come with psql and do by one command what it does by statements. What takes data out is none of them. */
const PSQL_PROGRAMS: ReadonlySet<string> = new Set(
  [
    'clusterdb',
    'createdb',
    'createuser',
    'dropdb',
    'dropuser',
    'pg_amcheck',
    'pg_restore',
    'reindexdb',
    'vacuumdb',
  ].map(familyOf),
);

/** Whoever uses psql is at home in them; a job that runs one of them is not in psql. */
export function isPsqlOf(
  principal: Id,
  family: number,
  families: Families,
  applications: Habits,
  time: number,
): boolean {
  const psql = PSQL_PROGRAMS.has(families.nameOf(family)) ? families.find('psql') : undefined;
  return psql !== undefined && applications.use(principal, psql, time);
}
