import type { Me } from './session.ts';

/** Each may do all that the one before it may. */
export const ROLES = ['Security Reader', 'Security Admin', 'Owner'] as const;
export type Role = (typeof ROLES)[number];

/** Whether somebody's roles reach so far. The server decides; pages only leave out what it would refuse. */
export function may(me: Pick<Me, 'roles'> | undefined, role: Role, scope = '/'): boolean {
  const wanted = keyOf(scope);
  return (me?.roles ?? []).some(
    (given) => ROLES.indexOf(given.role) >= ROLES.indexOf(role) && reaches(keyOf(given.scope), wanted),
  );
}

/** Whether somebody has a role, on whatever it may be. */
export function mayAnywhere(me: Pick<Me, 'roles'> | undefined, role: Role): boolean {
  return (me?.roles ?? []).some((given) => ROLES.indexOf(given.role) >= ROLES.indexOf(role));
}

function reaches(outer: string, inner: string): boolean {
  return outer === '' || inner === outer || inner.startsWith(`${outer}/`);
}

/** Ids are compared as the server does: without letter case, and both generations of PostgreSQL servers are one. */
function keyOf(scope: string): string {
  return scope.toLowerCase().replace(/\/$/, '').replace('/flexibleservers/', '/servers/');
}
