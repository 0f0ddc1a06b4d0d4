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

/**
 * The alerts of one resource as they are told: findings about one access as one, each as grave as it is within its
 * intrusion, and an incident where an intrusion has several stages. Depends on the records alone.
 *
 * @param records in the order in which they were opened
 * @param from alerts that start earlier are not told; epoch milliseconds
 */
export function toldAlerts(resource: Resource, records: readonly AlertRecord[], from: number): Alert[] {
  const told = intrusionsOf(mergeAccesses(records)).flatMap((intrusion) => storyOf(intrusion, resource));
  return told.filter(({ alert }) => alert.startTime >= from).map(({ alert, context }) => toAzureAlert(alert, context));
}

/** Names of alerts that an incident lists. */
const MAX_ALERTS = 50;

function storyOf(
  intrusion: readonly MergedAlert[],
  resource: Resource,
): { alert: AlertRecord; context: AlertContext }[] {
  const key = correlationKey(intrusion[0]!.name);
  const graded = gradeAlerts(intrusion);
  const incident = incidentOf(graded, resource);
  const alerts = graded.map(({ alert, severity, reason }) => ({
    alert,
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
  return [...alerts, { alert: incident, context }];
}
