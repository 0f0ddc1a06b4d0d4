import { type Selectable, sql } from 'kysely';
import type { Engine } from '../../model/resource.ts';
import type { NewResource, ResourceFilter, ResourceOrigin, ResourceRow, ResourceStore } from '../resource-store.ts';
import { StoreError } from '../store-error.ts';
import { isInScopes, isOneOf } from './conditions.ts';
import { keyBehind, pageOf, rowsToRead } from './cursor.ts';
import { compiled, type Database, tableName } from './database.ts';
import { fromJson, jsonOrNull } from './json.ts';
import type { ResourceTable } from './schema.ts';
import { settingsChanged } from './settings-revision.ts';
import type { Statement } from './statement.ts';
import { etagOf, putRow, removeRow } from './versioned.ts';

/** `changed` is called after each change. */
export function sqlResourceStore(db: Database, changed: () => void): ResourceStore {
  return {
    put: async (resource, precondition) => {
      const put = putRow(db, 'resource', { key: resource.resource.key }, changeable(resource), {
        time: resource.time,
        born: fixed(resource),
        precondition,
      });
      const [outcome] = await db.write([put, settingsChanged(db)]);
      changed();
      return resourceRow(outcome?.rows[0] as unknown as Selectable<ResourceTable>);
    },
    discover: async (resources, cap) => {
      const outcomes = await db.write([...resources.map((one) => discovery(db, one, cap)), settingsChanged(db)]);
      const added = resources.filter((_, i) => outcomes[i]?.count === 1).map(({ resource }) => resource.key);
      if (added.length > 0) {
        changed();
      }
      return added;
    },
    get: async (key) => {
      const row = await db.sql.selectFrom('resource').selectAll().where('key', '=', key).executeTakeFirst();
      return row && resourceRow(row);
    },
    list: (filter, page) => resourcePage(db, filter, page),
    remove: async (key, precondition) => {
      const settings = db.sql.deleteFrom('settings_override').where('scope', '=', key);
      await db.write([...removeRow(db, 'resource', { key }, precondition), compiled(settings), settingsChanged(db)]);
      changed();
    },
  };
}

async function resourcePage(db: Database, filter: ResourceFilter, page: Parameters<ResourceStore['list']>[1]) {
  const [behind = ''] = keyBehind(page, ['']) ?? [];
  const { scopes, origins, engine, text } = filter;
  const rows = await db.sql
    .selectFrom('resource')
    .selectAll()
    .where('key', '>', behind)
    .$if(scopes !== undefined, (query) => query.where((eb) => isInScopes(eb, 'key', scopes ?? [])))
    .$if(origins !== undefined, (query) => query.where((eb) => isOneOf(eb, 'origin', origins ?? [])))
    .$if(engine !== undefined, (query) => query.where('engine', '=', engine ?? ''))
    .$if(text !== undefined, (query) => query.where(sql<boolean>`key like ${containing(text ?? '')} escape '\\'`))
    .orderBy('key')
    .limit(rowsToRead(page))
    .execute();
  return pageOf(page, rows, resourceRow, ({ key }) => [key]);
}

/** Counts under the same transaction's eyes; two processes at once may pass the cap by what each adds. */
function discovery(db: Database, resource: NewResource, cap: number): Statement {
  const row = { key: resource.resource.key, ...changeable(resource), ...fixed(resource) };
  const all = { ...row, created_time: resource.time, changed_time: resource.time, revision: 1 };
  const columns = sql.join(Object.keys(all).map((column) => sql.ref(column)));
  const table = tableName(db, 'resource');
  const discovered = sql`(select count(*) from ${table} where origin = 'discovered')`;
  const values = sql.join(Object.values(all).map((value) => typed(value)));
  const query = sql`insert into ${table} (${columns}) select ${values} where ${discovered} < ${cap} on conflict do nothing`;
  return compiled({ compile: () => query.compile(db.sql) });
}

/** PostgreSQL does not work out the type of a parameter in the list of a select. */
function typed(value: unknown) {
  return typeof value === 'number' ? sql`cast(${value} as bigint)` : sql`cast(${value} as text)`;
}

function changeable({ origin, tags = {}, declaration }: NewResource) {
  return { origin, tags: JSON.stringify(tags), declaration: jsonOrNull(declaration) };
}

function fixed({ resource }: NewResource) {
  const { id, engine, name, subscriptionId, resourceGroup, location } = resource;
  return { id, engine, name, subscription_id: subscriptionId, resource_group: resourceGroup, location };
}

function resourceRow(row: Selectable<ResourceTable> | undefined): ResourceRow {
  if (row === undefined) {
    throw new StoreError('broken', 'The database gave no row for a resource that was written.');
  }
  const { key, id, name, location } = row;
  const [subscriptionId, resourceGroup] = [row.subscription_id, row.resource_group];
  return {
    resource: { key, id, engine: row.engine as Engine, name, subscriptionId, resourceGroup, location },
    origin: row.origin as ResourceOrigin,
    tags: fromJson(row.tags),
    ...(row.declaration !== null && { declaration: fromJson<unknown>(row.declaration) }),
    firstSeenTime: row.created_time,
    changedTime: row.changed_time,
    etag: etagOf(row),
  };
}

/** Pattern of `like`; keys are lower-cased. */
function containing(text: string): string {
  return `%${text.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
}
