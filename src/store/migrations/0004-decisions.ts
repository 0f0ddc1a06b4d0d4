import type { Migration } from './migration.ts';

export const decisions: Migration = {
  name: '0004-decisions',
  statements: (db, { text, integer, bytes }) => [
    db.schema
      .createTable('decision')
      .addColumn('sequence', integer, (column) => column.primaryKey())
      .addColumn('resource_key', text, (column) => column.notNull())
      .addColumn('body', text, (column) => column.notNull())
      .addColumn('made_by', text, (column) => column.notNull())
      .addColumn('made_time', integer, (column) => column.notNull())
      .addColumn('event_time', integer),
    db.schema.createIndex('decision_resource').on('decision').columns(['resource_key', 'sequence']),
    db.schema.createIndex('decision_time').on('decision').columns(['made_time']),
    db.schema
      .createTable('alert_background')
      .addColumn('alert_name', text, (column) => column.primaryKey())
      .addColumn('matters', text, (column) => column.notNull())
      .addColumn('sealed', bytes),
    db.insertInto('counter').values({ name: 'decision', value: 0 }),
  ],
};
