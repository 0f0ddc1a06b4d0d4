import type { Alert, AlertStatus } from '../model/alert.ts';

/**
 * Azure's alert resource of api-version 2019-01-01, which the Az.Security cmdlets of its time read: Azure's
 * specification `Microsoft.Security/stable/2019-01-01/alerts.json`.
 */
export interface Alert2019 {
  id: string;
  name: string;
  type: 'Microsoft.Security/Locations/alerts';
  properties: Record<string, unknown>;
}

export function toAzureAlert2019({ id, name, type, properties }: Alert): Alert2019 {
  return {
    id,
    name,
    type,
    properties: {
      state: STATES[properties.status],
      reportedTimeUtc: properties.timeGeneratedUtc,
      detectedTimeUtc: properties.startTimeUtc,
      vendorName: properties.vendorName,
      alertName: properties.alertType,
      alertDisplayName: properties.alertDisplayName,
      description: properties.description,
      remediationSteps: properties.remediationSteps.join('\r\n'),
      actionTaken: 'Detected',
      reportedSeverity: properties.severity,
      compromisedEntity: properties.compromisedEntity,
      associatedResource: properties.resourceIdentifiers[0]?.azureResourceId ?? '',
      subscriptionId: /^\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? '',
      instanceId: properties.systemAlertId,
      extendedProperties: properties.extendedProperties,
      systemSource: 'Azure',
      canBeInvestigated: true,
      isIncident: properties.isIncident,
      entities: properties.entities,
      confidenceReasons: [],
    },
  };
}

/** The specification knows no state between the two. */
const STATES: Record<AlertStatus, 'Active' | 'Dismissed'> = {
  Active: 'Active',
  InProgress: 'Active',
  Resolved: 'Dismissed',
  Dismissed: 'Dismissed',
};
