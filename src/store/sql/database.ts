import { type Compilable, type Kysely, type RawBuilder, sql } from 'kysely';
import type { Schema } from './schema.ts';
import type { Outcome, Statement, Unit } from './statement.ts';

export type Dialect = 'sqlite' | 'postgresql';

/** What the ports need of a database; the two dialects give it. All rejections are of type `StoreError`. */
export interface Database {
  dialect: Dialect;
  /** Builds statements; those that read are executed on it, those that write are compiled and given to `write`. */
  sql: Kysely<Schema>;
  /** One transaction. Outcomes in the order of the statements. */
  write(unit: Unit): Promise<Outcome[]>;
  /** Wall clock, milliseconds since the epoch. */
  now(): number;
  /** Bytes that the data takes, free space within the file left out. */
  bytes(): Promise<number>;
  /** Gives space of removed rows back. */
  reclaim(): Promise<void>;
  /** See `Store`. */
  overwrite(): Promise<void>;
  close(): Promise<void>;
}

/** Where our tables live in a PostgreSQL database. */
export const SCHEMA = 'vedette';

/** The name of a table in a raw statement: what is built is qualified by the builder. */
export function tableName({ dialect }: Pick<Database, 'dialect'>, table: keyof Schema): RawBuilder<unknown> {
  return sql.table(dialect === 'postgresql' ? `${SCHEMA}.${table}` : table);
}

/** Compiles a built query into plain data. */
export function compiled(query: Compilable, options: Pick<Statement, 'guard' | 'after'> = {}): Statement {
  const { sql, parameters } = query.compile();
  return { sql, parameters, ...options };
}
