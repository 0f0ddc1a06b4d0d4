import { SEVERITIES } from '../model/severity.ts';
import type { Notice } from './notifier.ts';
import { safeLine } from './safe-text.ts';

/** Alerts that one message of a chat lists; the portal lists all. */
const MOST = 20;

/** Many alerts as one message of a chat. */
export interface ChatSummary {
  title: string;
  /** The gravest first. */
  lines: readonly { severity: string; title: string; entity: string; url?: string }[];
  /** How many are not listed. */
  left: number;
}

export function chatSummary(notices: readonly Notice[]): ChatSummary {
  const rank = ({ alert }: Notice) => SEVERITIES.indexOf(alert.properties.severity);
  const sorted = notices.toSorted((a, b) => rank(b) - rank(a));
  const counts = SEVERITIES.toReversed()
    .map((severity) => ({ severity, count: notices.filter((it) => it.alert.properties.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`);
  return {
    title: `${notices.length} alerts: ${counts.join(', ')}`,
    lines: sorted.slice(0, MOST).map(({ alert: { properties }, portalUrl }) => ({
      severity: properties.severity,
      title: safeLine(properties.alertDisplayName, 200),
      entity: safeLine(properties.compromisedEntity, 100),
      ...(portalUrl !== undefined && { url: portalUrl }),
    })),
    left: Math.max(0, notices.length - MOST),
  };
}
