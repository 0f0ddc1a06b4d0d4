import type { Selectable } from 'kysely';
import type { ServicePrincipal, ServicePrincipalStore } from '../identity-store.ts';
import { compiled, type Database } from './database.ts';
import { fromJson } from './json.ts';
import { present } from './present.ts';
import type { ServicePrincipalTable } from './schema.ts';
import { etagOf, putRow, removeRow } from './versioned.ts';

export function sqlServicePrincipalStore(db: Database): ServicePrincipalStore {
  const principals = () => db.sql.selectFrom('service_principal').selectAll();
  return {
    get: async (appId) => {
      const row = await principals().where('app_id', '=', appId).executeTakeFirst();
      return row && principalOf(row);
    },
    list: async () => (await principals().orderBy('display_name').orderBy('app_id').execute()).map(principalOf),
    put: async (principal, precondition) => {
      const { appId, createdTime: time } = principal;
      const values = {
        object_id: principal.objectId,
        tenant_id: principal.tenantId,
        display_name: principal.displayName,
        disabled: Number(principal.disabled),
        secrets: JSON.stringify(principal.secrets),
        last_used_time: principal.lastUsedTime ?? null,
      };
      const put = putRow(db, 'service_principal', { app_id: appId }, values, { time, precondition });
      const [outcome] = await db.write([put]);
      return principalOf(outcome?.rows[0] as unknown as ServicePrincipalTable);
    },
    used: async (appId, time) => {
      const used = db.sql.updateTable('service_principal').set({ last_used_time: time });
      await db.write([compiled(used.where('app_id', '=', appId))]);
    },
    remove: async (appId, precondition) => {
      const itself = db.sql.selectFrom('service_principal').select('object_id').where('app_id', '=', appId);
      await db.write([
        compiled(db.sql.deleteFrom('api_token').where('principal_id', 'in', itself)),
        compiled(db.sql.deleteFrom('role_assignment').where('principal_id', 'in', itself)),
        ...removeRow(db, 'service_principal', { app_id: appId }, precondition),
      ]);
    },
  };
}

function principalOf(row: Selectable<ServicePrincipalTable>): ServicePrincipal {
  return {
    appId: row.app_id,
    objectId: row.object_id,
    tenantId: row.tenant_id,
    displayName: row.display_name,
    disabled: row.disabled === 1,
    secrets: fromJson(row.secrets),
    createdTime: row.created_time,
    etag: etagOf(row),
    ...present({ lastUsedTime: row.last_used_time }),
  };
}
