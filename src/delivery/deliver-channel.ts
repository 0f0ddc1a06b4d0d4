import { faultPoint } from '../lib/fault-point.ts';
import { DeliveryError } from '../notifiers/delivery-error.ts';
import type { Channel, Notice } from '../notifiers/notifier.ts';
import type { Outbox, OutboxMessage } from '../store/outbox.ts';
import type { DeliveryPorts } from './delivery-ports.ts';
import { noticesOf } from './notices-of.ts';
import { pauseAfter } from './pause-after.ts';

/** Most messages that are looked at together: a burst of alerts becomes a few mails. */
const AT_ONCE = 2000;
/** Messages that are looked at together where each is a delivery of its own. */
const IN_A_ROW = 50;
/** A receiver that answers nothing for so long is given up for this time; milliseconds. */
const TIMEOUT_MS = 30_000;
/** Nobody else takes a message while it may still be on its way; milliseconds. */
const LEASE_MS = 60_000;
/** A message is given up when it could not be told for so long; milliseconds. */
const GIVE_UP_MS = 24 * 3_600_000;

/** What came of one look at a channel: until when it is to be left alone; 0: not at all. */
export interface Look {
  pauseUntil: number;
  failures: number;
}

export interface ChannelPorts extends DeliveryPorts {
  /** Messages that are told, which the outbox could not be told yet. */
  unmarked: Set<string>;
}

/** Tells what is due on one channel. Never rejects: what fails is noted with the message, and tried again later. */
export async function deliverChannel(
  id: string,
  channel: Channel,
  ports: ChannelPorts,
  failures: number,
): Promise<Look> {
  const { outbox, clock } = ports;
  const time = clock();
  const limit = channel.pace === undefined ? Math.max(channel.batch, IN_A_ROW) : AT_ONCE;
  const messages = await outbox.claim({ channel: id, by: ports.owner, time, leaseMs: LEASE_MS, limit });
  const left = await markTold(messages, ports);
  const notices = await noticesOf(left, ports);
  const plan = channel.pace?.(notices, clock()) ?? { deliveries: inBatches(notices, channel.batch), held: [] };
  for (const { id: held, until, why } of plan.held) {
    await outbox.hold(held, until, why);
  }
  const waiting = plan.deliveries.map((together) => [...together]);
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (clock() - time > LEASE_MS - TIMEOUT_MS) {
      await holdAll([next, ...waiting], clock(), 'waits for its turn', outbox);
      break;
    }
    const error = await told(channel, next, ports);
    if (error === undefined) {
      failures = 0;
    } else if (isRefused(error)) {
      waiting.unshift(...next.map((notice) => [notice])); // one of them is at fault: which?
    } else {
      failures++;
      const pauseUntil = clock() + pauseAfter(failures, error, ports.random);
      await putBack(next, messages, error, pauseUntil, ports);
      await holdAll(waiting, pauseUntil, error.message, outbox);
      ports.log.warn({ channel: id, failures, error: error.message }, 'notifications could not be delivered');
      return { pauseUntil, failures };
    }
  }
  return { pauseUntil: 0, failures };
}

function inBatches(notices: readonly Notice[], size: number): Notice[][] {
  const count = Math.ceil(notices.length / size);
  return Array.from({ length: count }, (_, i) => notices.slice(i * size, (i + 1) * size));
}

/** Tells them together. Undefined: they are told, or one that is refused for good is buried. */
async function told(
  channel: Channel,
  notices: readonly Notice[],
  { outbox, clock, unmarked }: ChannelPorts,
): Promise<Error | undefined> {
  const error = await tried(channel, notices);
  const ids = notices.map(({ id }) => id);
  if (error === undefined) {
    for (const id of ids) {
      unmarked.add(id);
    }
    faultPoint('notify');
    await markSent(ids, { outbox, clock, unmarked });
  } else if (isRefused(error) && ids.length === 1) {
    await outbox.bury(ids[0]!, error.message);
    return undefined;
  }
  return error;
}

/** Gives the messages that are not told yet. */
async function markTold(messages: readonly OutboxMessage[], ports: ChannelPorts): Promise<OutboxMessage[]> {
  const told = messages.filter(({ id }) => ports.unmarked.has(id)).map(({ id }) => id);
  if (told.length > 0) {
    await markSent(told, ports);
  }
  return messages.filter(({ id }) => !told.includes(id));
}

/** Where it rejects, the messages stay unmarked: their lease ends, and they are claimed once more. */
async function markSent(
  ids: readonly string[],
  { outbox, clock, unmarked }: Pick<ChannelPorts, 'outbox' | 'clock' | 'unmarked'>,
): Promise<void> {
  await outbox.markSent(ids, clock());
  for (const id of ids) {
    unmarked.delete(id);
  }
}

async function holdAll(
  deliveries: readonly (readonly Notice[])[],
  until: number,
  why: string,
  outbox: Outbox,
): Promise<void> {
  for (const { id } of deliveries.flat()) {
    await outbox.hold(id, until, why);
  }
}

async function tried(channel: Channel, notices: readonly Notice[]): Promise<Error | undefined> {
  try {
    await channel.deliver(notices, AbortSignal.timeout(TIMEOUT_MS));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/**
 * What could not be told waits, longer than the rest of the channel: should it alone be at fault, the rest gets through
 * meanwhile. What waited for too long is buried where people can see it.
 */
async function putBack(
  notices: readonly Notice[],
  messages: readonly OutboxMessage[],
  error: Error,
  until: number,
  { outbox, clock, random }: DeliveryPorts,
): Promise<void> {
  for (const { id, plannedTime } of notices) {
    const { attempts = 1 } = messages.find((message) => message.id === id) ?? {};
    if (clock() - plannedTime > GIVE_UP_MS) {
      await outbox.bury(id, error.message);
    } else {
      await outbox.retry(id, until + pauseAfter(attempts, error, random), error.message);
    }
  }
}

function isRefused(error: Error): boolean {
  return error instanceof DeliveryError && error.isPermanent;
}
