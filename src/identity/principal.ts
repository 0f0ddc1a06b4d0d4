import { ROOT_SCOPE } from '../model/scope.ts';
import type { ServicePrincipal, User } from '../store/identity-store.ts';
import type { Identity } from './identity.ts';
import { limitTo, type RoleAssignment } from './role.ts';

/** Who asks for something. */
export interface Principal {
  /** `local`: whoever may write to the server's socket. */
  kind: 'user' | 'servicePrincipal' | 'local';
  /** Of a user or a client id; never given to another. */
  id: string;
  /** What people call it; the audit log shows it. */
  name: string;
  assignments: readonly RoleAssignment[];
}

/** Whoever may write to the server's own socket could also read its store. */
export const LOCAL_OWNER: Principal = {
  kind: 'local',
  id: 'local',
  name: 'local administrator',
  assignments: [{ role: 'Owner', scope: ROOT_SCOPE }],
};

export async function userPrincipal(identity: Identity, user: User): Promise<Principal> {
  const assignments = await identity.store.roles.of(user.id);
  return { kind: 'user', id: user.id, name: user.name, assignments };
}

export async function applicationPrincipal(identity: Identity, application: ServicePrincipal): Promise<Principal> {
  const assignments = await identity.store.roles.of(application.appId);
  return { kind: 'servicePrincipal', id: application.appId, name: application.displayName, assignments };
}

/** The same, but with no say outside of a scope. */
export function limited(principal: Principal, scope: string): Principal {
  return scope === '' ? principal : { ...principal, assignments: limitTo(principal.assignments, scope) };
}
