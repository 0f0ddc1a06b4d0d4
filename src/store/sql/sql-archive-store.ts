import type { ArchiveChange, ArchiveFile, ArchiveStore } from '../archive-store.ts';
import type { ShardCheckpoint } from '../state-store.ts';
import { compiled, type Database } from './database.ts';
import type { Statement } from './statement.ts';

export function sqlArchiveStore(db: Database): ArchiveStore {
  const { sql } = db;
  return {
    spools: (archive) =>
      sql
        .selectFrom('archive_spool')
        .select(['shard', 'committed', 'converted'])
        .where('archive', '=', archive)
        .orderBy('shard')
        .execute(),
    change: async (archive, change) => {
      await db.write(changeUnit(db, archive, change));
    },
    files: async (archive, { kind, from, to }) => {
      const rows = await sql
        .selectFrom('archive_file')
        .selectAll()
        .where('archive', '=', archive)
        .where('kind', '=', kind)
        .$if(from !== undefined, (query) => query.where('to_time', '>=', from!))
        .$if(to !== undefined, (query) => query.where('from_time', '<', to!))
        .orderBy('period', 'desc')
        .orderBy('name', 'desc')
        .execute();
      return rows.map(
        ({ name, period, from_time: fromTime, to_time: toTime, row_count: count, bytes }): ArchiveFile => ({
          name,
          kind,
          period,
          fromTime,
          toTime,
          rows: count,
          bytes,
        }),
      );
    },
    size: async (archive) => {
      const row = await sql
        .selectFrom('archive_file')
        .select(({ fn }) => [
          fn.countAll<number>().as('files'),
          fn.sum<number>('row_count').as('rows'),
          fn.sum<number>('bytes').as('bytes'),
          fn.min('from_time').as('from'),
          fn.max('to_time').as('to'),
        ])
        .where('archive', '=', archive)
        .where('kind', '=', 'activities')
        .executeTakeFirstOrThrow();
      return {
        files: Number(row.files),
        rows: Number(row.rows ?? 0),
        bytes: Number(row.bytes ?? 0),
        ...(Number(row.files) > 0 && { fromTime: Number(row.from), toTime: Number(row.to) }),
      };
    },
  };
}

/** How far the spool of a shard has come, in the transaction of its checkpoint. */
export function spoolStatements(db: Database, shard: number, spooled: ShardCheckpoint['spooled']): Statement[] {
  if (spooled === undefined) {
    return [];
  }
  const { archive, end } = spooled;
  const insert = db.sql.insertInto('archive_spool').values({ archive, shard, committed: end, converted: 0 });
  return [
    compiled(insert.onConflict((conflict) => conflict.columns(['archive', 'shard']).doUpdateSet({ committed: end }))),
  ];
}

function changeUnit(db: Database, archive: string, { add = [], remove = [], converted = [] }: ArchiveChange) {
  const { sql } = db;
  return [
    ...converted.map(({ shard, from, to }) =>
      compiled(
        sql
          .updateTable('archive_spool')
          .set({ converted: to })
          .where('archive', '=', archive)
          .where('shard', '=', shard)
          .where('converted', '=', from)
          .where('committed', '>=', to),
        { guard: 'conflict' },
      ),
    ),
    ...remove.map((name) =>
      compiled(sql.deleteFrom('archive_file').where('archive', '=', archive).where('name', '=', name), {
        guard: 'conflict',
      }),
    ),
    ...add.map(({ name, kind, period, fromTime, toTime, rows, bytes }) =>
      compiled(
        sql.insertInto('archive_file').values({
          archive,
          name,
          kind,
          period,
          from_time: fromTime,
          to_time: toTime,
          row_count: rows,
          bytes,
        }),
      ),
    ),
  ];
}
