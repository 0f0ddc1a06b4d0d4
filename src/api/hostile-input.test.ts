import fc from 'fast-check';
import type { HTTPMethods } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CATALOG, SUBSCRIPTION, type TestServer, testServer } from './testkit.ts';

/** Requests of each route. */
const RUNS = 12;
const NASTY = ['%00', '%2e%2e%2f', '%', "'; --", '__proto__', '%F0%9F%92%A9', 'x'.repeat(400), '-1', 'NaN', '*', '[]'];

let server: TestServer;

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

it('is refused or taken by every route, and breaks none', { timeout: 240_000 }, async () => {
  const { paths } = (await server.app.inject({ url: '/api/openapi.json' })).json();
  const operations = Object.entries(paths as Record<string, object>)
    .filter(([path]) => !path.endsWith('/alert-stream'))
    .flatMap(([path, item]) =>
      Object.keys(item).map((method) => ({ method: method.toUpperCase() as HTTPMethods, path })),
    );
  const owner = await server.as('Owner');
  const text = fc.oneof(
    fc.constantFrom(...NASTY),
    fc.string({ maxLength: 30 }).map((it) => encodeURIComponent(it)),
  );
  const request = fc.record({
    values: fc.array(text, { minLength: 6, maxLength: 6 }),
    body: fc.jsonValue(),
    isReal: fc.boolean(),
  });
  for (const { method, path } of operations) {
    await fc.assert(
      fc.asyncProperty(request, async ({ values, body, isReal }) => {
        const url = `${filled(path, values, isReal)}?api-version=${versionOf(path)}&limit=${values[4]}&cursor=${values[5]}&$skiptoken=${values[5]}`;
        const payload = method === 'GET' ? {} : { payload: Object.assign({ properties: body }, body) };
        const { statusCode } = await owner({ method, url, ...payload });

        expect(`${method} ${url} ${JSON.stringify(payload)}: ${statusCode >= 500 ? statusCode : 'fine'}`).toMatch(
          /fine$/,
        );
      }),
      { numRuns: RUNS, seed: 20_261_129 },
    );
  }
});

function filled(path: string, values: readonly string[], isReal: boolean): string {
  const real: Record<string, string> = {
    subscriptionId: SUBSCRIPTION,
    resourceGroup: 'Shop',
    resource: path.startsWith('/api')
      ? encodeURIComponent(CATALOG)
      : path.includes('databaseAccounts')
        ? 'catalog'
        : 'Orders',
    ascLocation: 'local',
  };
  let used = 0;
  return path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => (isReal ? real[name] : undefined) ?? values[used++ % 4] ?? 'x',
  );
}

/** Some version that the group of operations knows. */
function versionOf(path: string): string {
  const versions = {
    securityAlertPolicies: '2017-12-01',
    alertsSuppressionRules: '2019-01-01-preview',
    securityContacts: '2020-01-01-preview',
    pricings: '2023-01-01',
    diagnosticSettings: '2021-05-01-preview',
    'Microsoft.Security/advancedThreat': '2019-01-01',
    advancedThreat: '2025-08-01',
    alerts: '2022-01-01',
  };
  return Object.entries(versions).find(([part]) => path.includes(part))?.[1] ?? '2022-12-01';
}
