import { isWithin, scopeKey } from '../model/scope.ts';

/** What somebody may do, in Azure's words; each may do all that the one before it may. */
export const ROLES = ['Security Reader', 'Security Admin', 'Owner'] as const;
export type Role = (typeof ROLES)[number];

/** A role holds for its scope and everything below it. */
export interface RoleAssignment {
  role: Role;
  /** `/` (all there is), or the id of a subscription, a resource group or a resource. */
  scope: string;
}

/** Whether the assignments give at least a role on what the scope names. */
export function allows(assignments: readonly RoleAssignment[], role: Role, scope: string): boolean {
  const wanted = scopeKey(scope);
  return assignments.some((given) => includesRole(given.role, role) && isWithin(wanted, scopeKey(given.scope)));
}

/** Whether the assignments give at least a role on the scope, or on something below it: enough to list what is there. */
export function allowsWithin(assignments: readonly RoleAssignment[], role: Role, scope: string): boolean {
  const wanted = scopeKey(scope);
  return assignments.some(({ role: given, scope: on }) => {
    const key = scopeKey(on);
    return includesRole(given, role) && (isWithin(wanted, key) || isWithin(key, wanted));
  });
}

/** Scopes that the assignments give at least a role on, as keys, none of them inside another. */
export function scopesOf(assignments: readonly RoleAssignment[], role: Role): string[] {
  const keys = [...new Set(assignments.filter((it) => includesRole(it.role, role)).map((it) => scopeKey(it.scope)))];
  return keys.filter((key) => !keys.some((other) => other !== key && isWithin(key, other)));
}

/** What is left of the assignments inside of a scope. */
export function limitTo(assignments: readonly RoleAssignment[], scope: string): RoleAssignment[] {
  const limit = scopeKey(scope);
  return assignments.flatMap(({ role, scope: given }) => {
    const key = scopeKey(given);
    if (isWithin(key, limit)) {
      return [{ role, scope: key }];
    }
    return isWithin(limit, key) ? [{ role, scope: limit }] : [];
  });
}

function includesRole(given: Role, wanted: Role): boolean {
  return ROLES.indexOf(given) >= ROLES.indexOf(wanted);
}
