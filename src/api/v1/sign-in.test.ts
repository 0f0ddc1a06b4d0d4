import { afterEach, beforeEach, expect, it } from 'vitest';
import { newOwnerLink } from '../../identity/owner-link.ts';
import { type TestServer, testServer } from '../testkit.ts';

const PASSWORD = 'correct horse battery staple';
let server: TestServer;

beforeEach(async () => {
  server = await testServer();
});
afterEach(() => server.close());

function setup(secret: string, name = 'alice', password = PASSWORD) {
  return server.app.inject({ method: 'POST', url: '/api/v1/sign-in/setup', payload: { secret, name, password } });
}

function signIn(name: string, password: string) {
  return server.app.inject({ method: 'POST', url: '/api/v1/sign-in', payload: { name, password } });
}

it('makes the first Owner by the one-time link, once', async () => {
  const link = (await newOwnerLink(server.identity))!;
  const weak = await setup(link, 'alice', 'alice-alice-alice');
  const first = await setup(link);
  const second = await setup(link, 'mallory');

  expect([weak.statusCode, first.statusCode, second.statusCode]).toEqual([400, 200, 401]);
  expect(await newOwnerLink(server.identity)).toBeUndefined();
  expect(first.cookies[0]).toMatchObject({ name: 'vedette', httpOnly: true, sameSite: 'Strict', path: '/' });
});

it('signs in, tells who it is, changes only with the token of the session, signs out', async () => {
  await setup((await newOwnerLink(server.identity))!);
  const { cookies, headers } = await signIn('Alice', PASSWORD);
  const cookie = `vedette=${cookies[0]!.value}`;
  const me = await server.app.inject({ url: '/api/v1/me', headers: { cookie } });
  const out = (token: Record<string, string>) =>
    server.app.inject({ method: 'POST', url: '/api/v1/sign-out', headers: { cookie, ...token } });

  expect(headers['set-cookie']).toContain('HttpOnly');
  expect(me.json()).toMatchObject({ name: 'alice', roles: [{ role: 'Owner', scope: '/' }] });
  expect((await out({})).statusCode).toBe(403);
  expect((await out({ 'x-csrf-token': me.json().csrfToken, 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
  expect((await out({ 'x-csrf-token': me.json().csrfToken })).statusCode).toBe(204);
  expect((await server.app.inject({ url: '/api/v1/me', headers: { cookie } })).statusCode).toBe(401);
});

it('tells nobody who exists', async () => {
  await setup((await newOwnerLink(server.identity))!);
  const [wrong, unknown] = [await signIn('alice', 'wrong password'), await signIn('bob', 'wrong password')];

  expect({ ...wrong.json(), id: '' }).toEqual({ ...unknown.json(), id: '' });
  expect(wrong.statusCode).toBe(401);
});

it('locks a name that is guessed at, and lets go of it later', async () => {
  await setup((await newOwnerLink(server.identity))!);
  for (let i = 0; i < 5; i++) {
    await signIn('alice', `guess number ${i}`);
  }
  const locked = await signIn('alice', PASSWORD);
  server.later(31_000);

  expect(locked.statusCode).toBe(401);
  expect((await signIn('alice', PASSWORD)).statusCode).toBe(200);
});

it('ends sessions that are not used', async () => {
  await setup((await newOwnerLink(server.identity))!);
  const { cookies } = await signIn('alice', PASSWORD);
  const me = () => server.app.inject({ url: '/api/v1/me', headers: { cookie: `vedette=${cookies[0]!.value}` } });

  server.later(11 * 3_600_000);
  expect((await me()).statusCode).toBe(200);
  server.later(11 * 3_600_000);
  expect((await me()).statusCode).toBe(200);
  server.later(12 * 3_600_000);
  expect((await me()).statusCode).toBe(401);
});
