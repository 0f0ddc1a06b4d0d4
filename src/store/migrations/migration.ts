import type { Compilable, Kysely } from 'kysely';
import type { Schema } from '../sql/schema.ts';

/**
 * One step from a schema to the next, in statements that both databases take; it runs in one transaction. Never edit
 * one that was released: write the next.
 */
export interface Migration {
  /** `0001-first-tables`: order and identity. */
  name: string;
  statements(db: Kysely<Schema>, types: ColumnTypes): Compilable[];
}

/** Where the databases differ. Texts compare by code point in both, so that ranges of keys mean the same. */
export interface ColumnTypes {
  text: ColumnType;
  /** Integers up to 2^53, and flags. */
  integer: ColumnType;
  bytes: ColumnType;
}

type ColumnType = ReturnType<typeof import('kysely').sql<unknown>>;
