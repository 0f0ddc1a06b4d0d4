import type { Selectable } from 'kysely';
import type { Session, SessionStore } from '../identity-store.ts';
import { compiled, type Database } from './database.ts';
import { fromJson } from './json.ts';
import { present } from './present.ts';
import type { SessionTable } from './schema.ts';

export function sqlSessionStore(db: Database): SessionStore {
  const removal = () => db.sql.deleteFrom('user_session');
  return {
    get: async (idHash) => {
      const found = db.sql.selectFrom('user_session').selectAll().where('id_hash', '=', idHash);
      const row = await found.executeTakeFirst();
      return row && sessionOf(row);
    },
    put: async (session) => {
      const { id_hash, ...rest } = rowOf(session);
      const insert = db.sql.insertInto('user_session').values({ id_hash, ...rest });
      await db.write([compiled(insert.onConflict((conflict) => conflict.column('id_hash').doUpdateSet(rest)))]);
    },
    touch: async (idHash, time, expiresTime) => {
      const touched = db.sql.updateTable('user_session').set({ last_used_time: time, expires_time: expiresTime });
      await db.write([compiled(touched.where('id_hash', '=', idHash))]);
    },
    remove: async (idHash) => {
      await db.write([compiled(removal().where('id_hash', '=', idHash))]);
    },
    removeOf: async (userId) => (await db.write([compiled(removal().where('user_id', '=', userId))]))[0]?.count ?? 0,
    prune: async (time) => (await db.write([compiled(removal().where('expires_time', '<=', time))]))[0]?.count ?? 0,
  };
}

function rowOf(session: Session): SessionTable {
  return {
    id_hash: session.idHash,
    user_id: session.userId,
    created_time: session.createdTime,
    last_used_time: session.lastUsedTime,
    expires_time: session.expiresTime,
    address: session.address ?? null,
    user_agent: session.userAgent ?? null,
    facts: JSON.stringify(session.facts),
  };
}

function sessionOf(row: Selectable<SessionTable>): Session {
  return {
    idHash: row.id_hash,
    userId: row.user_id,
    createdTime: row.created_time,
    lastUsedTime: row.last_used_time,
    expiresTime: row.expires_time,
    facts: fromJson(row.facts),
    ...present({ address: row.address, userAgent: row.user_agent }),
  };
}
