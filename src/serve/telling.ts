import type { ChannelPlan } from '../config/notifications-schema.ts';
import { createRouting, type Routing } from '../delivery/routing.ts';
import { type Delivery, startDelivery } from '../delivery/start-delivery.ts';
import type { Channel, Notifier, Surroundings } from '../notifiers/notifier.ts';
import type { Store } from '../store/store.ts';

/** Who is told of alerts, and how. */
export interface Telling {
  routing: Routing;
  /** Begins to tell what the outbox holds. */
  start(store: Store, portalUrl: string | undefined, owner: string): Delivery;
}

/** Opens the configured channels. */
export function openTelling(
  plans: readonly ChannelPlan[],
  notifiers: readonly Notifier[],
  surroundings: Surroundings,
  note: (text: string) => void,
): Telling {
  const channels = new Map<string, Channel>();
  const routes = plans.map(({ name, notifier, minimalSeverity, settings }) => {
    const channel = notifiers.find(({ id }) => id === notifier)!.open(settings, surroundings);
    channels.set(name, channel);
    const dueTime = channel.dueTime?.bind(channel);
    return { id: name, minimalSeverity, ...(dueTime !== undefined && { dueTime }) };
  });
  const log = {
    warn: (facts: object, message: string) => note(`${message}: ${Object.values(facts).join(', ')}`),
  };
  return {
    routing: createRouting(routes),
    start: ({ outbox, alerts }, portalUrl, owner) =>
      startDelivery((id) => channels.get(id), {
        outbox,
        alerts,
        owner,
        portalUrl,
        clock: surroundings.clock,
        random: Math.random,
        log,
      }),
  };
}
