import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  anAlert,
  CATALOG,
  GROUP,
  ORDERS,
  OTHER,
  raise,
  SUBSCRIPTION,
  type TestServer,
  testServer,
} from '../testkit.ts';

/** Azure's operations as its clients send them: versions, forms of paths, statuses and bodies. */
const S = `/subscriptions/${SUBSCRIPTION}`;
const P = 'providers/Microsoft.Security';
const ALERTS = `${P}/locations/local/alerts`;

let server: TestServer;
let owner: Awaited<ReturnType<TestServer['as']>>;
let alertName: string;

beforeAll(async () => {
  server = await testServer();
  owner = await server.as('Owner');
  const start = Date.UTC(2026, 10, 1);
  const alerts = Array.from({ length: 230 }, (_, n) =>
    anAlert({ startTime: start + n * 1000, endTime: start + n * 1000 }),
  );
  await raise(server.store, alerts);
  alertName = alerts[0]!.name;
});
afterAll(() => server.close());

async function ask(method: 'GET' | 'HEAD' | 'PUT' | 'PATCH' | 'POST' | 'DELETE', url: string, properties?: object) {
  const answer = await owner({ method, url, ...(properties !== undefined && { payload: { properties } }) });
  return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json(), headers: answer.headers };
}

const get = async (url: string) => (await ask('GET', url)).body;

describe('alerts', () => {
  it.each(
    [S, GROUP]
      .flatMap((scope) => [`${scope}/${P}/alerts`, `${scope}/${ALERTS}`])
      .flatMap((path) =>
        ['2019-01-01', '2021-01-01', '2021-11-01', '2022-01-01'].map((version) => [path, version] as const),
      ),
  )('are listed at %s in %s, page by page', async (path, version) => {
    const names: string[] = [];
    for (let next: string | undefined = `${path}?api-version=${version}`; next !== undefined; ) {
      const { value, nextLink }: { value: { name: string }[]; nextLink?: string } = await get(next);
      names.push(...value.map(({ name }) => name));
      next = nextLink === undefined ? undefined : nextLink.replace(/^http:\/\/[^/]+/, '');
    }

    expect(new Set(names).size).toBe(230);
  });

  it.each([
    ['2022-01-01', { version: '2022-01-01', alertType: 'SQL.PostgreSQL_BruteForce', techniques: ['T1110'] }],
    ['2021-11-01', { alertType: 'SQL.PostgreSQL_BruteForce', status: 'Active' }],
    ['2021-01-01', { alertType: 'SQL.PostgreSQL_BruteForce', status: 'Active' }],
    ['2019-01-01', { alertName: 'SQL.PostgreSQL_BruteForce', state: 'Active', associatedResource: ORDERS }],
  ])('have in %s the members of that version', async (version, properties) => {
    const alert = await get(`${GROUP}/${ALERTS}/${alertName}?api-version=${version}`);

    expect(alert).toMatchObject({ name: alertName, properties });
    expect(alert.id).toBe(`${GROUP}/${ALERTS}/${alertName}`);
    expect('techniques' in alert.properties).toBe(version === '2022-01-01');
  });

  it.each(
    [S, GROUP].flatMap((scope) => [
      [scope, 'dismiss', '2022-01-01', 'Dismissed'] as const,
      [scope, 'resolve', '2022-01-01', 'Resolved'] as const,
      [scope, 'activate', '2022-01-01', 'Active'] as const,
      [scope, 'inProgress', '2022-01-01', 'InProgress'] as const,
      [scope, 'resolve', '2021-11-01', 'Resolved'] as const,
      [scope, 'activate', '2021-11-01', 'Active'] as const,
      [scope, 'Dismiss', '2019-01-01', 'Dismissed'] as const,
      [scope, 'Reactivate', '2019-01-01', 'Active'] as const,
    ]),
  )('below %s: %s in %s', async (scope, action, version, status) => {
    const changed = await ask('POST', `${scope}/${ALERTS}/${alertName}/${action}?api-version=${version}`);
    const { properties } = await get(`${S}/${ALERTS}/${alertName}?api-version=2022-01-01`);

    expect([changed.status, changed.body, properties.status]).toEqual([204, undefined, status]);
  });

  it('have no such change in a version that knows none', async () => {
    expect(await ask('POST', `${S}/${ALERTS}/${alertName}/inProgress?api-version=2021-11-01`)).toMatchObject({
      status: 400,
      body: { error: { code: 'InvalidApiVersionParameter' } },
    });
  });

  it('are simulated, in the newest version as an operation that takes a while', async () => {
    const url = `${S}/${ALERTS}/default/simulate?api-version=`;
    const bundles = { kind: 'Bundles', bundles: ['CosmosDbs'] };
    const begun = await ask('POST', `${url}2022-01-01`, bundles);
    const location = String(begun.headers.location);

    expect([begun.status, begun.body]).toEqual([202, undefined]);
    expect((await ask('GET', location.replace(/^http:\/\/[^/]+/, ''))).status).toBe(200);
    expect((await ask('POST', `${url}2021-11-01`, bundles)).status).toBe(204);
    expect((await ask('POST', `${url}2022-01-01`, { ...bundles, bundles: ['DNS'] })).body.error.code).toBe(
      'UnsupportedBundle',
    );
    const samples = await get(`${S}/resourceGroups/Sample-RG/${P}/alerts?api-version=2022-01-01`);
    expect(samples.value.length).toBeGreaterThan(0);
  });
});

describe('contacts', () => {
  const url = (version: string, name: string) => `${S}/${P}/securityContacts/${name}?api-version=${version}`;

  it('are one record in three versions, of which each reads what another wrote, also after a restart', async () => {
    const old = { email: 'soc@example.com', phone: '1', alertNotifications: 'on', alertsToAdmins: 'off' };
    await ask('PUT', url('2017-08-01-preview', 'default1'), old);
    const read2020 = await get(url('2020-01-01-preview', 'default'));
    const notificationsByRole = { state: 'On', roles: ['Owner'] };
    await ask('PUT', url('2023-12-01-preview', 'default'), {
      ...{ emails: 'soc@example.com;dba@example.com', isEnabled: false, notificationsByRole },
      notificationsSources: [{ sourceType: 'Alert', minimalSeverity: 'High' }],
    });
    await server.restart();
    const read2017 = await get(url('2017-08-01-preview', 'default1'));

    expect(read2020).toMatchObject({
      name: 'default',
      properties: { emails: 'soc@example.com', alertNotifications: { state: 'On', minimalSeverity: 'Low' } },
    });
    expect(read2017.properties).toMatchObject({ email: 'soc@example.com;dba@example.com', alertNotifications: 'Off' });
    expect(read2017.properties.alertsToAdmins).toBe('On');
    expect((await get(url('2020-01-01-preview', 'default'))).properties.alertNotifications.minimalSeverity).toBe(
      'High',
    );
    const patched = await ask('PATCH', url('2017-08-01-preview', 'default1'), { phone: '2' });
    expect(patched).toMatchObject({ status: 200, body: { properties: { phone: '2' } } });
    expect((await ask('DELETE', url('2023-12-01-preview', 'default'))).status).toBe(204);
    expect((await ask('DELETE', url('2017-08-01-preview', 'default1'))).status).toBe(204);
    expect((await get(`${S}/${P}/securityContacts?api-version=2020-01-01-preview`)).value).toEqual([]);
  });
});

describe('what protects', () => {
  const atp = (id: string) => `${id}/${P}/advancedThreatProtectionSettings/current?api-version=2019-01-01`;
  const flexible = `${OTHER}/advancedThreatProtectionSettings/Default?api-version=`;
  const policy = `${ORDERS}/securityAlertPolicies/Default?api-version=2017-12-01`;
  const plan = (name: string) => `${S}/${P}/pricings/${name}?api-version=`;

  it('is one switch under every name, also after a restart', async () => {
    expect(await ask('PUT', atp(OTHER), { isEnabled: false })).toMatchObject({ status: 200 });
    await server.restart();
    for (const version of ['2023-12-01-preview', '2024-08-01', '2025-08-01', '2026-01-01-preview']) {
      expect((await get(flexible + version)).properties.state).toBe('Disabled');
    }
    expect((await ask('PUT', `${flexible}2025-08-01`, { state: 'Enabled' })).status).toBe(200);
    expect(await get(atp(OTHER))).toMatchObject({ name: 'current', properties: { isEnabled: true } });
    expect((await get(`${OTHER}/advancedThreatProtectionSettings?api-version=2025-08-01`)).value).toHaveLength(1);
  });

  it('is a policy whose secret is never told', async () => {
    const secret = { state: 'Enabled', storageAccountAccessKey: 'c2VjcmV0', retentionDays: 7 };
    const put = await ask('PUT', policy, secret);
    const list = await get(`${ORDERS}/securityAlertPolicies?api-version=2017-12-01`);

    expect(put).toMatchObject({ status: 200, body: { name: 'Default', properties: { retentionDays: 7 } } });
    expect(JSON.stringify([put.body, list])).not.toContain('c2VjcmV0');
    expect((await ask('PUT', policy, { state: 'On' })).status).toBe(400);
    expect((await ask('PUT', policy, { state: 'Enabled', emailAddresses: ['nobody'] })).status).toBe(400);
  });

  it.each(['2018-06-01', '2022-03-01', '2023-01-01', '2024-01-01'])('is a plan, in %s', async (version) => {
    const free = await ask('PUT', plan('CosmosDbs') + version, { pricingTier: 'free' });
    const isOff = await get(atp(CATALOG));
    await ask('PUT', plan('cosmosdbs') + version, { pricingTier: 'Standard' });

    expect(free).toMatchObject({ status: 200, body: { name: 'CosmosDbs', properties: { pricingTier: 'Free' } } });
    expect(isOff.properties.isEnabled).toBe(false);
    expect((await get(atp(CATALOG))).properties.isEnabled).toBe(true);
    expect((await get(`${S}/${P}/pricings?api-version=${version}`)).value.length).toBeGreaterThan(5);
  });
});

describe('paths', () => {
  const atp = 'providers/Microsoft.Security/advancedThreatProtectionSettings/current?api-version=2019-01-01';

  it.each([
    ['with two slashes before it', `/${CATALOG}/${atp}`],
    ['with a slash after the id', `${CATALOG}//${atp}`],
    ['in upper case', `${CATALOG.toUpperCase()}/${atp}`],
    ['as azure-cli writes it', `${CATALOG.replace('DocumentDB', 'DocumentDb')}/${atp}`],
    ['with a slash at its end', `${CATALOG}/${atp.replace('?', '/?')}`],
  ])('may be %s', async (_, url) => {
    expect(await get(url)).toMatchObject({ name: 'current', properties: { isEnabled: true } });
  });

  it.each([
    ['without a version', `${S}/${P}/alerts`, 400, 'MissingApiVersionParameter'],
    ['with a version that there is not', `${S}/${P}/alerts?api-version=2031-01-01`, 400, 'InvalidApiVersionParameter'],
    ['to a database that is not there', `${CATALOG}x/${atp}`, 404, 'ResourceNotFound'],
    ['to an alert that is not there', `${S}/${ALERTS}/x?api-version=2022-01-01`, 404, 'ResourceNotFound'],
    ['to another region', `${S}/${P}/locations/westeurope/alerts/x?api-version=2022-01-01`, 404, 'ResourceNotFound'],
    [
      'to what nothing answers',
      `${S}/providers/Microsoft.Compute/virtualMachines?api-version=1`,
      404,
      'ResourceNotFound',
    ],
    ['to a subscription that is no GUID', `/subscriptions/x/${P}/alerts?api-version=2022-01-01`, 400, 'InvalidRequest'],
    [
      'with a filter of its own',
      `${S}/resources?$filter=a gt 1&api-version=2021-04-01`,
      400,
      'InvalidFilterInQueryString',
    ],
    ['to another provider', `${S}/providers/Microsoft.X?api-version=2021-04-01`, 404, 'InvalidResourceNamespace'],
  ])('%s are refused as Azure does', async (_, url, status, code) => {
    const answer = await ask('GET', url);

    expect(answer).toMatchObject({ status, body: { error: { code, details: [], message: expect.any(String) } } });
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers['x-ms-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});
