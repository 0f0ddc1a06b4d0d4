import { createHash, randomUUID } from 'node:crypto';
import { scopeKey } from '../model/scope.ts';
import type { User } from '../store/identity-store.ts';
import type { Identity } from './identity.ts';
import type { OidcPerson } from './oidc.ts';
import type { RoleAssignment } from './role.ts';
import { assignRole } from './users.ts';

/** Who gave a role that comes of a group: such roles come and go with it. */
const BY_GROUP = 'OpenID provider';

/** A role that the members of a group have. */
export interface GroupRole extends RoleAssignment {
  group: string;
}

/**
 * The user who is this person at the provider, made at the first sign-in; with the roles of the groups as they are now.
 * Undefined where somebody may not sign in: disabled, or without any role.
 */
export async function externalUser(
  identity: Identity,
  person: OidcPerson,
  mapping: readonly GroupRole[],
): Promise<User | undefined> {
  const { users, roles } = identity.store;
  const known = await users.bySubject(person.issuer, person.subject);
  const wanted = mapping.filter(({ group }) => person.groups.includes(group));
  if (known?.disabled === true || (known === undefined && wanted.length === 0)) {
    return undefined;
  }
  const user = known ?? (await addPerson(identity, person));
  for (const { role, scope } of wanted) {
    await assignRole(identity, { id: user.id, kind: 'user' }, { role, scope: scopeKey(scope), by: BY_GROUP });
  }
  for (const { id, role, scope, createdBy } of await roles.of(user.id)) {
    if (createdBy === BY_GROUP && !wanted.some((it) => it.role === role && scopeKey(it.scope) === scope)) {
      await roles.remove(id);
    }
  }
  if ((await roles.of(user.id)).length === 0) {
    await identity.store.sessions.removeOf(user.id);
    return undefined;
  }
  await users.signedIn(user.id, identity.clock());
  return user;
}

/** Names at the provider prove nothing here: where somebody is called so already, this one is called otherwise. */
async function addPerson({ store, clock }: Identity, person: OidcPerson): Promise<User> {
  const { issuer, subject, displayName, email } = person;
  const mark = createHash('sha256').update(`${issuer} ${subject}`).digest('hex').slice(0, 8);
  const wished = (person.name ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9._@+-]/g, '')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 80);
  const isFree = wished.length >= 2 && (await store.users.byName(wished)) === undefined;
  const name = isFree ? wished : `${wished === '' ? 'user' : wished}-${mark}`;
  return store.users.put(
    {
      id: randomUUID(),
      name,
      displayName: displayName ?? name,
      ...(email !== undefined && { email }),
      issuer,
      subject,
      disabled: false,
      failedAttempts: 0,
      createdTime: clock(),
    },
    { ifNoneMatch: '*' },
  );
}
