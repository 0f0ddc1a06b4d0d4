import { randomUUID } from 'node:crypto';
import type { Alert } from '../model/alert.ts';
import { LOCAL_GROUP } from '../model/resource-id.ts';
import type { Notice } from '../notifiers/notifier.ts';

/** What a channel is tried with: marked as a test wherever it shows, of an alert that is kept nowhere. */
export function testNotice(channel: string, by: string, time: number, portalUrl: string | undefined): Notice {
  const id = `test-${randomUUID()}`;
  return {
    id,
    alert: testAlert(id, channel, by, new Date(time).toISOString()),
    isUpdate: false,
    createdTime: time,
    plannedTime: time,
    ...(portalUrl !== undefined && { portalUrl }),
  };
}

function testAlert(name: string, channel: string, by: string, time: string): Alert {
  const resource = `${LOCAL_GROUP}/providers/Microsoft.DBforPostgreSQL/servers/test`;
  return {
    id: `${resource}/providers/Microsoft.Security/locations/local/alerts/${name}`,
    name,
    type: 'Microsoft.Security/Locations/alerts',
    properties: {
      version: '2022-01-01',
      alertType: 'Vedette_Test',
      systemAlertId: name,
      productComponentName: 'Vedette',
      alertDisplayName: 'Test notification',
      description: `${by} asked Vedette to try the channel ${channel}. Nothing has happened, and nothing is to be done.`,
      severity: 'Informational',
      intent: 'Unknown',
      startTimeUtc: time,
      endTimeUtc: time,
      timeGeneratedUtc: time,
      processingEndTimeUtc: time,
      resourceIdentifiers: [{ type: 'AzureResource', azureResourceId: resource }],
      remediationSteps: [],
      vendorName: 'Vedette',
      productName: 'Vedette',
      status: 'Active',
      alertUri: '',
      extendedLinks: [],
      entities: [],
      isIncident: false,
      correlationKey: name,
      extendedProperties: { Sample: 'true' },
      compromisedEntity: 'test',
      techniques: [],
      subTechniques: [],
      supportingEvidence: {},
    },
  };
}
