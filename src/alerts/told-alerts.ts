import type { Alert } from '../model/alert.ts';
import type { Resource } from '../model/resource.ts';
import { type MergedAlert, mergeAccesses } from './access-alerts.ts';
import type { AlertRecord } from './alert-book.ts';
import type { AlertContext } from './alert-context.ts';
import { correlationKey } from './alert-name.ts';
import { incidentOf } from './incident-of.ts';
import { intrusionsOf } from './intrusions.ts';
import { gradeAlerts } from './severity-rules.ts';
import { toAzureAlert } from './to-azure-alert.ts';

/** Alerts of one intrusion: what is told of one depends on all. */
export interface Story {
  /** The matters that it is made of. */
  parts: readonly AlertRecord[];
  /** Higher with each change of any of its alerts; the same for the same history. */
  version: number;
  endTime: number;
  /** With the incident, where there are several stages. */
  told: readonly ToldAlert[];
}

export interface ToldAlert {
  alert: AlertRecord;
  /** The matters that it tells of; an incident tells of none itself. */
  parts: readonly AlertRecord[];
  context: AlertContext;
}

/**
 * The alerts of one resource as they are told: findings about one access as one, each as grave as it is within its
 * intrusion, and an incident where an intrusion has several stages. Depends on the records alone.
 *
 * @param records in the order in which they were opened
 * @param from alerts that start earlier are not told; epoch milliseconds
 */
export function toldAlerts(resource: Resource, records: readonly AlertRecord[], from: number): Alert[] {
  const told = storiesOf(resource, records).flatMap((story) => story.told);
  return told.filter(({ alert }) => alert.startTime >= from).map(({ alert, context }) => toAzureAlert(alert, context));
}

/** The same by intrusion, not in Azure's shape yet. */
export function storiesOf(resource: Resource, records: readonly AlertRecord[]): Story[] {
  return intrusionsOf(mergeAccesses(records)).map((intrusion) => ({
    parts: intrusion.flatMap(({ parts }) => parts),
    version: intrusion.reduce((latest, { changes }) => Math.max(latest, changes), 0),
    endTime: intrusion.reduce((latest, { endTime }) => Math.max(latest, endTime), 0),
    told: tell(intrusion, resource),
  }));
}

/** Names of alerts that an incident lists. */
const MAX_ALERTS = 50;

function tell(intrusion: readonly MergedAlert[], resource: Resource): ToldAlert[] {
  const key = correlationKey(intrusion[0]!.name);
  const graded = gradeAlerts(intrusion);
  const incident = incidentOf(graded, resource);
  const alerts = graded.map(({ alert, severity, reason }) => ({
    alert,
    parts: alert.parts,
    context: {
      others: alert.parts.slice(1),
      severity,
      correlationKey: key,
      ...(reason !== undefined && { severityReason: reason }),
      ...(incident !== undefined && { incident: incident.name }),
    },
  }));
  if (incident === undefined) {
    return alerts;
  }
  const names = intrusion.slice(0, MAX_ALERTS).map(({ name }) => name);
  const context = { others: [], severity: incident.finding.severity, correlationKey: key, alerts: names };
  return [...alerts, { alert: incident, parts: [], context }];
}
