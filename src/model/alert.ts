import type { Severity } from './severity.ts';

/** Life cycle, in Azure's words. */
export type AlertStatus = 'Active' | 'InProgress' | 'Resolved' | 'Dismissed';

/** Azure's `Microsoft.Security/locations/alerts` resource, api-version 2022-01-01: our canonical form. */
export interface Alert {
  id: string;
  name: string;
  type: 'Microsoft.Security/Locations/alerts';
  properties: AlertProperties;
}

export interface AlertProperties {
  version: '2022-01-01';
  alertType: string;
  systemAlertId: string;
  productComponentName: string;
  alertDisplayName: string;
  description: string;
  severity: Severity;
  intent: string;
  /** First and last event. ISO 8601 with milliseconds, UTC. */
  startTimeUtc: string;
  endTimeUtc: string;
  /** Event time of the record that raised it, and of the one that changed it last (wall clock is not canonical). */
  timeGeneratedUtc: string;
  processingEndTimeUtc: string;
  resourceIdentifiers: { type: 'AzureResource'; azureResourceId: string }[];
  remediationSteps: string[];
  vendorName: 'Vedette';
  productName: 'Vedette';
  status: AlertStatus;
  alertUri: string;
  extendedLinks: Record<string, string>[];
  entities: Record<string, unknown>[];
  isIncident: boolean;
  correlationKey: string;
  /** Values are strings, as Azure demands. */
  extendedProperties: Record<string, string>;
  compromisedEntity: string;
  techniques: string[];
  subTechniques: string[];
  supportingEvidence: Record<string, unknown>;
}
