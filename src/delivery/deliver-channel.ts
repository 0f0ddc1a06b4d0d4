import { faultPoint } from '../lib/fault-point.ts';
import { SEVERITIES } from '../model/severity.ts';
import { DeliveryError } from '../notifiers/delivery-error.ts';
import type { Channel, Notice } from '../notifiers/notifier.ts';
import type { StoredAlert } from '../store/alert-store.ts';
import type { Outbox, OutboxMessage } from '../store/outbox.ts';
import type { DeliveryPorts, MessagePayload } from './delivery-ports.ts';
import { pauseAfter } from './pause-after.ts';

/** Most messages that are looked at together: a burst of alerts becomes a few mails. */
const AT_ONCE = 2000;
/** A receiver that answers nothing for so long is given up for this time; milliseconds. */
const TIMEOUT_MS = 30_000;
/** Nobody else takes a message while it may still be on its way; milliseconds. */
const LEASE_MS = 60_000;
/** A message is given up when it could not be told for so long; milliseconds. */
const GIVE_UP_MS = 24 * 3_600_000;

/** Of one alert on one channel: its severities, and what people decided lately. */
const MOST_VERSIONS = 50;

/** What came of one look at a channel: until when it is to be left alone; 0: not at all. */
export interface Look {
  pauseUntil: number;
  failures: number;
}

/** Tells what is due on one channel. Never rejects: what fails is noted with the message, and tried again later. */
export async function deliverChannel(
  id: string,
  channel: Channel,
  ports: DeliveryPorts,
  failures: number,
): Promise<Look> {
  const { outbox, clock } = ports;
  const limit = channel.pace === undefined ? channel.batch : AT_ONCE;
  const messages = await outbox.claim({ channel: id, by: ports.owner, time: clock(), leaseMs: LEASE_MS, limit });
  const notices = await noticesOf(messages, ports);
  const plan = channel.pace?.(notices, clock()) ?? { deliveries: notices.length > 0 ? [notices] : [], held: [] };
  for (const { id: held, until, why } of plan.held) {
    await outbox.hold(held, until, why);
  }
  const waiting = plan.deliveries.map((notices) => [...notices]);
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const error = await tried(channel, next);
    if (error === undefined) {
      faultPoint('notify');
      await outbox.markSent(
        next.map((notice) => notice.id),
        clock(),
      );
      failures = 0;
      continue;
    }
    if (isRefused(error) && next.length > 1) {
      waiting.unshift(...next.map((notice) => [notice])); // one of them is at fault: which?
      continue;
    }
    if (isRefused(error)) {
      await outbox.bury(next[0]!.id, error.message);
      continue;
    }
    failures++;
    const pauseUntil = clock() + pauseAfter(failures, error, ports.random);
    await putBack([next, ...waiting].flat(), error, pauseUntil, ports);
    ports.log.warn({ channel: id, failures, error: error.message }, 'notifications could not be delivered');
    return { pauseUntil, failures };
  }
  return { pauseUntil: 0, failures };
}

async function tried(channel: Channel, notices: readonly Notice[]): Promise<Error | undefined> {
  try {
    await channel.deliver(notices, AbortSignal.timeout(TIMEOUT_MS));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** What could not be told waits; what waited for too long is buried where people can see it. */
async function putBack(
  notices: readonly Notice[],
  error: Error,
  until: number,
  { outbox, clock }: DeliveryPorts,
): Promise<void> {
  for (const { id, plannedTime } of notices) {
    if (clock() - plannedTime > GIVE_UP_MS) {
      await outbox.bury(id, error.message);
    } else {
      await outbox.retry(id, until, error.message);
    }
  }
}

function isRefused(error: Error): boolean {
  return error instanceof DeliveryError && error.isPermanent;
}

/** The alerts as they stand now: what people decided meanwhile is told too. Those that are gone are not told. */
async function noticesOf(
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
