import type { HTTPMethods } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessTokenOf, ORDERS, SUBSCRIPTION, type TestServer, testServer } from './testkit.ts';
import { EVERY_PORT } from './testkit-ports.ts';

/** Every route of the document, asked by those who may not. */
let server: TestServer;
let operations: { method: HTTPMethods; path: string; role: string }[];

beforeAll(async () => {
  server = await testServer(EVERY_PORT);
  const { paths } = (await server.app.inject({ url: '/api/openapi.json' })).json();
  operations = Object.entries(paths as Record<string, Record<string, { security?: unknown[] }>>).flatMap(
    ([path, item]) =>
      Object.entries(item)
        .filter(([, { security }]) => security?.length !== 0)
        .map(([method, operation]) => ({
          method: method.toUpperCase() as HTTPMethods,
          path: filled(path),
          role: (operation as { 'x-role'?: string })['x-role'] ?? '',
        })),
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
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? 'x');
}

async function statuses(headers: Record<string, string>, asked = operations) {
  return Promise.all(
    asked.map(async ({ method, path }) => {
      const { statusCode } = await server.app.inject({ method, url: path, headers });
      return `${method} ${path}: ${statusCode}`;
    }),
  );
}

describe('every route that is not open', () => {
  it('was found, and says its role', () => {
    expect(operations.length).toBeGreaterThan(80);
    expect(operations.filter(({ role }) => !['Security Reader', 'Security Admin', 'Owner'].includes(role))).toEqual([]);
  });

  it.each([
    ['no proof', async () => ({})],
    ['a cookie of nobody', async () => ({ cookie: 'vedette=AAAA' })],
    ['another scheme', async () => ({ authorization: 'Basic YTpi' })],
    ['an API token of nobody', async () => ({ authorization: 'Bearer vedette_api_AAAA' })],
    ['a token of another server', async () => ({ authorization: `Bearer ${await foreignToken()}` })],
    ['a tampered token', async () => ({ authorization: `Bearer ${tampered(await accessTokenOf(server, 'Owner'))}` })],
    ['an expired token', async () => ({ authorization: `Bearer ${await expiredToken()}` })],
  ])('refuses %s', async (_, headers) => {
    const wrong = (await statuses(await headers())).filter((it) => !it.endsWith(': 401'));

    expect(wrong).toEqual([]);
  });

  it('refuses who has no role here', async () => {
    const elsewhere = '/subscriptions/11111111-1111-1111-1111-111111111111';
    const token = await accessTokenOf(server, 'Owner', elsewhere);
    const here = operations.filter(({ path }) => path.startsWith(`/subscriptions/${SUBSCRIPTION}`));
    const answers = await statuses({ authorization: `Bearer ${token}` }, here);

    expect(answers.filter((it) => !it.endsWith(': 403'))).toEqual([]);
  });

  it.each(['Security Reader', 'Security Admin'] as const)('refuses %s what takes a higher role', async (role) => {
    const token = await accessTokenOf(server, role);
    const higher = role === 'Security Reader' ? ['Security Admin', 'Owner'] : ['Owner'];
    const asked = operations.filter((it) => higher.includes(it.role));
    const answers = await statuses({ authorization: `Bearer ${token}` }, asked);

    expect(asked.length).toBeGreaterThan(5);
    expect(answers.filter((it) => !it.endsWith(': 403'))).toEqual([]);
  });
});

async function foreignToken(): Promise<string> {
  const other = await testServer();
  const token = await accessTokenOf(other, 'Owner');
  await other.close();
  return token;
}

async function expiredToken(): Promise<string> {
  const token = await accessTokenOf(server, 'Owner');
  server.later(3_610_000);
  return token;
}

/** One more year to live, under the old signature. */
function tampered(token: string): string {
  const [header, payload, signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString());
  const longer = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 31_536_000 })).toString('base64url');
  return [header, longer, signature].join('.');
}
