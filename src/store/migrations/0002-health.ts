import type { Migration } from './migration.ts';

export const health: Migration = {
  name: '0002-health',
  statements: ({ schema }, { text, integer }) => [
    schema
      .createTable('resource_health')
      .addColumn('resource_key', text, (column) => column.primaryKey())
      .addColumn('checked_time', integer, (column) => column.notNull())
      .addColumn('body', text, (column) => column.notNull()),
    schema
      .createTable('health_notice')
      .addColumn('resource_key', text, (column) => column.notNull())
      .addColumn('kind', text, (column) => column.notNull())
      .addColumn('text', text, (column) => column.notNull())
      .addColumn('since_time', integer, (column) => column.notNull())
      .addPrimaryKeyConstraint('health_notice_key', ['resource_key', 'kind']),
  ],
};
