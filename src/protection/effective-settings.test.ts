import { describe, expect, it } from 'vitest';
import type { ProtectionSettings } from '../model/protection-settings.ts';
import type { Resource } from '../model/resource.ts';
import { parseResourceId } from '../model/resource-id.ts';
import type { FleetPolicy, PolicyMatch } from '../store/settings-store.ts';
import { effectiveSettings, type ProtectedResource } from './effective-settings.ts';

const GROUP = '/subscriptions/3f5a8c1e-6b2d-4e7f-9a10-c4d8e2b7f051/resourceGroups/Shop';
const resource = parseResourceId(
  `${GROUP}/providers/Microsoft.DBforPostgreSQL/flexibleServers/prod-orders`,
  'postgresql',
) as Resource;
const orders: ProtectedResource = { resource, origin: 'configured', tags: { env: 'prod' } };
const none = { overrides: [], policies: [] };

function override(scope: string, settings: ProtectionSettings) {
  return { scope: scope.toLowerCase(), settings, changedBy: 'alice', changedTime: 0, etag: '1' };
}

function policy(rank: number, match: PolicyMatch, settings: ProtectionSettings): FleetPolicy {
  return { name: `rank ${rank}`, rank, match, settings, changedBy: 'alice', changedTime: 0, etag: '1' };
}

describe('settings', () => {
  it('are ON for what is configured, OFF for what was discovered', () => {
    expect(effectiveSettings(orders, none).settings.protection).toBe('on');
    expect(effectiveSettings({ ...orders, origin: 'discovered' }, none).settings.protection).toBe('off');
  });

  it('come from the nearest that has them, one by one', () => {
    const { settings, origins } = effectiveSettings(orders, {
      overrides: [
        override(GROUP, { protection: 'off', retentionDays: 30 }),
        override(resource.key, { protection: 'on' }),
        override('/subscriptions/3f5a8c1e-6b2d-4e7f-9a10-c4d8e2b7f051', { retentionDays: 7, emailAccountAdmins: true }),
      ],
      policies: [policy(1, {}, { recipients: ['a@example.com'] }), policy(2, {}, { recipients: ['b@example.com'] })],
      declared: { recipients: ['file@example.com'], disabledAlerts: ['Brute_Force'] },
    });

    expect(settings).toEqual({
      protection: 'on',
      retentionDays: 30,
      emailAccountAdmins: true,
      recipients: ['b@example.com'],
      disabledAlerts: ['Brute_Force'],
    });
    expect(origins.retentionDays).toEqual({ kind: 'override', name: GROUP.toLowerCase() });
    expect(origins.recipients).toEqual({ kind: 'policy', name: 'rank 2' });
  });
});

describe('a policy', () => {
  it.each<[PolicyMatch, boolean]>([
    [{}, true],
    [{ engine: 'postgresql', resourceGroup: 'shop' }, true],
    [{ engine: 'cosmosdb' }, false],
    [{ subscriptionId: '00000000-0000-0000-0000-000000000000' }, false],
    [{ tag: { name: 'env' } }, true],
    [{ tag: { name: 'env', value: 'test' } }, false],
    [{ tag: { name: 'toString' } }, false],
    [{ namePattern: 'prod-*' }, true],
    [{ namePattern: '*-ord*s' }, true],
    [{ namePattern: 'prod-orders' }, true],
    [{ namePattern: 'prod-*-orders' }, false],
    [{ namePattern: 'prod-orders*orders' }, false],
  ])('for %j: %s', (match, expected) => {
    const { settings } = effectiveSettings(orders, { ...none, policies: [policy(1, match, { retentionDays: 1 })] });

    expect(settings.retentionDays === 1).toBe(expected);
  });
});
