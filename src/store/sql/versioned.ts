import { type RawBuilder, sql } from 'kysely';
import type { Precondition } from '../change.ts';
import { compiled, type Database, tableName } from './database.ts';
import type { Schema, Versioned } from './schema.ts';
import type { Statement } from './statement.ts';

/** Tables whose rows carry an etag. */
export type VersionedTable = {
  [T in keyof Schema]: Schema[T] extends Versioned ? T : never;
}[keyof Schema];

/** Columns of a row without those that `putRow` keeps itself. */
export type Values<T extends VersionedTable> = Partial<Omit<Schema[T], keyof Versioned>>;

/** A row that is removed and made again gets another etag, since it is born at another time. */
export function etagOf({ created_time, revision }: Pick<Versioned, 'created_time' | 'revision'>): string {
  return `${created_time.toString(36)}-${revision}`;
}

/**
 * Makes or changes the row with that key and gives all its columns; where a precondition does not hold, its unit is
 * refused with `conflict`. Columns of `born` are only written when the row is made.
 */
export function putRow<T extends VersionedTable>(
  db: Database,
  table: T,
  key: Values<T>,
  values: Values<T>,
  { time, born = {}, precondition = {} }: { time: number; born?: Values<T>; precondition?: Precondition | undefined },
): Statement {
  const { ifMatch, ifNoneMatch } = precondition;
  if (ifMatch !== undefined) {
    return compile(db, sql`${update(db, table, key, values, time)}${matches(ifMatch)} returning *`, 'conflict');
  }
  const otherwise = ifNoneMatch === undefined ? changes(table, values) : sql`nothing`;
  return compile(
    db,
    sql`${insert(db, table, key, values, born, time)} on conflict (${names(key)}) do ${otherwise} returning *`,
    'conflict',
  );
}

/** Removes the row with that key. Refused with `conflict` where it has another etag, with `not-found` without one. */
export function removeRow<T extends VersionedTable>(
  db: Database,
  table: T,
  key: Values<T>,
  { ifMatch }: Precondition = {},
): Statement[] {
  const known = sql`select 1 from ${tableName(db, table)} where ${matchesKey(key)}`;
  const removal = sql`delete from ${tableName(db, table)} where ${matchesKey(key)}${ifMatch === undefined ? sql`` : matches(ifMatch)}`;
  return [compile(db, known, 'not-found'), compile(db, removal, 'conflict')];
}

function insert(
  db: Database,
  table: VersionedTable,
  key: object,
  values: object,
  born: object,
  time: number,
): RawBuilder<unknown> {
  const row = { ...key, ...values, ...born, created_time: time, changed_time: time, revision: 1 };
  return sql`insert into ${tableName(db, table)} (${names(row)}) values (${sql.join(Object.values(row))})`;
}

function changes(table: string, values: object): RawBuilder<unknown> {
  const columns = [...Object.keys(values), 'changed_time'].map(
    (column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`,
  );
  return sql`update set ${sql.join([...columns, sql`revision = ${sql.ref(`${table}.revision`)} + 1`])}`;
}

function update(db: Database, table: VersionedTable, key: object, values: object, time: number): RawBuilder<unknown> {
  const columns = Object.entries({ ...values, changed_time: time }).map(
    ([column, value]) => sql`${sql.ref(column)} = ${value}`,
  );
  const all = sql.join([...columns, sql`revision = revision + 1`]);
  return sql`update ${tableName(db, table)} set ${all} where ${matchesKey(key)}`;
}

function names(columns: object): RawBuilder<unknown> {
  return sql.join(Object.keys(columns).map((column) => sql.ref(column)));
}

function matchesKey(key: object): RawBuilder<unknown> {
  const parts = Object.entries(key).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  return sql.join(parts, sql` and `);
}

/** `*`: any row. */
function matches(etag: string): RawBuilder<unknown> {
  if (etag === '*') {
    return sql``;
  }
  const [born = '', revision = ''] = etag.split('-');
  return sql` and created_time = ${etagPart(born, 36)} and revision = ${etagPart(revision)}`;
}

/** A number of an etag; of one that was never ours: what no row has. */
export function etagPart(text: string, base = 10): number {
  const value = Number.parseInt(text, base);
  return Number.isSafeInteger(value) ? value : -1;
}

function compile(db: Database, query: RawBuilder<unknown>, guard: Statement['guard'] & string): Statement {
  return compiled({ compile: () => query.compile(db.sql) }, { guard });
}
