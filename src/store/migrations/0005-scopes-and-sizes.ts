import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** What is looked up in the order of something else: alerts of a scope by time, states by when they were saved. */
export const scopesAndSizes: Migration = {
  name: '0005-scopes-and-sizes',
  statements: (db) => [
    db.schema.dropIndex('alert_by_0'),
    db.schema.createIndex('alert_time').on('alert').expression(sql.raw('start_time desc, name, resource_key')),
    db.schema.createIndex('resource_state_saved').on('resource_state').columns(['saved_time', 'resource_key', 'bytes']),
  ],
};
