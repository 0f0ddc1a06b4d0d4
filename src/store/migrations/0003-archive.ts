import type { Migration } from './migration.ts';

export const archive: Migration = {
  name: '0003-archive',
  statements: ({ schema }, { text, integer }) => [
    schema
      .createTable('archive_spool')
      .addColumn('archive', text, (column) => column.notNull())
      .addColumn('shard', integer, (column) => column.notNull())
      .addColumn('committed', integer, (column) => column.notNull())
      .addColumn('converted', integer, (column) => column.notNull())
      .addPrimaryKeyConstraint('archive_spool_key', ['archive', 'shard']),
    schema
      .createTable('archive_file')
      .addColumn('archive', text, (column) => column.notNull())
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('kind', text, (column) => column.notNull())
      .addColumn('period', integer, (column) => column.notNull())
      .addColumn('from_time', integer, (column) => column.notNull())
      .addColumn('to_time', integer, (column) => column.notNull())
      .addColumn('row_count', integer, (column) => column.notNull())
      .addColumn('bytes', integer, (column) => column.notNull())
      .addPrimaryKeyConstraint('archive_file_key', ['archive', 'name']),
    schema.createIndex('archive_file_period').on('archive_file').columns(['archive', 'kind', 'period']),
  ],
};
