import type { ChannelPlan, NotificationPlan } from '../config/notifications-schema.ts';
import { createAudience } from '../delivery/audience.ts';
import { createRouting, PERSON_PREFIX, type Route, type Routing, type RoutingRules } from '../delivery/routing.ts';
import { type Delivery, startDelivery } from '../delivery/start-delivery.ts';
import { UserError } from '../lib/user-error.ts';
import type { ProtectionSettings } from '../model/protection-settings.ts';
import type { Channel, Notifier, Surroundings } from '../notifiers/notifier.ts';
import type { Store } from '../store/store.ts';

/** Who is told of alerts, and how. */
export interface Telling {
  routing: Routing;
  /** Begins to tell what the outbox holds. */
  start(portalUrl: string | undefined, owner: string): Delivery;
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
  const { store, clock, note } = ports;
  const open = ({ notifier: wanted, settings }: ChannelPlan, address?: string) => {
    const notifier = notifierOf(wanted, ports.notifiers);
    return notifier.open(address === undefined ? settings : notifier.personal!.settingsFor(settings, address), ports);
  };
  const channels = new Map(plan.channels.map((channel) => [channel.name, open(channel)]));
  const byMail = personalPlan(plan, ports.notifiers);
  const openChannel = (id: string): Channel | undefined =>
    byMail !== undefined && id.startsWith(PERSON_PREFIX)
      ? open(byMail, id.slice(PERSON_PREFIX.length))
      : channels.get(id);
  const rules: RoutingRules = {
    routes: plan.channels.map((channel) => routeOf(channel, channels.get(channel.name)!, ports.notifiers)),
    maintenance: plan.maintenance,
    ...(byMail !== undefined && { personal: dueTimeOf(channels.get(byMail.name)!) }),
  };
  const log = {
    warn: (facts: object, message: string) => note(`${message}: ${Object.values(facts).join(', ')}`),
  };
  return {
    routing: createRouting(rules, createAudience(store, ports.declared, clock)),
    start: (portalUrl, owner) => {
      const { outbox, alerts } = store;
      return startDelivery(openChannel, { outbox, alerts, owner, portalUrl, clock, random: Math.random, log });
    },
  };
}

function routeOf(plan: ChannelPlan, channel: Channel, notifiers: readonly Notifier[]): Route {
  const { name: id, minimalSeverity, only, except, settings } = plan;
  const addresses = notifierOf(plan.notifier, notifiers).personal?.addressesIn(settings);
  return { id, minimalSeverity, only, except, ...dueTimeOf(channel), ...(addresses !== undefined && { addresses }) };
}

function dueTimeOf(channel: Channel): Pick<Route, 'dueTime'> {
  const dueTime = channel.dueTime?.bind(channel);
  return dueTime === undefined ? {} : { dueTime };
}

/** The channel by which persons are told: the one that is named, or the only one that can. */
function personalPlan({ channels, people }: NotificationPlan, notifiers: readonly Notifier[]): ChannelPlan | undefined {
  const able = channels.filter(({ notifier }) => notifierOf(notifier, notifiers).personal !== undefined);
  if (people === undefined) {
    return able.length === 1 ? able[0] : undefined;
  }
  const chosen = able.find(({ name }) => name === people);
  if (chosen === undefined) {
    throw new UserError(
      `notifications.people names "${people}", which cannot tell single persons; name an e-mail channel.`,
    );
  }
  return chosen;
}

function notifierOf(id: string, notifiers: readonly Notifier[]): Notifier {
  return notifiers.find((notifier) => notifier.id === id)!;
}
