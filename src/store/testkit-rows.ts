import type { Alert } from '../model/alert.ts';
import type { Resource } from '../model/resource.ts';
import type { AlertWrite } from './alert-store.ts';

export const START = Date.UTC(2026, 10, 17, 2, 14, 5, 12);
const HOUR_MS = 3_600_000;

export function aResource(name: string, group = 'Shop'): Resource {
  const subscriptionId = '3f5a8c1e-6b2d-4e7f-9a10-c4d8e2b7f051';
  const id = `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.DBforPostgreSQL/servers/${name}`;
  return {
    key: id.toLowerCase(),
    id,
    engine: 'postgresql',
    name,
    subscriptionId,
    resourceGroup: group,
    location: 'local',
  };
}

/** The n-th alert: each starts an hour after the one before. */
export function anAlert(n: number, properties: Partial<Alert['properties']> = {}): Alert {
  const { id } = aResource('orders');
  const name = `${String(10_000 - n).padStart(19, '0')}_${String(n).padStart(12, '0')}`;
  const time = new Date(START + n * HOUR_MS).toISOString();
  return {
    id: `${id}/providers/Microsoft.Security/locations/local/alerts/${name}`,
    name,
    type: 'Microsoft.Security/Locations/alerts',
    properties: {
      version: '2022-01-01',
      alertType: 'SQL.PostgreSQL_BruteForce',
      systemAlertId: name,
      productComponentName: 'Databases',
      alertDisplayName: 'Suspected brute force attack',
      description: `Somebody at 203.0.113.${n} guessed at j.meyer of orders.`,
      severity: 'Medium',
      intent: 'CredentialAccess',
      startTimeUtc: time,
      endTimeUtc: time,
      timeGeneratedUtc: time,
      processingEndTimeUtc: time,
      resourceIdentifiers: [{ type: 'AzureResource', azureResourceId: id }],
      remediationSteps: [],
      vendorName: 'Vedette',
      productName: 'Vedette',
      status: 'Active',
      alertUri: '',
      extendedLinks: [],
      entities: [],
      isIncident: false,
      correlationKey: `correlation-${n}`,
      extendedProperties: {},
      compromisedEntity: 'orders',
      techniques: ['T1110'],
      subTechniques: [],
      supportingEvidence: {},
      ...properties,
    },
  };
}

export function aWrite(
  n: number,
  write: Partial<AlertWrite> = {},
  properties: Partial<Alert['properties']> = {},
): AlertWrite {
  const { key } = aResource('orders');
  const alert = anAlert(n, properties);
  return { alert, resourceKey: key, version: 1, isHistorical: false, detectedTime: START + n, ...write };
}
