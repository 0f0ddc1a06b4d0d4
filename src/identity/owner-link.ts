import { ROOT_SCOPE } from '../model/scope.ts';
import type { User } from '../store/identity-store.ts';
import type { Identity } from './identity.ts';
import { addToken, findToken } from './tokens.ts';
import { addUser, assignRole, type NewUserRequest } from './users.ts';

/** Long enough to fetch a coffee, too short to be found in an old log. Milliseconds. */
const LINK_LIFE_MS = 24 * 3_600_000;

/** Path of the portal that takes the secret; in the fragment, which browsers send to nobody. */
export const OWNER_LINK_PATH = '/setup#';

/**
 * The secret by which one person becomes the first Owner, once; undefined where somebody is Owner already. Earlier
 * links stop working.
 */
export async function newOwnerLink(identity: Identity): Promise<string | undefined> {
  if (await hasOwner(identity)) {
    return undefined;
  }
  const now = identity.clock();
  for (const { id } of await identity.store.tokens.list({ kind: 'sign-in' })) {
    await identity.store.tokens.revoke(id, now);
  }
  const link = { kind: 'sign-in', name: 'first Owner', scope: '', expiresTime: now + LINK_LIFE_MS } as const;
  return (await addToken(identity, link)).secret;
}

/** Makes the holder of the link an Owner; undefined where the link is none, is over, or was used. */
export async function redeemOwnerLink(
  identity: Identity,
  secret: string,
  request: Required<Pick<NewUserRequest, 'name' | 'password'>>,
): Promise<User | undefined> {
  const token = await findToken(identity, secret, 'sign-in');
  if (token === undefined || !(await identity.store.tokens.revoke(token.id, identity.clock()))) {
    return undefined;
  }
  const user = await addUser(identity, request);
  await assignRole(identity, { id: user.id, kind: 'user' }, { role: 'Owner', scope: ROOT_SCOPE, by: 'one-time link' });
  return user;
}

/** Whether somebody may do everything. */
export async function hasOwner({ store }: Identity): Promise<boolean> {
  return (await store.roles.list()).some(({ role, scope }) => role === 'Owner' && scope === ROOT_SCOPE);
}
