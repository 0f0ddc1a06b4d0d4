/** What somebody may do, in Azure's words; each may do all that the one before it may. */
export const ROLES = ['Security Reader', 'Security Admin', 'Owner'] as const;
export type Role = (typeof ROLES)[number];

/** A role holds for its scope and everything below it. */
export interface RoleAssignment {
  role: Role;
  /** `/` (all there is), or the id of a subscription, a resource group or a resource. */
  scope: string;
}

/** The scope above all others. */
export const ROOT_SCOPE = '/';

/** Whether the assignments give at least a role on what the scope names. */
export function allows(assignments: readonly RoleAssignment[], role: Role, scope: string): boolean {
  const wanted = scopeKey(scope);
  return assignments.some((given) => includesRole(given.role, role) && contains(scopeKey(given.scope), wanted));
}

/** Whether the assignments give at least a role on the scope, or on something below it: enough to list what is there. */
export function allowsWithin(assignments: readonly RoleAssignment[], role: Role, scope: string): boolean {
  const wanted = scopeKey(scope);
  return assignments.some(({ role: given, scope: on }) => {
    const key = scopeKey(on);
    return includesRole(given, role) && (contains(key, wanted) || contains(wanted, key));
  });
}

/** Scopes that the assignments give at least a role on, as keys, none of them inside another. */
export function scopesOf(assignments: readonly RoleAssignment[], role: Role): string[] {
  const keys = [...new Set(assignments.filter((it) => includesRole(it.role, role)).map((it) => scopeKey(it.scope)))];
  return keys.filter((key) => !keys.some((other) => other !== key && contains(other, key)));
}

/** What is left of the assignments inside of a scope. */
export function limitTo(assignments: readonly RoleAssignment[], scope: string): RoleAssignment[] {
  const limit = scopeKey(scope);
  return assignments.flatMap(({ role, scope: given }) => {
    const key = scopeKey(given);
    if (contains(limit, key)) {
      return [{ role, scope: key }];
    }
    return contains(key, limit) ? [{ role, scope: limit }] : [];
  });
}

/** Azure compares ids without letter case, and its two generations of PostgreSQL servers are one to us. */
export function scopeKey(scope: string): string {
  const key = scope.toLowerCase().replace(/\/+/g, '/').replace(/\/$/, '').replace('/flexibleservers/', '/servers/');
  return key === '' ? ROOT_SCOPE : key;
}

function includesRole(given: Role, wanted: Role): boolean {
  return ROLES.indexOf(given) >= ROLES.indexOf(wanted);
}

/** Whether one scope is another, or holds it; both are keys. */
function contains(outer: string, inner: string): boolean {
  return outer === ROOT_SCOPE || inner === outer || inner.startsWith(`${outer}/`);
}
