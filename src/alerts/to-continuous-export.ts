import type { Alert, AlertStatus } from '../model/alert.ts';

/** Azure's word for the status in exported alerts. */
const STATUS: Record<AlertStatus, string> = {
  Active: 'New',
  InProgress: 'InProgress',
  Resolved: 'Resolved',
  Dismissed: 'Dismissed',
};

/**
 * An alert as continuous export of Microsoft Defender for Cloud writes it to event hubs, for receivers that read those:
 * learn.microsoft.com/azure/defender-for-cloud/alerts-schemas.
 */
export function toContinuousExport({ id, properties }: Alert): Record<string, unknown> {
  const [resource] = properties.resourceIdentifiers;
  return {
    VendorName: properties.vendorName,
    AlertType: properties.alertType,
    ProductName: properties.productName,
    ProductComponentName: properties.productComponentName,
    StartTimeUtc: properties.startTimeUtc,
    EndTimeUtc: properties.endTimeUtc,
    TimeGenerated: properties.timeGeneratedUtc,
    ProcessingEndTime: properties.processingEndTimeUtc,
    Severity: properties.severity,
    Status: STATUS[properties.status],
    IsIncident: properties.isIncident,
    SystemAlertId: properties.systemAlertId,
    CorrelationKey: properties.correlationKey,
    Intent: properties.intent,
    CompromisedEntity: properties.compromisedEntity,
    AlertDisplayName: properties.alertDisplayName,
    Description: properties.description,
    RemediationSteps: properties.remediationSteps,
    ExtendedProperties: properties.extendedProperties,
    ExtendedLinks: properties.extendedLinks,
    Entities: properties.entities.map(({ type, ...members }) => ({ ...pascalMembers(members), Type: type })),
    ResourceIdentifiers: properties.resourceIdentifiers.map(({ azureResourceId, type }, i) => ({
      $id: String(i + 1),
      AzureResourceId: azureResourceId,
      Type: type,
    })),
    AzureResourceId: resource?.azureResourceId ?? '',
    AlertUri: properties.alertUri,
    Techniques: properties.techniques,
    SubTechniques: properties.subTechniques,
    Id: id,
  };
}

/** Exported entities have their members in Pascal's casing, `$id` excepted. */
function pascalMembers(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name.replace(/^[a-z]/, (first) => first.toUpperCase()),
      isRecord(value) ? pascalMembers(value) : value,
    ]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
