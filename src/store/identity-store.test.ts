import { expect, it } from 'vitest';
import type { ApiToken, NewUser, RoleAssignment, Session } from './identity-store.ts';
import { overEveryStore, START } from './testkit.ts';

const ada: NewUser = {
  id: 'u1',
  name: 'Ada@Example.com',
  displayName: 'Ada',
  email: 'ada@example.com',
  passwordHash: 'argon',
  disabled: false,
  failedAttempts: 0,
  createdTime: START,
};
const session: Session = {
  idHash: 's1',
  userId: 'u1',
  createdTime: START,
  lastUsedTime: START,
  expiresTime: START + 9,
  facts: { csrf: 'x' },
};
const token: ApiToken = {
  id: 't1',
  kind: 'api',
  name: 'ci',
  hash: 'h1',
  principalId: 'u1',
  scope: '',
  createdTime: START,
};
const role: RoleAssignment = {
  id: 'r1',
  principalId: 'u1',
  principalKind: 'user',
  role: 'Owner',
  scope: '/',
  createdTime: START,
  createdBy: 'system',
};

overEveryStore('identities', (use) => {
  const identity = () => use().store.identity;

  it('are users with a name of their own', async () => {
    const { users } = identity();
    const made = await users.put(ada, { ifNoneMatch: '*' });

    expect(made).toMatchObject({ ...ada, name: 'ada@example.com' });
    expect(await users.byName('ADA@example.com')).toEqual(made);
    expect(await users.get('u1')).toEqual(made);
    await expect(users.put({ ...ada, id: 'u2' })).rejects.toMatchObject({ code: 'conflict' });
    const bob = await users.put({ ...ada, id: 'u2', name: 'bob', issuer: 'https://id.example.com', subject: '7' });
    expect(await users.bySubject('https://id.example.com', '7')).toEqual(bob);
    expect((await users.list()).map(({ name }) => name)).toEqual(['ada@example.com', 'bob']);
    expect((await users.put({ ...ada, disabled: true }, { ifMatch: made.etag })).disabled).toBe(true);
  });

  it('count wrong passwords, also those at once, until a right one', async () => {
    const { users } = identity();
    const counts = await Promise.all(Array.from({ length: 5 }, () => users.countFailure('u1')));

    expect(counts.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
    expect(await users.countFailure('u1', START + 60)).toBe(6);
    expect(await users.get('u1')).toMatchObject({ failedAttempts: 6, lockedUntil: START + 60 });
    expect(await users.countFailure('nobody')).toBe(0);
    await users.signedIn('u1', START + 70);
    expect(await users.get('u1')).toMatchObject({ failedAttempts: 0, lastSignInTime: START + 70 });
  });

  it('have sessions that end', async () => {
    const { sessions } = identity();
    await sessions.put(session);
    await sessions.put({ ...session, idHash: 's2', expiresTime: START + 1, address: '192.0.2.1' });
    await sessions.touch('s1', START + 5, START + 15);

    expect(await sessions.get('s1')).toEqual({ ...session, lastUsedTime: START + 5, expiresTime: START + 15 });
    expect(await sessions.prune(START + 1)).toBe(1);
    expect(await sessions.get('s2')).toBeUndefined();
    expect(await sessions.removeOf('u1')).toBe(1);
    expect(await sessions.get('s1')).toBeUndefined();
  });

  it('have tokens, of which a one-time one is redeemed once', async () => {
    const { tokens } = identity();
    await tokens.add(token);
    await tokens.add({ ...token, id: 't2', hash: 'h2', kind: 'sign-in', createdTime: START + 1 });

    expect(await tokens.byHash('h1')).toEqual(token);
    await expect(tokens.add({ ...token, id: 't3' })).rejects.toMatchObject({ code: 'conflict' });
    expect((await tokens.list({ principalId: 'u1' })).map(({ id }) => id)).toEqual(['t2', 't1']);
    expect((await tokens.list({ kind: 'api' })).map(({ id }) => id)).toEqual(['t1']);
    const redeemed = await Promise.all(Array.from({ length: 6 }, () => tokens.revoke('t2', START + 2)));
    expect(redeemed.filter(Boolean)).toHaveLength(1);
    await tokens.used('t1', START + 3);
    expect(await tokens.get('t1')).toMatchObject({ lastUsedTime: START + 3 });
  });

  it('have roles, each once', async () => {
    const { roles } = identity();

    expect(await roles.assign(role)).toEqual(role);
    expect(await roles.assign({ ...role, id: 'r2' })).toEqual(role);
    expect(await roles.of('u1')).toEqual([role]);
    expect(await roles.remove('r9')).toBe(false);
    expect(await roles.list()).toEqual([role]);
  });

  it('lose everything when they are removed', async () => {
    const { users, sessions, tokens, roles } = identity();
    await sessions.put(session);
    await users.remove('u1');

    expect(await users.get('u1')).toBeUndefined();
    expect(await sessions.get('s1')).toBeUndefined();
    expect(await tokens.get('t1')).toBeUndefined();
    expect(await roles.of('u1')).toEqual([]);
  });

  it('are applications, too', async () => {
    const { servicePrincipals, roles } = identity();
    const secrets = [{ id: 'k', hash: 'h', hint: 'abc', createdTime: START, expiresTime: START + 9 }];
    const app = {
      appId: 'app',
      objectId: 'obj',
      tenantId: 'ten',
      displayName: 'CI',
      disabled: false,
      secrets,
      createdTime: START,
    };

    const made = await servicePrincipals.put(app);
    await roles.assign({ ...role, id: 'r5', principalId: 'obj', principalKind: 'servicePrincipal' });
    await servicePrincipals.used('app', START + 4);

    expect(await servicePrincipals.get('app')).toEqual({ ...made, lastUsedTime: START + 4 });
    expect(await servicePrincipals.list()).toHaveLength(1);
    await servicePrincipals.remove('app');
    expect(await servicePrincipals.get('app')).toBeUndefined();
    expect(await roles.of('obj')).toEqual([]);
  });

  it('sign with keys that retire', async () => {
    const { keys } = identity();
    const key = {
      kid: 'k1',
      algorithm: 'RS256',
      publicKey: { n: 1 },
      privateKey: { d: 2 },
      createdTime: START,
      retiresTime: START + 5,
      expiresTime: START + 9,
    };
    await keys.add(key);
    await keys.add({ ...key, kid: 'k2', createdTime: START + 1, expiresTime: START + 20 });
    await keys.revoke('jti', START + 9);
    await keys.revoke('jti', START + 9);

    expect((await keys.list(START)).map(({ kid }) => kid)).toEqual(['k2', 'k1']);
    expect(await keys.isRevoked('jti')).toBe(true);
    expect(await keys.prune(START + 9)).toBe(2);
    expect(await keys.isRevoked('jti')).toBe(false);
    expect((await keys.list(START)).map(({ kid }) => kid)).toEqual(['k2']);
  });
});
