import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addApplication, addSecret, removeSecret } from '../../identity/applications.ts';
import { assignRole } from '../../identity/users.ts';
import { TENANT, type TestServer, testServer } from '../testkit.ts';

const DAY_MS = 24 * 3_600_000;
const ORIGIN = 'http://vedette.example';
const SCOPE = 'https://management.azure.com/.default';

let server: TestServer;
let clientId: string;
let secret: string;

beforeEach(async () => {
  server = await testServer();
  const added = await addApplication(server.identity, 'tools', server.identity.clock() + 365 * DAY_MS);
  clientId = added.application.appId;
  ({ secret } = added);
  const principal = { id: clientId, kind: 'servicePrincipal' } as const;
  await assignRole(server.identity, principal, { role: 'Security Reader', scope: '/', by: 'test' });
});
afterEach(() => server.close());

function post(path: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  return server.app.inject({
    method: 'POST',
    url: path,
    headers: { host: 'vedette.example', 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(form).toString(),
  });
}

function ask(more: Record<string, string> = {}, path = `/${TENANT}/oauth2/v2.0/token`) {
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: secret, scope: SCOPE, ...more };
  return post(path, form);
}

async function token(): Promise<string> {
  return (await ask()).json().access_token;
}

async function statusWith(bearer: string): Promise<number> {
  const headers = { authorization: `Bearer ${bearer}` };
  return (await server.app.inject({ url: '/subscriptions?api-version=2022-12-01', headers })).statusCode;
}

async function keySet(): Promise<JSONWebKeySet> {
  return (await server.app.inject({ url: '/adfs/discovery/v2.0/keys' })).json();
}

describe('discovery', () => {
  it.each([
    [`/${TENANT}/v2.0/.well-known/openid-configuration`, TENANT, `${ORIGIN}/${TENANT}/v2.0`],
    ['/adfs/.well-known/openid-configuration', 'adfs', `${ORIGIN}/adfs`],
  ])('at %s leads to everything else', async (url, tenant, issuer) => {
    const document = (await server.app.inject({ url, headers: { host: 'vedette.example' } })).json();
    const { token_endpoint: endpoint, jwks_uri: keys } = document;
    const given = await ask({}, new URL(endpoint).pathname);
    const set = createLocalJWKSet((await server.app.inject({ url: new URL(keys).pathname })).json());
    const { payload, protectedHeader } = await jwtVerify(given.json().access_token, set, {
      issuer: document.issuer,
      audience: 'https://management.azure.com',
      currentDate: new Date(server.identity.clock()),
    });

    expect(document).toMatchObject({ issuer, grant_types_supported: ['client_credentials'] });
    expect(endpoint).toBe(`${ORIGIN}/${tenant}/oauth2/v2.0/token`);
    expect(payload).toMatchObject({ tid: TENANT, appid: clientId, idtyp: 'app' });
    expect(payload.exp! - payload.iat!).toBe(3600);
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT' });
  });

  it('tells no private part of a key', async () => {
    await token();
    const { keys } = await keySet();

    expect(keys.map((key) => Object.keys(key).toSorted())).toEqual([['alg', 'e', 'kid', 'kty', 'n', 'use']]);
  });
});

describe('keys', () => {
  it('change after a month, and the old one is believed until what it signed is over, also after restarts', async () => {
    const first = await token();
    server.later(30 * DAY_MS - 60_000);
    const last = await token();
    server.later(120_000);
    const next = await token();
    const kids = (await keySet()).keys.map(({ kid }) => kid);

    expect(decodeProtectedHeader(last).kid).toBe(decodeProtectedHeader(first).kid);
    expect(decodeProtectedHeader(next).kid).not.toBe(decodeProtectedHeader(last).kid);
    expect(new Set(kids)).toEqual(new Set([last, next].map((it) => decodeProtectedHeader(it).kid)));
    await server.restart();
    expect((await keySet()).keys.map(({ kid }) => kid)).toEqual(kids);
    expect(await Promise.all([first, last, next].map(statusWith))).toEqual([401, 200, 200]);
    expect(decodeProtectedHeader(await token()).kid).toBe(decodeProtectedHeader(next).kid);
    server.later(3_600_000);
    expect(await statusWith(last)).toBe(401);
    server.later(DAY_MS);
    expect((await keySet()).keys.map(({ kid }) => kid)).toEqual([decodeProtectedHeader(next).kid]);
  });
});

describe('a token', () => {
  it.each([
    ['the scope of Azure', { scope: SCOPE }],
    ['the scope of this server', { scope: `${ORIGIN}/.default` }],
    ['a scope with one slash too many', { scope: `${ORIGIN}//.default` }],
    ['the resource of version 1', { scope: '', resource: 'https://management.core.windows.net/' }],
  ])('is given for %s', async (_, form) => {
    const answer = await ask(form);

    expect([answer.statusCode, answer.json().token_type, answer.json().expires_in]).toEqual([200, 'Bearer', 3600]);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('is given for credentials in the header', async () => {
    const authorization = `Basic ${Buffer.from(`${clientId}:${encodeURIComponent(secret)}`).toString('base64')}`;
    const form = { grant_type: 'client_credentials', scope: SCOPE };

    expect((await post('/common/oauth2/token', form, { authorization })).statusCode).toBe(200);
  });

  it.each([
    ['another secret', { client_secret: 'x' }, 401, 'invalid_client'],
    ['an application that there is not', { client_id: '11111111-1111-1111-1111-111111111111' }, 401, 'invalid_client'],
    ['no client', { client_id: '', client_secret: '' }, 401, 'invalid_client'],
    ['another service', { scope: 'https://graph.microsoft.com/.default' }, 400, 'invalid_scope'],
    ['no service', { scope: '' }, 400, 'invalid_scope'],
    ['a password', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ])('is not given for %s', async (_, form, status, error) => {
    const answer = await ask(form);

    expect([answer.statusCode, answer.json().error]).toEqual([status, error]);
    expect(answer.json().error_description).toMatch(/\.$/);
  });

  it('tells nobody which applications there are', async () => {
    const [wrong, unknown] = [await ask({ client_secret: 'x' }), await ask({ client_id: TENANT })];

    expect(wrong.json().error_description).toBe(unknown.json().error_description);
  });

  it('is worth nothing once it was taken back, by whom it was given to, also after a restart', async () => {
    const [mine, kept] = [await token(), await token()];
    const other = await addApplication(server.identity, 'other', server.identity.clock() + DAY_MS);
    const revoke = (client_id: string, client_secret: string) =>
      post('/adfs/oauth2/v2.0/revoke', { token: mine, client_id, client_secret });

    expect((await revoke(clientId, 'x')).statusCode).toBe(401);
    expect((await revoke(other.application.appId, other.secret)).statusCode).toBe(200);
    expect(await statusWith(mine)).toBe(200);
    expect((await revoke(clientId, secret)).statusCode).toBe(200);
    await server.restart();
    expect([await statusWith(mine), await statusWith(kept)]).toEqual([401, 200]);
  });

  it('is worth no more than the secret that it was got with', async () => {
    const old = await token();
    const { servicePrincipals } = server.identity.store;
    const added = await addSecret(server.identity, (await servicePrincipals.get(clientId))!, Date.UTC(2030, 0));
    const [first] = (await servicePrincipals.get(clientId))!.secrets;
    secret = added.secret;
    const renewed = await token();
    await removeSecret(server.identity, (await servicePrincipals.get(clientId))!, first!.id);

    expect([await statusWith(old), await statusWith(renewed)]).toEqual([401, 200]);
    await servicePrincipals.remove(clientId);
    expect(await statusWith(renewed)).toBe(401);
    expect((await ask()).statusCode).toBe(401);
  });

  it('is not given for a secret that is over', async () => {
    server.later(366 * DAY_MS);

    expect((await ask()).json().error).toBe('invalid_client');
  });
});
