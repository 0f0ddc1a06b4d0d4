import type { Selectable } from 'kysely';
import type { NewUser, User, UserStore } from '../identity-store.ts';
import { compiled, type Database } from './database.ts';
import { present } from './present.ts';
import type { UserTable } from './schema.ts';
import { etagOf, putRow, removeRow } from './versioned.ts';

export function sqlUserStore(db: Database): UserStore {
  const users = () => db.sql.selectFrom('app_user').selectAll();
  return {
    get: async (id) => userOrNone(await users().where('id', '=', id).executeTakeFirst()),
    byName: async (name) => userOrNone(await users().where('name', '=', name.toLowerCase()).executeTakeFirst()),
    bySubject: async (issuer, subject) => {
      const found = users().where('issuer', '=', issuer).where('subject', '=', subject);
      return userOrNone(await found.executeTakeFirst());
    },
    list: async () => (await users().orderBy('name').execute()).map(userOf),
    put: async (user, precondition) => {
      const put = putRow(db, 'app_user', { id: user.id }, valuesOf(user), { time: user.createdTime, precondition });
      const [outcome] = await db.write([put]);
      return userOf(outcome?.rows[0] as unknown as UserTable);
    },
    remove: async (id, precondition) => {
      await db.write([
        ...removeRow(db, 'app_user', { id }, precondition),
        compiled(db.sql.deleteFrom('user_session').where('user_id', '=', id)),
        compiled(db.sql.deleteFrom('api_token').where('principal_id', '=', id)),
        compiled(db.sql.deleteFrom('role_assignment').where('principal_id', '=', id)),
      ]);
    },
    countFailure: async (id, lockedUntil) => {
      const counted = db.sql
        .updateTable('app_user')
        .set((eb) => ({ failed_attempts: eb('failed_attempts', '+', 1) }))
        .$if(lockedUntil !== undefined, (query) => query.set({ locked_until: lockedUntil ?? null }))
        .where('id', '=', id)
        .returning('failed_attempts');
      const [outcome] = await db.write([compiled(counted)]);
      return Number(outcome?.rows[0]?.failed_attempts ?? 0);
    },
    signedIn: async (id, time) => {
      const fresh = { failed_attempts: 0, locked_until: null, last_sign_in_time: time };
      await db.write([compiled(db.sql.updateTable('app_user').set(fresh).where('id', '=', id))]);
    },
  };
}

function valuesOf(user: NewUser) {
  return {
    name: user.name.toLowerCase(),
    display_name: user.displayName,
    email: user.email ?? null,
    password_hash: user.passwordHash ?? null,
    issuer: user.issuer ?? null,
    subject: user.subject ?? null,
    disabled: Number(user.disabled),
    failed_attempts: user.failedAttempts,
    locked_until: user.lockedUntil ?? null,
    last_sign_in_time: user.lastSignInTime ?? null,
  };
}

function userOrNone(row: Selectable<UserTable> | undefined): User | undefined {
  return row && userOf(row);
}

function userOf(row: Selectable<UserTable>): User {
  return {
    id: row.id,
    name: row.name,
    displayName: row.display_name,
    disabled: row.disabled === 1,
    failedAttempts: row.failed_attempts,
    createdTime: row.created_time,
    etag: etagOf(row),
    ...present({
      email: row.email,
      passwordHash: row.password_hash,
      issuer: row.issuer,
      subject: row.subject,
      lockedUntil: row.locked_until,
      lastSignInTime: row.last_sign_in_time,
    }),
  };
}
