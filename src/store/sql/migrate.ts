import { sql } from 'kysely';
import { faultPoint } from '../../lib/fault-point.ts';
import { UserError } from '../../lib/user-error.ts';
import { migrations } from '../migrations/index.ts';
import type { ColumnTypes, Migration } from '../migrations/migration.ts';
import { isStoreError } from '../store-error.ts';
import { compiled, type Database, type Dialect, SCHEMA } from './database.ts';
import type { Statement } from './statement.ts';

const TYPES: Record<Dialect, ColumnTypes> = {
  sqlite: { text: sql`text`, integer: sql`integer`, bytes: sql`blob` },
  postgresql: { text: sql`text collate "C"`, integer: sql`bigint`, bytes: sql`bytea` },
};

/** Held for a migration's transaction; any fixed number serves that nobody else locks. */
const LOCK = sql`select pg_advisory_xact_lock(7061001)`;
/** SQLite needs none: a write transaction is the lock. */
const LOCKS: Record<Dialect, readonly ReturnType<typeof sql>[]> = { sqlite: [], postgresql: [LOCK] };

/**
 * Brings the tables up to date, one transaction a migration. Of two processes that start at once one migrates, the
 * other finds it done. Refuses a store that a newer Vedette wrote.
 */
export async function migrate(db: Database, known: readonly Migration[] = migrations): Promise<void> {
  await db.write(prepare(db));
  let applied = await appliedNames(db);
  refuseDowngrade(applied, known);
  for (const migration of known) {
    if (!applied.includes(migration.name)) {
      faultPoint('migrate');
      await apply(db, migration);
      applied = await appliedNames(db);
    }
  }
}

function prepare(db: Database): Statement[] {
  const types = TYPES[db.dialect];
  const table = db.sql.schema
    .createTable('migration')
    .ifNotExists()
    .addColumn('name', types.text, (column) => column.primaryKey())
    .addColumn('applied_time', types.integer, (column) => column.notNull());
  const schema = db.dialect === 'postgresql' ? [compiled(db.sql.schema.createSchema(SCHEMA).ifNotExists())] : [];
  return [...lock(db), ...schema, compiled(table)];
}

async function appliedNames(db: Database): Promise<string[]> {
  const rows = await db.sql.selectFrom('migration').select('name').orderBy('name').execute();
  return rows.map(({ name }) => name);
}

async function apply(db: Database, migration: Migration): Promise<void> {
  const mark = db.sql.insertInto('migration').values({ name: migration.name, applied_time: db.now() });
  const steps = migration.statements(db.sql, TYPES[db.dialect]).map((step) => compiled(step));
  try {
    await db.write([...lock(db), compiled(mark), ...steps]);
  } catch (error) {
    if (!isStoreError(error, 'conflict')) {
      throw error; // a conflict tells that another process was quicker
    }
  }
}

function lock(db: Database): Statement[] {
  return LOCKS[db.dialect].map((query) => compiled({ compile: () => query.compile(db.sql) }));
}

function refuseDowngrade(applied: readonly string[], known: readonly Migration[]): void {
  const newer = applied.find((name) => !known.some((migration) => migration.name === name));
  if (newer !== undefined) {
    throw new UserError(
      `The store was written by a newer Vedette: it is at ${newer}, and this one knows up to ${known.at(-1)?.name}. ` +
        'Start the newer version, or restore a backup from before the upgrade.',
    );
  }
}
