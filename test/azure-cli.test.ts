import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAlert, CATALOG, ORDERS, OTHER, raise, SUBSCRIPTION } from '../src/api/testkit.ts';
import { type AzureCli, azureCli, hasAzureCli } from './azure/azure-cli.ts';
import { type AzureServer, azureServer } from './azure/azure-server.ts';
import { whyNot } from './why-not.ts';

const reason = whyNot(hasAzureCli() ? undefined : 'azure-cli is not installed');

describe.skipIf(reason)('azure-cli', () => {
  let server: AzureServer;
  let cli: AzureCli;
  const az = (...args: readonly string[]) => cli.az(...args);

  beforeAll(async () => {
    server = await azureServer();
    cli = await azureCli(server);
    await az('account', 'set', '--subscription', SUBSCRIPTION);
  });
  afterAll(async () => {
    cli?.stop();
    await server.close();
  });

  it('is signed in, and refused with another secret', async () => {
    const wrong = ['--service-principal', '-u', server.clientId, '-p', 'wrong', '--tenant', server.tenantId];

    expect(await az('account', 'list')).toHaveLength(2);
    expect(await az('account', 'show')).toMatchObject({
      id: SUBSCRIPTION,
      isDefault: true,
      environmentName: 'Vedette',
    });
    expect(await az('account', 'list-locations')).toMatchObject([{ name: 'local' }]);
    await expect(az('login', ...wrong)).rejects.toThrow('AADSTS7000215');
  });

  it('switches Advanced Threat Protection of an account, also after a restart', async () => {
    const account = ['-g', 'Shop', '--cosmosdb-account', 'catalog'];

    expect(await az('security', 'atp', 'cosmosdb', 'show', ...account)).toMatchObject({ isEnabled: true });
    await az('security', 'atp', 'cosmosdb', 'update', ...account, '--is-enabled', 'false');
    await server.restart();
    expect(await az('security', 'atp', 'cosmosdb', 'show', ...account)).toMatchObject({ isEnabled: false });
  });

  it('lists alerts in every way, shows one and says what became of it', async () => {
    const alert = anAlert();
    await raise(server.store, [alert]);
    const one = ['-l', 'local', '-g', 'Shop', '-n', alert.name];
    const status = async (...args: string[]) => (await az('security', 'alert', 'show', ...args)) as { status: string };
    const lists = [[], ['-l', 'local'], ['-g', 'Shop'], ['-g', 'shop', '-l', 'local']];

    for (const form of lists) {
      expect(await az('security', 'alert', 'list', ...form)).toMatchObject([
        { name: alert.name, severity: alert.properties.severity },
      ]);
    }
    expect(await az('security', 'alert', 'list', '-g', 'other')).toEqual([]);
    for (const [action, expected] of [
      ['Dismiss', 'Dismissed'],
      ['Activate', 'Active'],
      ['InProgress', 'InProgress'],
      ['Resolve', 'Resolved'],
    ] as const) {
      await az('security', 'alert', 'update', ...one, '--status', action);
      expect((await status(...one)).status).toBe(expected);
    }
    await az('security', 'alert', 'update', '-l', 'local', '-n', alert.name, '--status', 'Activate');
    expect((await status('-l', 'local', '-n', alert.name)).status).toBe('Active');
    await expect(status('-l', 'local', '-n', 'none')).rejects.toThrow('ResourceNotFound');
  });

  it('keeps suppression rules and their conditions', async () => {
    const rule = ['--rule-name', 'scanner'];
    const command = ['security', 'alerts-suppression-rule'];
    const facts = ['--alert-type', 'SQL.PostgreSQL_BruteForce', '--reason', 'Noise'];
    await az(...command, 'update', ...rule, ...facts, '--state', 'Enabled');
    await az(...command, 'upsert_scope', ...rule, '--field', 'entities.ip.address', '--any-of', '["203.0.113.7"]');
    await az(...command, 'upsert_scope', ...rule, '--field', 'entities.account.name', '--contains-substring', 'scan');

    expect(await az(...command, 'show', ...rule)).toMatchObject({
      state: 'Enabled',
      suppressionAlertsScope: { allOf: [{ field: 'entities.ip.address', in: ['203.0.113.7'] }, { contains: 'scan' }] },
    });
    await az(...command, 'delete_scope', ...rule, '--field', 'entities.account.name');
    await az(...command, 'update', ...rule, ...facts, '--state', 'Disabled', '--comment', 'over');
    expect(await az(...command, 'list')).toMatchObject([{ name: 'scanner', state: 'Disabled', comment: 'over' }]);
    await az(...command, 'delete', ...rule);
    expect(await az(...command, 'list')).toEqual([]);
  });

  it('keeps contacts', async () => {
    const contact = ['security', 'contact'];
    await az(
      ...[...contact, 'create', '-n', 'default1', '--email', 'soc@example.com', '--phone', '123'],
      ...['--alert-notifications', 'on', '--alerts-admins', 'off'],
    );

    expect(await az(...contact, 'list')).toMatchObject([{ email: 'soc@example.com', alertNotifications: 'On' }]);
    expect(await az(...contact, 'show', '-n', 'default1')).toMatchObject({ phone: '123', alertsToAdmins: 'Off' });
    await az(...contact, 'delete', '-n', 'default1');
    expect(await az(...contact, 'list')).toEqual([]);
  });

  it('switches plans, as far as there is something behind them', async () => {
    const pricing = ['security', 'pricing'];
    await az(...pricing, 'create', '-n', 'CosmosDbs', '--tier', 'free');
    const { value } = (await az(...pricing, 'list')) as { value: { name: string; pricingTier: string }[] };

    expect(await az(...pricing, 'show', '-n', 'CosmosDbs')).toMatchObject({ pricingTier: 'Free' });
    expect(value.find(({ name }) => name === 'OpenSourceRelationalDatabases')?.pricingTier).toBe('Standard');
    await expect(az(...pricing, 'create', '-n', 'KeyVaults', '--tier', 'standard')).rejects.toThrow('UnsupportedPlan');
    await az(...pricing, 'create', '-n', 'CosmosDbs', '--tier', 'standard');
  });

  it('keeps diagnostic settings', async () => {
    const setting = ['monitor', 'diagnostic-settings'];
    const storage = `/subscriptions/${SUBSCRIPTION}/resourceGroups/Shop/providers/Microsoft.Storage/storageAccounts/logs`;
    const one = ['-n', 'to-storage', '--resource', CATALOG];
    const logs = '[{"category":"DataPlaneRequests","enabled":true}]';
    await az(...setting, 'create', ...one, '--storage-account', storage, '--logs', logs);

    expect(await az(...setting, 'categories', 'list', '--resource', CATALOG)).toMatchObject({
      value: [{ name: 'DataPlaneRequests' }, { name: 'QueryRuntimeStatistics' }, { name: 'ControlPlaneRequests' }],
    });
    expect(await az(...setting, 'show', ...one)).toMatchObject({
      logs: [{ category: 'DataPlaneRequests', enabled: true }],
      storageAccountId: storage,
    });
    expect(await az(...setting, 'list', '--resource', CATALOG)).toHaveLength(1);
    await az(...setting, 'delete', ...one);
    expect(await az(...setting, 'list', '--resource', CATALOG)).toEqual([]);
  });

  it('finds resources and groups, whatever they are', async () => {
    const type = ['--resource-type', 'Microsoft.DBforPostgreSQL/flexibleServers'];

    expect(await az('group', 'list')).toHaveLength(2);
    expect(await az('group', 'show', '-n', 'shop')).toMatchObject({ name: 'Shop' });
    expect([await az('group', 'exists', '-n', 'Shop'), await az('group', 'exists', '-n', 'none')]).toEqual([
      true,
      false,
    ]);
    expect(await az('resource', 'list')).toHaveLength(3);
    expect(await az('resource', 'list', '-g', 'shop')).toMatchObject([{ id: ORDERS }, { id: CATALOG }]);
    expect(await az('resource', 'list', ...type)).toMatchObject([{ id: OTHER }]);
    expect(await az('resource', 'show', '--ids', CATALOG)).toMatchObject({ name: 'catalog', location: 'local' });
    expect(await az('resource', 'show', '-g', 'other', '-n', 'hr', ...type)).toMatchObject({ id: OTHER });
    await expect(az('resource', 'show', '--ids', `${CATALOG}x`)).rejects.toThrow('ResourceNotFound');
    await expect(az('resource', 'list', '--tag', 'team=shop')).resolves.toEqual([]);
  });

  it('finds servers and accounts', async () => {
    const server = ['postgres', 'server'];
    const flexible = ['postgres', 'flexible-server'];

    expect(await az(...server, 'list')).toHaveLength(2);
    expect(await az(...server, 'list', '-g', 'Shop')).toMatchObject([{ name: 'Orders' }]);
    expect(await az(...server, 'show', '-g', 'Shop', '-n', 'Orders')).toMatchObject({ id: ORDERS });
    expect(await az(...flexible, 'list', '-g', 'other')).toMatchObject([{ id: OTHER }]);
    expect(await az(...flexible, 'show', '-g', 'other', '-n', 'hr')).toMatchObject({ state: 'Ready' });
    expect(await az('cosmosdb', 'list', '-g', 'Shop')).toMatchObject([{ id: CATALOG }]);
    expect(await az('cosmosdb', 'show', '-g', 'Shop', '-n', 'catalog')).toMatchObject({ name: 'catalog' });
    expect(await az('security', 'location', 'list')).toMatchObject([{ name: 'local' }]);
    expect(await az('security', 'location', 'show', '-n', 'local')).toMatchObject({ name: 'local' });
  });

  it('writes the policy of a server through az rest', async () => {
    const policy = `${ORDERS}/securityAlertPolicies/Default?api-version=2017-12-01`;
    const body = '{"properties":{"state":"Enabled","disabledAlerts":["Access_Anomaly"]}}';
    await az('rest', '--method', 'put', '--url', policy, '--body', body);

    expect(await az('rest', '--method', 'get', '--url', policy)).toMatchObject({
      properties: { state: 'Enabled', disabledAlerts: ['Access_Anomaly'] },
    });
  });
});
