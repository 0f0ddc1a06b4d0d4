import type { Alert } from '../model/alert.ts';
import { TACTICS } from '../model/attack.ts';
import type { EvidenceTimeline, Finding } from '../model/finding.ts';
import type { AlertRecord } from './alert-book.ts';
import type { AlertContext } from './alert-context.ts';
import { correlationKey } from './alert-name.ts';
import { entitiesOf } from './azure-entities.ts';
import { extendedPropertiesOf } from './extended-properties-of.ts';

const PLANS = {
  postgresql: 'Vedette for PostgreSQL',
  cosmosdb: 'Vedette for Azure Cosmos DB',
} as const;

/** The canonical form of an alert: Azure's alert resource of api-version 2022-01-01. */
export function toAzureAlert(record: AlertRecord, context: AlertContext = aloneOf(record)): Alert {
  const { resource, finding, name } = record;
  const { subscriptionId, resourceGroup, location } = resource;
  const technique = finding.attack.technique;
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Security/locations/${location}/alerts/${name}`,
    name,
    type: 'Microsoft.Security/Locations/alerts',
    properties: {
      version: '2022-01-01',
      alertType: finding.alertType,
      systemAlertId: name,
      productComponentName: PLANS[resource.engine],
      alertDisplayName: finding.displayName,
      description: finding.summary,
      severity: context.severity,
      intent: TACTICS[finding.attack.tactic].intent,
      startTimeUtc: iso(record.startTime),
      endTimeUtc: iso(record.endTime),
      timeGeneratedUtc: iso(record.openedTime),
      processingEndTimeUtc: iso(record.changedTime),
      resourceIdentifiers: [{ type: 'AzureResource', azureResourceId: resource.id }],
      remediationSteps: [...finding.guidance.remediation],
      vendorName: 'Vedette',
      productName: 'Vedette',
      status: 'Active',
      alertUri: `/alerts/${name}`,
      extendedLinks: [],
      entities: entitiesOf(record),
      isIncident: context.alerts !== undefined,
      correlationKey: context.correlationKey,
      extendedProperties: extendedPropertiesOf(record, context),
      compromisedEntity: resource.name,
      techniques: [technique.slice(0, 'T0000'.length)],
      subTechniques: technique.includes('.') ? [technique] : [],
      supportingEvidence: supportingEvidenceOf(finding, context.others),
    },
  };
}

/** An alert of which nothing else is known. */
function aloneOf({ name, finding }: AlertRecord): AlertContext {
  return { others: [], severity: finding.severity, correlationKey: correlationKey(name) };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function shownTimeline({ label, startTime, stepMs, counts, marks }: EvidenceTimeline): Record<string, unknown> {
  return {
    label,
    startTimeUtc: iso(startTime),
    stepMs,
    counts,
    marks: marks.map(({ time, label: text }) => ({ timeUtc: iso(time), label: text })),
  };
}

function supportingEvidenceOf(
  { baseline, observed, score, rawLines, timeline }: Finding,
  others: readonly AlertRecord[],
): Record<string, unknown> {
  const { title, columns, rows } = baseline;
  const otherFindings = others.map(({ finding }) => ({
    alertType: finding.alertType,
    variant: finding.variant,
    displayName: finding.displayName,
    summary: finding.summary,
    title: finding.baseline.title,
    columns: finding.baseline.columns,
    rows: finding.baseline.rows,
    observed: finding.observed,
    score: finding.score,
  }));
  return {
    type: 'tabularEvidences',
    title,
    columns,
    rows,
    observed,
    score,
    ...(timeline !== undefined && { timeline: shownTimeline(timeline) }),
    rawLines: rawLines.map(({ source, byteOffset, text }) => ({ source, byteOffset, text })),
    ...(otherFindings.length > 0 && { otherFindings }),
  };
}
