import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AlertWrite } from '../store/alert-store.ts';
import { accessTokenOf, ORDERS, SUBSCRIPTION, TENANT, type TestServer, testServer } from './testkit.ts';

let server: TestServer;
let raised: AlertWrite[];

beforeEach(async () => {
  raised = [];
  server = await testServer({
    raise: async (writes) => {
      raised.push(...writes);
      await server.store.alerts.upsertOwn(writes);
    },
  });
});
afterEach(() => server.close());

const ruleUrl = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Security/alertsSuppressionRules/all?api-version=2019-01-01-preview`;
const simulateUrl = (version: string) =>
  `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Security/locations/local/alerts/default/simulate?api-version=${version}`;

it('tells that somebody guesses at secrets of service principals', async () => {
  const ask = (secret: string) =>
    server.app.inject({
      method: 'POST',
      url: `/${TENANT}/oauth2/v2.0/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: `grant_type=client_credentials&client_id=ops&client_secret=${secret}&scope=https%3A%2F%2Fmanagement.azure.com%2F.default`,
    });
  for (let n = 0; n < 10; n++) {
    await ask(`guess-${n}`);
  }
  const reader = await server.as('Security Reader');
  const { items } = (await reader({ url: '/api/v1/alerts?alertType=Vedette_SignInBruteForce' })).json();

  expect(items).toMatchObject([{ severity: 'Medium', resourceName: 'Vedette', address: '127.0.0.1' }]);
  expect(items[0].description).toBe('127.0.0.1 failed to sign in to Vedette 10 times as ops.');
  expect(raised).toHaveLength(1);
});

it('tells that a rule hides much, whoever made it by whichever way, and of no other rule', async () => {
  const authorization = `Bearer ${await accessTokenOf(server, 'Security Admin')}`;
  const put = (properties: object) =>
    server.app.inject({ method: 'PUT', url: ruleUrl, headers: { authorization }, payload: { properties } });
  const rule = { alertType: '*', reason: 'Other', state: 'Enabled' };
  const conditions = { suppressionAlertsScope: { allOf: [{ field: 'entities.ip.address', in: ['203.0.113.7'] }] } };
  await put({ ...rule, ...conditions });
  await put({ ...rule, state: 'Disabled' });
  expect(raised).toEqual([]);
  await put(rule);

  expect(raised).toMatchObject([
    { resourceKey: `/subscriptions/${SUBSCRIPTION}`, alert: { properties: { alertType: 'Vedette_BroadSuppression' } } },
  ]);
  expect(raised[0]!.alert.properties.description).toContain(
    'hides alerts of every type without any condition for ever',
  );
});

it('simulates an alert of each type as Azure does: at once, or to be asked for', async () => {
  const authorization = `Bearer ${await accessTokenOf(server, 'Security Admin')}`;
  const simulate = (version: string, bundles: string[]) =>
    server.app.inject({
      method: 'POST',
      url: simulateUrl(version),
      headers: { authorization },
      payload: { properties: { kind: 'Bundles', bundles } },
    });
  const [early, late, none] = [
    await simulate('2021-11-01', ['CosmosDbs']),
    await simulate('2022-01-01', ['OpenSourceRelationalDatabases', 'KeyVaults']),
    await simulate('2022-01-01', ['KeyVaults']),
  ];
  const url = new URL(late.headers.location as string);
  const result = await server.app.inject({ url: url.pathname + url.search, headers: { authorization } });

  expect([early.statusCode, late.statusCode, none.statusCode, result.statusCode]).toEqual([204, 202, 400, 200]);
  expect(new Set(raised.map(({ alert }) => alert.properties.alertType)).size).toBe(28);
  expect(raised.every(({ alert }) => alert.properties.alertDisplayName.startsWith('[SAMPLE ALERT]'))).toBe(true);
});

it('simulates one type at a resource, for its admins only', async () => {
  const url = `/api/v1/resources/${encodeURIComponent(ORDERS)}/simulations`;
  const payload = { alertTypes: ['SQL.PostgreSQL_TorAnomaly'] };
  const admin = await server.as('Security Admin', ORDERS);
  const reader = await server.as('Security Reader');
  const made = await admin({ method: 'POST', url, payload });
  const unknown = await admin({ method: 'POST', url, payload: { alertTypes: ['CosmosDB_TorAnomaly'] } });
  const [sample] = made.json().items;

  expect([made.statusCode, unknown.statusCode]).toEqual([201, 400]);
  expect((await reader({ method: 'POST', url, payload })).statusCode).toBe(403);
  expect((await admin({ url: `/api/v1/alerts/${sample.name}` })).json()).toMatchObject({
    isSample: true,
    severity: 'High',
  });
});
