import type { HealthNotice, HealthNoticeKind, ResourceHealth } from '../../model/resource-health.ts';
import type { HealthStore } from '../health-store.ts';
import { compiled, type Database } from './database.ts';
import { fromJson } from './json.ts';

export function sqlHealthStore(db: Database): HealthStore {
  return {
    put: async (rows) => {
      await db.write(
        rows.map((row) => {
          const values = { checked_time: row.checkedTime, body: JSON.stringify(row) };
          const insert = db.sql.insertInto('resource_health').values({ resource_key: row.resourceKey, ...values });
          return compiled(insert.onConflict((conflict) => conflict.column('resource_key').doUpdateSet(values)));
        }),
      );
    },
    get: async (key) => {
      const found = db.sql.selectFrom('resource_health').select('body').where('resource_key', '=', key);
      const row = await found.executeTakeFirst();
      return row && fromJson<ResourceHealth>(row.body);
    },
    list: async () => {
      const rows = await db.sql.selectFrom('resource_health').select('body').orderBy('resource_key').execute();
      return rows.map(({ body }) => fromJson<ResourceHealth>(body));
    },
    raise: async ({ resourceKey, kind, text, sinceTime }) => {
      const row = { resource_key: resourceKey, kind, text, since_time: sinceTime };
      const insert = db.sql.insertInto('health_notice').values(row);
      const known = insert.onConflict((conflict) => conflict.columns(['resource_key', 'kind']).doUpdateSet({ text }));
      await db.write([compiled(known)]);
    },
    clear: async (key, kind) => {
      const notice = db.sql.deleteFrom('health_notice').where('resource_key', '=', key).where('kind', '=', kind);
      await db.write([compiled(notice)]);
    },
    notices: async () => {
      const all = db.sql.selectFrom('health_notice').selectAll().orderBy('since_time', 'desc');
      const rows = await all.orderBy('resource_key').orderBy('kind').execute();
      return rows.map(({ resource_key: resourceKey, kind, text, since_time: sinceTime }): HealthNotice => {
        return { resourceKey, kind: kind as HealthNoticeKind, text, sinceTime };
      });
    },
  };
}
