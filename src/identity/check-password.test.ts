import * as argon2 from '@node-rs/argon2';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type TestServer, testServer } from '../api/testkit.ts';
import { externalUser } from './external-users.ts';
import { addUser, checkPassword } from './users.ts';

/** Counts the real work. */
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof argon2>();
  return { ...real, verify: vi.fn(real.verify) };
});

const PASSWORD = 'correct horse battery staple';
let server: TestServer;

beforeAll(async () => {
  server = await testServer();
  await addUser(server.identity, { name: 'alice', password: PASSWORD });
  const { etag, ...carol } = await addUser(server.identity, { name: 'carol', password: PASSWORD });
  await server.store.identity.users.put({ ...carol, disabled: true }, { ifMatch: etag });
  const person = { issuer: 'https://idp.example', subject: '7', name: 'erin', groups: ['dba'] };
  await externalUser(server.identity, person, [{ group: 'dba', role: 'Security Reader', scope: '/' }]);
  const dave = await addUser(server.identity, { name: 'dave', password: PASSWORD });
  for (let i = 0; i < 5; i++) {
    await server.store.identity.users.countFailure(dave.id, server.identity.clock() + 60_000);
  }
});
afterAll(() => server.close());

it.each([
  ['a wrong password', 'alice', 'wrong password'],
  ['a name that nobody has', 'bob', PASSWORD],
  ['a user who may not sign in any more', 'carol', PASSWORD],
  ['a name that is locked', 'dave', PASSWORD],
  ['a user of another directory', 'erin', PASSWORD],
])('does the same work for %s, and says no more', async (_, name, password) => {
  vi.mocked(argon2.verify).mockClear();
  expect(await checkPassword(server.identity, name, password)).toBeUndefined();
  const hashes = vi.mocked(argon2.verify).mock.calls.map(([hashed]) => String(hashed));

  expect(hashes).toHaveLength(1);
  expect(hashes[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});
