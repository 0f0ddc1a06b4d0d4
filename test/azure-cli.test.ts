import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAlert, CATALOG, raise, SUBSCRIPTION } from '../src/api/testkit.ts';
import { azureCli } from './azure/azure-cli.ts';
import { type AzureServer, azureServer } from './azure/azure-server.ts';
import { whyNot } from './why-not.ts';

const hasAzureCli = spawnSync('az', ['--version']).status === 0;
const reason = whyNot(hasAzureCli ? undefined : 'azure-cli is not installed');

describe.skipIf(reason)('azure-cli', () => {
  let server: AzureServer;
  let az: Awaited<ReturnType<typeof azureCli>>['az'];
  let home: string;

  beforeAll(async () => {
    server = await azureServer();
    ({ az, home } = await azureCli(server));
    await az('account', 'set', '--subscription', SUBSCRIPTION);
  });
  afterAll(async () => {
    await server.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('switches Advanced Threat Protection of an account', async () => {
    const account = ['-g', 'Shop', '--cosmosdb-account', 'catalog'];

    expect(await az('security', 'atp', 'cosmosdb', 'show', ...account)).toMatchObject({ isEnabled: true });
    await az('security', 'atp', 'cosmosdb', 'update', ...account, '--is-enabled', 'false');
    expect(await az('security', 'atp', 'cosmosdb', 'show', ...account)).toMatchObject({ isEnabled: false });
  });

  it('lists alerts, shows one and dismisses it', async () => {
    const alert = anAlert();
    await raise(server.store, [alert]);
    const one = ['-l', 'local', '-g', 'Shop', '-n', alert.name];
    await az('security', 'alert', 'update', ...one, '--status', 'Dismiss');

    expect(await az('security', 'alert', 'list')).toMatchObject([
      { name: alert.name, severity: alert.properties.severity },
    ]);
    expect(await az('security', 'alert', 'show', ...one)).toMatchObject({ status: 'Dismissed' });
  });

  it('keeps suppression rules and their conditions', async () => {
    const rule = ['--rule-name', 'scanner'];
    const command = ['security', 'alerts-suppression-rule'];
    await az(
      ...command,
      'update',
      ...rule,
      '--alert-type',
      'SQL.PostgreSQL_BruteForce',
      '--reason',
      'Noise',
      '--state',
      'Enabled',
    );
    await az(...command, 'upsert_scope', ...rule, '--field', 'entities.ip.address', '--any-of', '["203.0.113.7"]');

    expect(await az(...command, 'show', ...rule)).toMatchObject({
      state: 'Enabled',
      suppressionAlertsScope: { allOf: [{ field: 'entities.ip.address', in: ['203.0.113.7'] }] },
    });
    await az(...command, 'delete', ...rule);
    expect(await az(...command, 'list')).toEqual([]);
  });

  it('keeps contacts and plans', async () => {
    await az(
      ...['security', 'contact', 'create', '-n', 'default1', '--email', 'soc@example.com', '--phone', '123'],
      ...['--alert-notifications', 'on', '--alerts-admins', 'off'],
    );
    await az('security', 'pricing', 'create', '-n', 'CosmosDbs', '--tier', 'free');

    expect(await az('security', 'contact', 'list')).toMatchObject([
      { email: 'soc@example.com', alertNotifications: 'On' },
    ]);
    expect(await az('security', 'pricing', 'show', '-n', 'CosmosDbs')).toMatchObject({ pricingTier: 'Free' });
  });

  it('keeps diagnostic settings', async () => {
    const setting = ['monitor', 'diagnostic-settings'];
    await az(
      ...[...setting, 'create', '-n', 'to-storage', '--resource', CATALOG],
      ...[
        '--storage-account',
        `/subscriptions/${SUBSCRIPTION}/resourceGroups/Shop/providers/Microsoft.Storage/storageAccounts/logs`,
      ],
      ...['--logs', '[{"category":"DataPlaneRequests","enabled":true}]'],
    );

    expect(await az(...setting, 'show', '-n', 'to-storage', '--resource', CATALOG)).toMatchObject({
      logs: [{ category: 'DataPlaneRequests', enabled: true }],
    });
  });

  it('finds databases, groups and the policy of a server', async () => {
    const policy = `/subscriptions/${SUBSCRIPTION}/resourceGroups/Shop/providers/Microsoft.DBforPostgreSQL/servers/Orders/securityAlertPolicies/Default?api-version=2017-12-01`;

    expect(await az('group', 'list')).toHaveLength(2);
    expect(await az('postgres', 'server', 'list')).toHaveLength(2);
    expect(await az('rest', '--method', 'get', '--url', policy)).toMatchObject({ properties: { state: 'Enabled' } });
  });
});
