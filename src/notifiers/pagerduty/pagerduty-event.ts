import { EXTENDED } from '../../alerts/extended-properties.ts';
import type { AlertStatus } from '../../model/alert.ts';
import type { Severity } from '../../model/severity.ts';
import { linksOf } from '../links-of.ts';
import type { Notice } from '../notifier.ts';
import { safeLine } from '../safe-text.ts';

/** developer.pagerduty.com/docs/send-alert-event. */
const SEVERITY: Record<Severity, string> = { High: 'critical', Medium: 'error', Low: 'warning', Informational: 'info' };
const ACTION: Record<AlertStatus, string> = {
  Active: 'trigger',
  InProgress: 'acknowledge',
  Resolved: 'resolve',
  Dismissed: 'resolve',
};
const LONGEST_SUMMARY = 1024;
const TOLD = [
  EXTENDED.principal,
  EXTENDED.address,
  EXTENDED.location,
  EXTENDED.network,
  EXTENDED.application,
  EXTENDED.database,
  EXTENDED.count,
] as const;

/** A notice as an event of PagerDuty’s Events API v2: all of one alert are one incident there, by its name. */
export function pagerdutyEvent(notice: Notice, routingKey: string): Record<string, unknown> {
  const { alert } = notice;
  const { properties } = alert;
  const action = ACTION[properties.status];
  const common = { routing_key: routingKey, event_action: action, dedup_key: alert.name };
  if (action !== 'trigger') {
    return common;
  }
  const { extendedProperties: extended } = properties;
  const told = TOLD.flatMap((name) => (extended[name] === undefined ? [] : [[name, safeLine(extended[name])]]));
  const [view, ...links] = linksOf(notice);
  return {
    ...common,
    client: 'Vedette',
    ...(view !== undefined && { client_url: view.url }),
    links: links.map(({ label, url }) => ({ href: url, text: label })),
    payload: {
      summary: safeLine(`${properties.alertDisplayName}: ${properties.description}`, LONGEST_SUMMARY),
      source: safeLine(properties.compromisedEntity, 255),
      severity: SEVERITY[properties.severity],
      timestamp: properties.startTimeUtc,
      component: properties.productComponentName,
      class: properties.alertType,
      custom_details: {
        severity: properties.severity,
        ...Object.fromEntries(told),
        steps: properties.remediationSteps.map((step) => safeLine(step)),
        id: notice.id,
      },
    },
  };
}
