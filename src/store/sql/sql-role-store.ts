import type { Selectable } from 'kysely';
import type { RoleAssignment, RoleStore } from '../identity-store.ts';
import { compiled, type Database } from './database.ts';
import type { RoleTable } from './schema.ts';

export function sqlRoleStore(db: Database): RoleStore {
  const roles = () => db.sql.selectFrom('role_assignment').selectAll();
  return {
    of: async (principalId) => {
      return (await roles().where('principal_id', '=', principalId).orderBy('scope').execute()).map(roleOf);
    },
    list: async () => (await roles().orderBy('scope').orderBy('principal_id').orderBy('role').execute()).map(roleOf),
    assign: async (assignment) => {
      const row = rowOf(assignment);
      // Changes nothing of the one there is: so that it is given back.
      const insert = db.sql
        .insertInto('role_assignment')
        .values(row)
        .onConflict((conflict) => conflict.columns(['principal_id', 'role', 'scope']).doUpdateSet({ role: row.role }))
        .returningAll();
      const [outcome] = await db.write([compiled(insert)]);
      return roleOf(outcome?.rows[0] as unknown as RoleTable);
    },
    remove: async (id) => {
      const [outcome] = await db.write([compiled(db.sql.deleteFrom('role_assignment').where('id', '=', id))]);
      return outcome?.count === 1;
    },
  };
}

function rowOf(assignment: RoleAssignment): RoleTable {
  return {
    id: assignment.id,
    principal_id: assignment.principalId,
    principal_kind: assignment.principalKind,
    role: assignment.role,
    scope: assignment.scope,
    created_time: assignment.createdTime,
    created_by: assignment.createdBy,
  };
}

function roleOf(row: Selectable<RoleTable>): RoleAssignment {
  return {
    id: row.id,
    principalId: row.principal_id,
    principalKind: row.principal_kind as RoleAssignment['principalKind'],
    role: row.role as RoleAssignment['role'],
    scope: row.scope,
    createdTime: row.created_time,
    createdBy: row.created_by,
  };
}
