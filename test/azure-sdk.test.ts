import tls from 'node:tls';
import { MonitorClient } from '@azure/arm-monitor';
import { PostgreSQLManagementClient } from '@azure/arm-postgresql';
import { PostgreSQLManagementFlexibleServerClient } from '@azure/arm-postgresql-flexible';
import { SecurityCenter } from '@azure/arm-security';
import { ClientSecretCredential } from '@azure/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAlert, CATALOG, ORDERS, raise, SUBSCRIPTION } from '../src/api/testkit.ts';
import { type AzureServer, azureServer } from './azure/azure-server.ts';

/** Azure's own packages, unmodified: they are told another address, and nothing else. */
let server: AzureServer;
let credential: ClientSecretCredential;
let security: SecurityCenter;

beforeAll(async () => {
  server = await azureServer();
  tls.setDefaultCACertificates([...tls.getCACertificates(), server.certificate]);
  credential = new ClientSecretCredential(server.tenantId, server.clientId, server.secret, {
    authorityHost: server.url,
    disableInstanceDiscovery: true,
  });
  security = new SecurityCenter(credential, SUBSCRIPTION, { endpoint: server.url });
});
afterAll(() => server.close());

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) {
    items.push(item);
  }
  return items;
}

describe('@azure/identity', () => {
  it('is refused with the wrong secret', async () => {
    const wrong = new ClientSecretCredential(server.tenantId, server.clientId, 'wrong', {
      authorityHost: server.url,
      disableInstanceDiscovery: true,
    });

    await expect(wrong.getToken(`${server.url}/.default`)).rejects.toThrow('AADSTS7000215');
  });
});

describe('@azure/arm-security', () => {
  it('switches Advanced Threat Protection off and on, and another client sees it', async () => {
    const { advancedThreatProtection: atp } = security;

    expect((await atp.get(CATALOG)).isEnabled).toBe(true);
    expect((await atp.create(CATALOG, { isEnabled: false })).isEnabled).toBe(false);
    expect((await atp.get(`${CATALOG.toUpperCase()}/`)).isEnabled).toBe(false);
    expect((await server.store.settings.override(CATALOG.toLowerCase()))?.settings).toEqual({ protection: 'off' });
  });

  it('tells in Azure’s words what is not there', async () => {
    const gone = security.advancedThreatProtection.get(`${CATALOG}x`);

    await expect(gone).rejects.toMatchObject({ statusCode: 404, code: 'ResourceNotFound' });
  });

  it('lists alerts over several pages, reads one and changes what became of it', async () => {
    const start = Date.UTC(2026, 10, 1);
    const alerts = Array.from({ length: 130 }, (_, n) =>
      anAlert({ startTime: start + n * 1000, endTime: start + n * 1000 }),
    );
    await raise(server.store, alerts);
    const listed = await all(security.alerts.list());
    const [first] = listed;
    await security.alerts.updateResourceGroupLevelStateToDismiss('local', first!.name!, 'Shop');

    expect(listed).toHaveLength(130);
    expect(new Set(listed.map(({ name }) => name)).size).toBe(130);
    expect(await all(security.alerts.listResourceGroupLevelByRegion('local', 'shop'))).toHaveLength(130);
    expect(await all(security.alerts.listSubscriptionLevelByRegion('westeurope'))).toEqual([]);
    expect((await security.alerts.getResourceGroupLevel('local', first!.name!, 'SHOP')).status).toBe('Dismissed');
    await security.alerts.updateSubscriptionLevelStateToActivate('local', first!.name!);
    await security.alerts.updateSubscriptionLevelStateToResolve('local', first!.name!);
    expect((await security.alerts.getSubscriptionLevel('local', first!.name!)).status).toBe('Resolved');
  });

  it('keeps suppression rules', async () => {
    const rules = security.alertsSuppressionRules;
    const rule = {
      alertType: 'SQL.PostgreSQL_BruteForce',
      reason: 'Noise',
      state: 'Enabled',
      expirationDateUtc: new Date(Date.now() + 3_600_000),
      suppressionAlertsScope: { allOf: [{ field: 'entities.ip.address', in: ['203.0.113.7'] }] },
    } as const;
    const put = await rules.update('scanner', structuredClone(rule) as never);

    expect(put).toMatchObject({ name: 'scanner', state: 'Enabled', reason: 'Noise' });
    expect(await all(rules.list({ alertType: 'other' }))).toEqual([]);
    expect((await rules.get('Scanner')).suppressionAlertsScope?.allOf[0]).toMatchObject({ in: ['203.0.113.7'] });
    await rules.delete('scanner');
    await expect(rules.get('scanner')).rejects.toMatchObject({ statusCode: 404 });
  });

  it('keeps contacts, plans and locations', async () => {
    const contact = { email: 'soc@example.com', phone: '1', alertNotifications: 'On', alertsToAdmins: 'Off' };
    await security.securityContacts.create('default1', contact);
    await security.securityContacts.update('default1', { ...contact, phone: '2' });
    const [plan] = (await security.pricings.list()).value.filter(({ name }) => name === 'CosmosDbs');

    expect(await security.securityContacts.get('default1')).toMatchObject({ email: 'soc@example.com', phone: '2' });
    expect(await all(security.securityContacts.list())).toHaveLength(1);
    await security.securityContacts.delete('default1');
    expect(plan?.pricingTier).toBe('Standard');
    expect((await security.pricings.update('CosmosDbs', { pricingTier: 'Free' })).pricingTier).toBe('Free');
    expect((await all(security.locations.list())).map(({ name }) => name)).toEqual(['local']);
  });
});

describe('@azure/arm-postgresql', () => {
  it('keeps the policy of a server, but not its key', async () => {
    const client = new PostgreSQLManagementClient(credential, SUBSCRIPTION, { endpoint: server.url });
    const policy = {
      state: 'Enabled',
      disabledAlerts: ['Access_Anomaly', 'Usage_Anomaly'],
      emailAddresses: ['dba@example.com'],
      emailAccountAdmins: true,
      storageEndpoint: 'https://logs.blob.core.windows.net',
      storageAccountAccessKey: 'c2VjcmV0',
      retentionDays: 30,
    } as const;
    const { storageAccountAccessKey, ...told } = policy;
    await client.serverSecurityAlertPolicies.beginCreateOrUpdateAndWait('Shop', 'Orders', 'Default', {
      ...policy,
      disabledAlerts: [...policy.disabledAlerts],
      emailAddresses: [...policy.emailAddresses],
    });
    const read = await client.serverSecurityAlertPolicies.get('shop', 'orders', 'Default');

    expect(read).toMatchObject(told);
    expect(JSON.stringify(read)).not.toContain(storageAccountAccessKey);
    expect(await all(client.serverSecurityAlertPolicies.listByServer('Shop', 'Orders'))).toHaveLength(1);
    expect((await client.servers.get('Shop', 'Orders')).id).toBe(ORDERS);
    expect(new Set((await all(client.servers.list())).map(({ name }) => name))).toEqual(new Set(['Orders', 'hr']));
  });
});

describe('@azure/arm-postgresql-flexible', () => {
  it('switches the same server under its other name', async () => {
    const client = new PostgreSQLManagementFlexibleServerClient(credential, SUBSCRIPTION, { endpoint: server.url });
    const { advancedThreatProtectionSettings: read, serverThreatProtectionSettings: write } = client;
    await write.beginCreateOrUpdateAndWait('Shop', 'Orders', 'Default', { state: 'Disabled' });

    expect((await read.get('Shop', 'Orders', 'Default')).state).toBe('Disabled');
    expect(await all(read.listByServer('Shop', 'Orders'))).toHaveLength(1);
    expect((await security.advancedThreatProtection.get(ORDERS)).isEnabled).toBe(false);
  });
});

describe('@azure/arm-monitor', () => {
  it('keeps diagnostic settings', async () => {
    const { diagnosticSettings } = new MonitorClient(credential, SUBSCRIPTION, { endpoint: server.url });
    const logs = [{ category: 'DataPlaneRequests', enabled: true }];
    await diagnosticSettings.createOrUpdate(CATALOG, 'to-hub', { eventHubName: 'logs', logs });

    expect(await diagnosticSettings.get(CATALOG, 'to-hub')).toMatchObject({ eventHubName: 'logs', logs });
    expect(await all(diagnosticSettings.list(CATALOG))).toHaveLength(1);
    await diagnosticSettings.delete(CATALOG, 'to-hub');
    expect(await all(diagnosticSettings.list(CATALOG))).toEqual([]);
  });
});

it('reads what was written after a restart', async () => {
  await server.restart();
  const get = await server.as('Security Reader');
  const policy = await get({ url: `${ORDERS}/securityAlertPolicies/Default?api-version=2017-12-01` });

  expect(policy.json().properties).toMatchObject({ state: 'Disabled', retentionDays: 30 });
});
