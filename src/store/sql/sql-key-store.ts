import type { Selectable } from 'kysely';
import type { KeyStore, SigningKey } from '../identity-store.ts';
import { compiled, type Database } from './database.ts';
import { fromJson } from './json.ts';
import type { KeyTable } from './schema.ts';

export function sqlKeyStore(db: Database): KeyStore {
  return {
    list: async (time) => {
      const keys = db.sql.selectFrom('signing_key').selectAll().where('expires_time', '>', time);
      return (await keys.orderBy('created_time', 'desc').orderBy('kid').execute()).map(keyOf);
    },
    add: async (key) => {
      await db.write([compiled(db.sql.insertInto('signing_key').values(rowOf(key)))]);
    },
    prune: async (time) => {
      const outcomes = await db.write([
        compiled(db.sql.deleteFrom('signing_key').where('expires_time', '<=', time)),
        compiled(db.sql.deleteFrom('revoked_token').where('expires_time', '<=', time)),
      ]);
      return outcomes.reduce((sum, { count }) => sum + count, 0);
    },
    revoke: async (id, expiresTime) => {
      const insert = db.sql.insertInto('revoked_token').values({ id, expires_time: expiresTime });
      await db.write([compiled(insert.onConflict((conflict) => conflict.doNothing()))]);
    },
    isRevoked: async (id) => {
      const found = db.sql.selectFrom('revoked_token').select('id').where('id', '=', id);
      return (await found.executeTakeFirst()) !== undefined;
    },
  };
}

function rowOf(key: SigningKey): KeyTable {
  return {
    kid: key.kid,
    algorithm: key.algorithm,
    public_key: JSON.stringify(key.publicKey),
    private_key: JSON.stringify(key.privateKey),
    created_time: key.createdTime,
    retires_time: key.retiresTime,
    expires_time: key.expiresTime,
  };
}

function keyOf(row: Selectable<KeyTable>): SigningKey {
  return {
    kid: row.kid,
    algorithm: row.algorithm,
    publicKey: fromJson(row.public_key),
    privateKey: fromJson(row.private_key),
    createdTime: row.created_time,
    retiresTime: row.retires_time,
    expiresTime: row.expires_time,
  };
}
