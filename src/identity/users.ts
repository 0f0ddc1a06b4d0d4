import { randomUUID } from 'node:crypto';
import type { User } from '../store/identity-store.ts';
import type { Identity } from './identity.ts';
import { lockedUntilAfter } from './lock-out.ts';
import { hashPassword, isPassword } from './password.ts';
import type { Role } from './role.ts';

/** A failed sign-in takes so long, whatever made it fail: time tells nobody who exists. Milliseconds. */
const FAILURE_TAKES_MS = 400;

export interface NewUserRequest {
  name: string;
  displayName?: string;
  email?: string;
  /** Absent for those who sign in elsewhere. */
  password?: string;
}

/** Adds a user; rejects with the store's `conflict` where the name is taken. */
export async function addUser({ store, clock }: Identity, request: NewUserRequest): Promise<User> {
  const { name, displayName = name, email, password } = request;
  return store.users.put(
    {
      id: randomUUID(),
      name: name.toLowerCase(),
      displayName,
      ...(email !== undefined && { email }),
      ...(password !== undefined && { passwordHash: await hashPassword(password) }),
      disabled: false,
      failedAttempts: 0,
      createdTime: clock(),
    },
    { ifNoneMatch: '*' },
  );
}

/** Gives a role on a scope; the same twice is one. */
export async function assignRole(
  { store, clock }: Identity,
  principal: { id: string; kind: 'user' | 'servicePrincipal' },
  { role, scope, by }: { role: Role; scope: string; by: string },
) {
  return store.roles.assign({
    id: randomUUID(),
    principalId: principal.id,
    principalKind: principal.kind,
    role,
    scope: scope.toLowerCase(),
    createdTime: clock(),
    createdBy: by,
  });
}

/** The user of the name and password. Undefined for every other case, which cannot be told apart from outside. */
export async function checkPassword(identity: Identity, name: string, password: string): Promise<User | undefined> {
  const deadline = performance.now() + FAILURE_TAKES_MS;
  const user = await matchingUser(identity, name.toLowerCase(), password);
  if (user === undefined) {
    await new Promise((done) => setTimeout(done, Math.max(0, deadline - performance.now())));
  }
  return user;
}

async function matchingUser(identity: Identity, name: string, password: string): Promise<User | undefined> {
  const { users } = identity.store;
  const now = identity.clock();
  const user = await users.byName(name);
  const isRight = await isPassword(password, user?.passwordHash);
  if (user === undefined || user.disabled || now < (user.lockedUntil ?? 0)) {
    return undefined;
  }
  if (!isRight) {
    await users.countFailure(user.id, lockedUntilAfter(user.failedAttempts, now));
    return undefined;
  }
  await users.signedIn(user.id, now);
  return user;
}

/** Replaces the password and ends all sessions; the next one is signed in with it. */
export async function changePassword({ store }: Identity, user: User, password: string): Promise<void> {
  const { etag, ...rest } = user;
  await store.users.put({ ...rest, passwordHash: await hashPassword(password) }, { ifMatch: etag });
  await store.sessions.removeOf(user.id);
}
