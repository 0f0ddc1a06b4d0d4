import type { IdentityStore } from '../identity-store.ts';
import type { Database } from './database.ts';
import { sqlKeyStore } from './sql-key-store.ts';
import { sqlRoleStore } from './sql-role-store.ts';
import { sqlServicePrincipalStore } from './sql-service-principal-store.ts';
import { sqlSessionStore } from './sql-session-store.ts';
import { sqlTokenStore } from './sql-token-store.ts';
import { sqlUserStore } from './sql-user-store.ts';

export function sqlIdentityStore(db: Database): IdentityStore {
  return {
    users: sqlUserStore(db),
    sessions: sqlSessionStore(db),
    tokens: sqlTokenStore(db),
    servicePrincipals: sqlServicePrincipalStore(db),
    roles: sqlRoleStore(db),
    keys: sqlKeyStore(db),
  };
}
