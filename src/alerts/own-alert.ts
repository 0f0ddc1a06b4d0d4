import type { Alert } from '../model/alert.ts';
import type { Attack } from '../model/attack.ts';
import type { Guidance } from '../model/finding.ts';
import type { Severity } from '../model/severity.ts';
import { alertName } from './alert-name.ts';
import { toAzureAlert } from './to-azure-alert.ts';

/** Something that somebody did to Vedette itself. */
export interface OwnMatter {
  alertType: 'Vedette_SignInBruteForce' | 'Vedette_BroadSuppression';
  variant: string;
  displayName: string;
  summary: string;
  severity: Severity;
  attack: Attack;
  subscriptionId: string;
  /** What is one matter to a person. */
  dedupKey: string;
  /** Milliseconds since the epoch. */
  startTime: number;
  endTime: number;
  count: number;
  principal?: string;
  address?: string;
  observed: Readonly<Record<string, string>>;
  guidance: Guidance;
}

/** The alert of the matter: one of a subscription, since no database is meant. */
export function ownAlert(matter: OwnMatter): Alert {
  const { subscriptionId, dedupKey, startTime, endTime, count, principal, address, observed, ...finding } = matter;
  const id = `/subscriptions/${subscriptionId}`;
  const name = alertName(matter.alertType, id, dedupKey, startTime);
  const times = { startTime, endTime, count };
  const place = { subscriptionId, resourceGroup: '', location: 'local', name: 'Vedette' };
  const alert = toAzureAlert({
    ...times,
    detector: 'vedette',
    // an engine must be named: what is told of it is replaced below
    resource: { key: id, id, engine: 'postgresql', ...place },
    name,
    openedTime: startTime,
    changedTime: endTime,
    changes: count,
    finding: {
      ...finding,
      ...times,
      dedupKey,
      confidence: 'high',
      entities: {
        ...(principal !== undefined && { principal }),
        ...(address !== undefined && { address: { address } }),
      },
      score: { value: count, threshold: 1, unit: 'events' },
      baseline: { title: 'What was seen', columns: ['What', 'Value'], rows: Object.entries(observed) },
      observed,
      rawLines: [],
      isLate: false,
    },
  });
  return {
    ...alert,
    id: `${id}/providers/Microsoft.Security/locations/local/alerts/${name}`,
    properties: { ...alert.properties, productComponentName: 'Vedette' },
  };
}
