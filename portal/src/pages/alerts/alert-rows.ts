import { SEVERITIES } from '../../api/alerts.ts';
import type { AlertSummary, Severity } from '../../api/schema.ts';

/** Which alerts are chosen, by name, and how to choose others. */
export interface Choice {
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}

/** One line of the list: an alert, or the head of the alerts of one intrusion. */
export type AlertRow =
  | { kind: 'alert'; key: string; alert: AlertSummary; isMember: boolean }
  | {
      kind: 'group';
      key: string;
      /** The incident where it is listed, else the gravest of them. */
      lead: AlertSummary;
      severity: Severity;
      alerts: readonly AlertSummary[];
      isOpen: boolean;
    };

/** Alerts as they come; by intrusion where that is asked for, each in the place of its newest alert. */
export function rowsOf(
  alerts: readonly AlertSummary[],
  isGrouped: boolean,
  closed: ReadonlySet<string>,
): readonly AlertRow[] {
  if (!isGrouped) {
    return alerts.map((alert) => ({ kind: 'alert', key: alert.name, alert, isMember: false }));
  }
  const groups = new Map<string, AlertSummary[]>();
  for (const alert of alerts) {
    groups.set(alert.correlationKey, [...(groups.get(alert.correlationKey) ?? []), alert]);
  }
  return [...groups].flatMap(([key, members]) => groupRows(key, members, !closed.has(key)));
}

function groupRows(key: string, alerts: readonly AlertSummary[], isOpen: boolean): AlertRow[] {
  const [first, ...others] = alerts;
  if (first === undefined || others.length === 0) {
    return alerts.map((alert) => ({ kind: 'alert', key: alert.name, alert, isMember: false }));
  }
  const gravest = alerts.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))[0]!;
  const lead = alerts.find(({ isIncident }) => isIncident) ?? gravest;
  const members = alerts.filter((alert) => alert !== lead || !alert.isIncident);
  return [
    { kind: 'group', key: `group ${key}`, lead, severity: gravest.severity, alerts, isOpen },
    ...(isOpen ? members : []).map((alert) => ({ kind: 'alert' as const, key: alert.name, alert, isMember: true })),
  ];
}
