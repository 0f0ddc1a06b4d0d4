import { generateKeyPairSync } from 'node:crypto';
import type { HTTPMethods } from 'fastify';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerHttpPush } from '../sources/http-push/http-push.ts';
import { accessTokenOf, ORDERS, SUBSCRIPTION, type TestServer, testServer } from './testkit.ts';
import { EVERY_PORT } from './testkit-ports.ts';

/** Every route of the table, asked by those who may not. */
let server: TestServer;
let operations: { method: HTTPMethods; path: string; url: string; role: string | undefined }[];

beforeAll(async () => {
  server = await testServer({
    ...EVERY_PORT,
    ingest: (app) =>
      void registerHttpPush(app, {
        routeConfig: { access: { open: 'ingest' } },
        targetOf: () => undefined,
        authorize: async () => 'unknown',
      }),
  });
  operations = server.app.routeTable.flatMap(({ method, url, config }) =>
    [method].flat().map((one) => {
      const access = config?.access;
      return {
        method: one as HTTPMethods,
        path: url,
        url: filled(url),
        role: access !== undefined && 'role' in access ? access.role : undefined,
      };
    }),
  );
});
afterAll(() => server.close());

/** Values that every route takes, where it is asked by somebody who may. */
function filled(path: string): string {
  const values: Record<string, string> = {
    subscriptionId: SUBSCRIPTION,
    resourceGroup: 'Shop',
    resource: path.startsWith('/api')
      ? encodeURIComponent(ORDERS)
      : path.includes('databaseAccounts')
        ? 'catalog'
        : 'Orders',
    ascLocation: 'local',
  };
  return path.replaceAll(/:(\w+)/g, (_, name: string) => values[name] ?? 'x');
}

const closed = () => operations.filter(({ role }) => role !== undefined);

async function statuses(headers: Record<string, string>, asked = closed()) {
  return Promise.all(
    asked.map(async ({ method, url }) => {
      const { statusCode } = await server.app.inject({ method, url, headers });
      return `${method} ${url}: ${statusCode}`;
    }),
  );
}

describe('the table of routes', () => {
  it('is what the document describes, with the role of each', async () => {
    const { paths } = (await server.app.inject({ url: '/api/openapi.json' })).json();
    const described = Object.entries(paths as Record<string, Record<string, { 'x-role'?: string }>>).flatMap(
      ([path, item]) =>
        Object.entries(item).map(([method, operation]) => [
          `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
          operation['x-role'],
        ]),
    );
    const roles = Object.fromEntries(described);
    const undescribed = closed().filter(({ method, path, role }) => roles[`${method} ${path}`] !== role);

    expect(described.length).toBeGreaterThan(120);
    expect(undescribed).toEqual([]);
  });

  it('has no change that is open to all, but signing in and what brings a proof of its own', () => {
    const open = operations.filter(({ method, role }) => role === undefined && !['GET', 'HEAD'].includes(method));

    expect(new Set(open.map(({ path }) => path))).toEqual(
      new Set([
        '/api/v1/sign-in',
        '/api/v1/sign-in/setup',
        '/api/v1/ingest/:resource',
        '/:tenant/oauth2/v2.0/token',
        '/:tenant/oauth2/token',
        '/:tenant/oauth2/v2.0/revoke',
      ]),
    );
  });
});

describe('every route that is not open', () => {
  it('was found, and says its role', () => {
    expect(closed().length).toBeGreaterThan(120);
    expect(new Set(closed().map(({ role }) => role))).toEqual(new Set(['Security Reader', 'Security Admin', 'Owner']));
  });

  it.each([
    ['no proof', async () => ({})],
    ['a cookie of nobody', async () => ({ cookie: 'vedette=AAAA' })],
    ['another scheme', async () => ({ authorization: 'Basic YTpi' })],
    ['an API token of nobody', async () => ({ authorization: 'Bearer vedette_api_AAAA' })],
    ['a token of another server', async () => bearer(await foreignToken())],
    ['a token under our key’s name, signed with another', async () => bearer(await resigned('RS256'))],
    ['a token signed with our public key as a secret', async () => bearer(await resigned('HS256'))],
    ['a token that nobody signed', async () => bearer(unsigned(await accessTokenOf(server, 'Owner')))],
    ['a tampered token', async () => bearer(tampered(await accessTokenOf(server, 'Owner')))],
    ['a token that was taken back', async () => bearer(await revokedToken())],
    ['an expired token', async () => bearer(await expiredToken())],
  ])('refuses %s', async (_, headers) => {
    const wrong = (await statuses(await headers())).filter((it) => !it.endsWith(': 401'));

    expect(wrong).toEqual([]);
  });

  it('refuses who has no role here', async () => {
    const elsewhere = '/subscriptions/11111111-1111-1111-1111-111111111111';
    const token = await accessTokenOf(server, 'Owner', elsewhere);
    const here = closed().filter(({ url }) => url.startsWith(`/subscriptions/${SUBSCRIPTION}`));
    const answers = await statuses(bearer(token), here);

    expect(here.length).toBeGreaterThan(60);
    expect(answers.filter((it) => !it.endsWith(': 403'))).toEqual([]);
  });

  it.each(['Security Reader', 'Security Admin'] as const)('refuses %s what takes a higher role', async (role) => {
    const token = await accessTokenOf(server, role);
    const higher = role === 'Security Reader' ? ['Security Admin', 'Owner'] : ['Owner'];
    const asked = closed().filter((it) => higher.includes(it.role!));
    const answers = await statuses(bearer(token), asked);

    expect(asked.length).toBeGreaterThan(5);
    expect(answers.filter((it) => !it.endsWith(': 403'))).toEqual([]);
  });
});

function bearer(token: string) {
  return { authorization: `Bearer ${token}` };
}

async function foreignToken(): Promise<string> {
  const other = await testServer();
  const token = await accessTokenOf(other, 'Owner');
  await other.close();
  return token;
}

/** The claims and the header of a real token, under a signature that is none of ours. */
async function resigned(alg: 'RS256' | 'HS256'): Promise<string> {
  const { header, claims } = partsOf(await accessTokenOf(server, 'Owner'));
  const { keys } = (await server.app.inject({ url: '/adfs/discovery/keys' })).json();
  const key = alg === 'RS256' ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey : Buffer.from(keys[0].n);
  return new SignJWT(claims).setProtectedHeader({ ...header, alg }).sign(key);
}

function unsigned(token: string): string {
  const { header, claims } = partsOf(token);
  return `${encoded({ ...header, alg: 'none' })}.${encoded(claims)}.`;
}

/** One more year to live, under the old signature. */
function tampered(token: string): string {
  const { claims } = partsOf(token);
  const [header, , signature] = token.split('.');
  return [header, encoded({ ...claims, exp: Number(claims.exp) + 31_536_000 }), signature].join('.');
}

async function revokedToken(): Promise<string> {
  const token = await accessTokenOf(server, 'Owner');
  const { claims } = partsOf(token);
  await server.store.identity.keys.revoke(String(claims.jti), Number(claims.exp) * 1000);
  return token;
}

async function expiredToken(): Promise<string> {
  const token = await accessTokenOf(server, 'Owner');
  server.later(3_610_000);
  return token;
}

function partsOf(token: string): { header: { kid: string; typ: string }; claims: Record<string, unknown> } {
  const [header, claims] = token.split('.', 2).map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
  return { header, claims };
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
