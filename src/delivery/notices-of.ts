import { SEVERITIES } from '../model/severity.ts';
import type { Notice } from '../notifiers/notifier.ts';
import type { StoredAlert } from '../store/alert-store.ts';
import type { Outbox, OutboxMessage } from '../store/outbox.ts';
import type { DeliveryPorts, MessagePayload } from './delivery-ports.ts';

/** Of one alert on one channel: its severities, and what people decided lately. */
const MOST_VERSIONS = 50;

/** The alerts as they stand now: what people decided meanwhile is told too. Those that are gone are not told. */
export async function noticesOf(
  messages: readonly OutboxMessage[],
  { alerts, outbox, portalUrl }: DeliveryPorts,
): Promise<Notice[]> {
  const notices: Notice[] = [];
  for (const { id, alertName, alertVersion, channel, createdTime, payload } of messages) {
    const stored = await alerts.get(alertName);
    if (stored === undefined) {
      await outbox.bury(id, 'the alert is no longer there');
      continue;
    }
    const { plannedTime = createdTime, isDecision = false } = (payload ?? {}) as Partial<MessagePayload>;
    if (stored.alert.properties.status === 'Dismissed' && !isDecision) {
      await outbox.silence(id, whyDismissed(stored));
      continue;
    }
    const others = await otherVersions(alertName, channel, outbox);
    if (!isDecision && others.some((other) => isGraver(other, alertVersion))) {
      await outbox.silence(id, 'told as the graver alert that it became');
      continue;
    }
    notices.push({
      id,
      alert: stored.alert,
      isUpdate: others.some((other) => other.state === 'sent' && other.alertVersion < alertVersion),
      createdTime,
      plannedTime,
      ...(portalUrl !== undefined && { portalUrl: `${portalUrl}/alerts/${alertName}` }),
    });
  }
  return notices;
}

function whyDismissed({ suppressedBy, statusChange }: StoredAlert): string {
  return statusChange === undefined
    ? `suppressed by the rule ${suppressedBy ?? 'of its detector'}`
    : `dismissed by ${statusChange.by} before it was told`;
}

/** What was told of an alert on a channel, and what is still to be told. */
async function otherVersions(alertName: string, channel: string, outbox: Outbox): Promise<OutboxMessage[]> {
  const filter = { alertName, channel, states: ['sent', 'waiting'] } as const;
  return (await outbox.list(filter, { limit: MOST_VERSIONS })).items;
}

/** Whether another message tells the same alert as a graver one. Versions of decisions are times, which are higher. */
function isGraver({ alertVersion }: OutboxMessage, than: number): boolean {
  return alertVersion > than && alertVersion <= SEVERITIES.length;
}
