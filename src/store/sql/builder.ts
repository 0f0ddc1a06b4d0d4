import {
  type DatabaseConnection,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { type Dialect, SCHEMA } from './database.ts';
import type { Schema } from './schema.ts';
import type { Outcome, Statement } from './statement.ts';

/** Builds statements of the dialect, and executes those that read by `read`. */
export function queryBuilder(dialect: Dialect, read: (statement: Statement) => Promise<Outcome>): Kysely<Schema> {
  const connection: DatabaseConnection = {
    async executeQuery<R>({ sql, parameters }: Statement): Promise<QueryResult<R>> {
      const { rows } = await read({ sql, parameters });
      return { rows: rows as R[] };
    },
    streamQuery: () => {
      throw new Error('nothing is streamed: lists are read by pages');
    },
  };
  const createDriver = () => Object.assign(new DummyDriver(), { acquireConnection: async () => connection });
  if (dialect === 'sqlite') {
    return new Kysely<Schema>({
      dialect: {
        createDriver,
        createAdapter: () => new SqliteAdapter(),
        createQueryCompiler: () => new SqliteQueryCompiler(),
        createIntrospector: (db) => new SqliteIntrospector(db),
      },
    });
  }
  const builder = new Kysely<Schema>({
    dialect: {
      createDriver,
      createAdapter: () => new PostgresAdapter(),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createIntrospector: (db) => new PostgresIntrospector(db),
    },
  });
  return builder.withSchema(SCHEMA);
}
