import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Listening, serveApp } from '../src/api/serve.ts';
import { type TestServer, testServer } from '../src/api/testkit.ts';
import { createOidcSignIn } from '../src/identity/oidc.ts';

const SECRET = 'a secret that only the two know';
let issuer: string;
let idp: Server;
let server: TestServer;
let listening: Listening;
/** What the provider says of a person, by the name that was typed. */
let people: Record<string, object>;

beforeAll(async () => {
  idp = createServer();
  await new Promise<void>((done) => idp.listen(0, '127.0.0.1', done));
  issuer = `http://127.0.0.1:${(idp.address() as AddressInfo).port}`;
  server = await testServer({}, Date.now());
  const options = { issuer, clientId: 'vedette', clientSecret: SECRET, groupsClaim: 'groups' };
  const signIn = createOidcSignIn(
    { ...options, scopes: ['openid', 'profile', 'email'] },
    server.identity.sealKey,
    Date.now,
  );
  const roles = [
    { group: 'dba', role: 'Security Admin', scope: '/' },
    { group: 'audit', role: 'Security Reader', scope: '/' },
  ] as const;
  server.context.oidc = { label: 'Example', signIn, roles };
  await server.app.close();
  const { buildApp } = await import('../src/api/app.ts');
  const { default: pino } = await import('pino');
  server.app = await buildApp(server.context, { logger: pino({ level: 'silent' }), version: '0.0.0' });
  listening = await serveApp(server.app, { http: { port: 0 } });
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'vedette',
        client_secret: SECRET,
        redirect_uris: [`${listening.httpUrl}/api/v1/sign-in/oidc/callback`],
      },
    ],
    claims: { openid: ['sub'], profile: ['preferred_username', 'name', 'groups'], email: ['email', 'email_verified'] },
    findAccount: (_: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, preferred_username: sub, ...people[sub] }),
    }),
  });
  idp.on('request', provider.callback());
});
afterAll(async () => {
  await listening.close();
  await server.close();
  await new Promise((done) => idp.close(done));
});
beforeEach(() => {
  people = {
    alice: { groups: ['dba'], email: 'alice@example.com', email_verified: true },
    eve: { groups: ['guests'] },
  };
});

/** A browser, as far as signing in needs one: it keeps cookies by host and follows redirects. */
function browser() {
  const jars = new Map<string, Map<string, string>>();
  return async function go(url: string, form?: Record<string, string>): Promise<{ url: string; response: Response }> {
    const { host } = new URL(url);
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map((pair) => pair.join('=')).join('; ') },
      ...(form !== undefined && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0]!.split('=', 2) as [string, string];
      jar.set(name, value);
    }
    const next = response.headers.get('location');
    return next === null ? { url, response } : go(new URL(next, url).href);
  };
}

/** Signs in at the provider as somebody, and gives what Vedette then answers. */
async function signIn(name: string, go = browser()) {
  const start = await go(`${listening.httpUrl}/api/v1/sign-in/oidc?returnTo=/alerts`);
  const login = await go(start.url, { prompt: 'login', login: name, password: 'any' });
  return login.url.startsWith(issuer) ? await go(login.url, { prompt: 'consent' }) : login;
}

const me = async (go: ReturnType<typeof browser>) => {
  const { response } = await go(`${listening.httpUrl}/api/v1/me`);
  return { status: response.status, body: (await response.json()) as object };
};

it('signs in whom the provider knows, with the roles of their groups, and goes on to the page', async () => {
  const go = browser();
  const { response } = await signIn('alice', go);

  expect(response.status).toBe(200);
  expect(await response.text()).toContain('url=/alerts');
  expect(await me(go)).toMatchObject({
    status: 200,
    body: { name: 'alice', roles: [{ role: 'Security Admin', scope: '/' }] },
  });
  expect((await server.store.identity.users.byName('alice'))?.email).toBe('alice@example.com');
});

it('takes a role away with the group, and lets nobody in without any', async () => {
  await signIn('alice');
  people.alice = { groups: ['audit'] };
  const reader = browser();
  await signIn('alice', reader);
  expect(await me(reader)).toMatchObject({ body: { roles: [{ role: 'Security Reader', scope: '/' }] } });
  people.alice = { groups: [] };

  expect((await signIn('alice')).response.status).toBe(403);
  expect((await me(reader)).status).toBe(401);
  expect((await signIn('eve')).response.status).toBe(403);
  expect(await server.store.identity.users.byName('eve')).toBeUndefined();
});

it('never takes somebody for a local user of the same name', async () => {
  const { addUser } = await import('../src/identity/users.ts');
  const local = await addUser(server.identity, { name: 'bob', password: 'correct horse battery' });
  people.bob = { groups: ['dba'] };
  const go = browser();
  await signIn('bob', go);
  const { body } = (await me(go)) as { body: { id: string; name: string } };

  expect(body.name).toMatch(/^bob-[0-9a-f]{8}$/);
  expect(body.id).not.toBe(local.id);
});

it.each([
  ['without what was begun', `?code=abc&state=x&iss=x`],
  ['with an error of the provider', '?error=access_denied&state=x'],
  ['without anything', ''],
])('refuses an answer %s', async (_, query) => {
  const { response } = await browser()(`${listening.httpUrl}/api/v1/sign-in/oidc/callback${query}`);

  expect(response.status).toBe(401);
});

it('refuses the answer to somebody else’s sign-in', async () => {
  const go = browser();
  const mine = await go(`${listening.httpUrl}/api/v1/sign-in/oidc`);
  const state = new URL(mine.url).searchParams.get('state') ?? 'other';
  const stolen = `${listening.httpUrl}/api/v1/sign-in/oidc/callback?code=stolen&state=${state}&iss=${encodeURIComponent(issuer)}`;

  expect((await go(stolen)).response.status).toBe(401);
});

it.each(['//evil.example', '/\\evil.example', 'https://evil.example'])('goes on to no other site: %s', async (page) => {
  const { response } = await browser()(`${listening.httpUrl}/api/v1/sign-in/oidc?returnTo=${encodeURIComponent(page)}`);

  expect(response.status).toBe(400);
});
