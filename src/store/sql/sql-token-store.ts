import type { Selectable } from 'kysely';
import type { ApiToken, TokenKind, TokenStore } from '../identity-store.ts';
import { compiled, type Database } from './database.ts';
import { present } from './present.ts';
import type { TokenTable } from './schema.ts';

export function sqlTokenStore(db: Database): TokenStore {
  const tokens = () => db.sql.selectFrom('api_token').selectAll();
  return {
    byHash: async (hash) => tokenOrNone(await tokens().where('hash', '=', hash).executeTakeFirst()),
    get: async (id) => tokenOrNone(await tokens().where('id', '=', id).executeTakeFirst()),
    list: async ({ kind, principalId }) => {
      const rows = await tokens()
        .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
        .$if(principalId !== undefined, (query) => query.where('principal_id', '=', principalId ?? ''))
        .orderBy('created_time', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(tokenOf);
    },
    add: async (token) => {
      await db.write([compiled(db.sql.insertInto('api_token').values(rowOf(token)))]);
    },
    used: async (id, time) => {
      await db.write([compiled(db.sql.updateTable('api_token').set({ last_used_time: time }).where('id', '=', id))]);
    },
    revoke: async (id, time) => {
      const revoked = db.sql.updateTable('api_token').set({ revoked_time: time });
      const [outcome] = await db.write([compiled(revoked.where('id', '=', id).where('revoked_time', 'is', null))]);
      return outcome?.count === 1;
    },
  };
}

function rowOf(token: ApiToken): TokenTable {
  return {
    id: token.id,
    kind: token.kind,
    name: token.name,
    hash: token.hash,
    principal_id: token.principalId ?? null,
    scope: token.scope,
    created_time: token.createdTime,
    expires_time: token.expiresTime ?? null,
    last_used_time: token.lastUsedTime ?? null,
    revoked_time: token.revokedTime ?? null,
  };
}

function tokenOrNone(row: Selectable<TokenTable> | undefined): ApiToken | undefined {
  return row && tokenOf(row);
}

function tokenOf(row: Selectable<TokenTable>): ApiToken {
  const { id, name, hash, scope } = row;
  return {
    id,
    kind: row.kind as TokenKind,
    name,
    hash,
    scope,
    createdTime: row.created_time,
    ...present({
      principalId: row.principal_id,
      expiresTime: row.expires_time,
      lastUsedTime: row.last_used_time,
      revokedTime: row.revoked_time,
    }),
  };
}
