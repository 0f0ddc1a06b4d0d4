import type { NotificationPlan } from '../config/notifications-schema.ts';
import { createAudience } from '../delivery/audience.ts';
import type { Notifications } from '../delivery/notifications.ts';
import { previewRouting } from '../delivery/preview.ts';
import { createDecisionRouting, createRouting, type DecisionRouting, type Routing } from '../delivery/routing.ts';
import { type Delivery, startDelivery } from '../delivery/start-delivery.ts';
import { testNotice } from '../delivery/test-notice.ts';
import type { ProtectionSettings } from '../model/protection-settings.ts';
import type { Notifier, Surroundings } from '../notifiers/notifier.ts';
import { windowsInForce } from '../protection/maintenance-windows.ts';
import type { Store } from '../store/store.ts';
import { channelStatuses } from './channel-statuses.ts';
import { type OpenChannels, openChannels } from './open-channels.ts';

/** A channel that is tried has so long to take the sample, milliseconds. */
const TEST_MS = 25_000;

/** Who is told of alerts, and how. */
export interface Telling {
  routing: Routing;
  decisions: DecisionRouting;
  notifications: Notifications;
  /** Begins to tell what the outbox holds. */
  start(portalUrl: string | undefined, owner: string): Delivery;
  /** Goes on by another configuration. Throws a `UserError`, changing nothing, when it is bad. */
  change(plan: NotificationPlan): void;
}

/** What the telling needs of the rest. */
export interface TellingPorts extends Surroundings {
  store: Store;
  notifiers: readonly Notifier[];
  /** What the file says of a resource. */
  declared: (resourceKey: string) => ProtectionSettings | undefined;
  /** One line for the log. */
  note: (text: string) => void;
}

/** Opens the configured channels. */
export function openTelling(plan: NotificationPlan, ports: TellingPorts): Telling {
  const { store, clock, note, declared } = ports;
  const { outbox, alerts } = store;
  const audienceOf = createAudience(store, declared, clock);
  let current: OpenChannels = openChannels(plan, ports.notifiers, ports);
  let delivery: Delivery | undefined;
  let address: string | undefined;
  const log = {
    warn: (facts: object, message: string) => note(`${message}: ${Object.values(facts).join(', ')}`),
  };
  /** With the windows that people made at run time. */
  const rules = async () => ({
    ...current.rules,
    maintenance: await windowsInForce(current.rules.maintenance, store),
  });
  return {
    routing: async (write) => createRouting(await rules(), audienceOf)(write),
    decisions: async (stored, change) => createDecisionRouting(await rules(), audienceOf)(stored, change),
    notifications: {
      channels: () => channelStatuses(current.plans, outbox),
      test: (name, by) => tried(current, name, testNotice(name, by, clock(), address)),
      preview: async (request) => previewRouting(request, await rules(), audienceOf, alerts),
      maintenance: () => current.rules.maintenance,
    },
    start(portalUrl, owner) {
      address = portalUrl;
      const shared = { outbox, alerts, owner, portalUrl, clock, random: Math.random, log };
      delivery = startDelivery((id) => current.open(id), shared);
      return delivery;
    },
    change(next) {
      current = openChannels(next, ports.notifiers, ports);
      delivery?.reopen();
    },
  };
}

async function tried(
  channels: OpenChannels,
  name: string,
  notice: ReturnType<typeof testNotice>,
): Promise<string | undefined> {
  const channel = channels.open(name);
  if (channel === undefined) {
    throw new Error(`there is no channel ${name}`);
  }
  try {
    await channel.deliver([notice], AbortSignal.timeout(TEST_MS));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await channel.close();
  }
}
