import { expect, it } from 'vitest';
import { aRecord } from './testkit.ts';
import { toAzureAlert } from './to-azure-alert.ts';
import { toAzureAlert2019 } from './to-azure-alert-2019.ts';

const alert = toAzureAlert(aRecord('brute-force'));

it('tells an alert in the words of the older schema', () => {
  const { id, name, type, properties } = toAzureAlert2019(alert);

  expect({ id, name, type }).toEqual({ id: alert.id, name: alert.name, type: 'Microsoft.Security/Locations/alerts' });
  expect(properties).toMatchObject({
    state: 'Active',
    reportedTimeUtc: alert.properties.timeGeneratedUtc,
    detectedTimeUtc: '2026-11-17T02:14:05.012Z',
    alertName: 'SQL.PostgreSQL_BruteForce',
    remediationSteps: 'Stop it.\r\nChange it.',
    reportedSeverity: 'Medium',
    associatedResource: alert.properties.resourceIdentifiers[0]!.azureResourceId,
    subscriptionId: '3f5a8c1e-6b2d-4e7f-9a10-c4d8e2b7f051',
    instanceId: alert.name,
    isIncident: false,
  });
});

it.each([
  ['InProgress', 'Active'],
  ['Resolved', 'Dismissed'],
  ['Dismissed', 'Dismissed'],
] as const)('tells %s as %s, since there is no other state', (status, state) => {
  const decided = { ...alert, properties: { ...alert.properties, status } };

  expect(toAzureAlert2019(decided).properties.state).toBe(state);
});
