import type { ChannelPlan, NotificationPlan } from '../config/notifications-schema.ts';
import { PERSON_PREFIX, type Route, type RoutingRules } from '../delivery/routing.ts';
import { UserError } from '../lib/user-error.ts';
import type { Channel, Notifier, Surroundings } from '../notifiers/notifier.ts';

/** The channels of a configuration. */
export interface OpenChannels {
  plans: readonly (ChannelPlan & { title: string })[];
  rules: RoutingRules;
  /** A channel of its own each time, to be closed by whoever asked; undefined where there is none of that name. */
  open(id: string): Channel | undefined;
}

/** Reads what the channels are; throws a `UserError` where they cannot be so. */
export function openChannels(
  plan: NotificationPlan,
  notifiers: readonly Notifier[],
  surroundings: Surroundings,
): OpenChannels {
  const notifierOf = ({ notifier: id }: ChannelPlan) => notifiers.find((notifier) => notifier.id === id)!;
  const byMail = personalPlan(plan, notifierOf);
  return {
    plans: plan.channels.map((channel) => ({ ...channel, title: notifierOf(channel).title })),
    rules: {
      routes: plan.channels.map((channel) => routeOf(channel, notifierOf(channel), surroundings)),
      maintenance: plan.maintenance,
      ...(byMail !== undefined && { personal: dueTimeOf(notifierOf(byMail).open(byMail.settings, surroundings)) }),
    },
    open(id) {
      if (byMail !== undefined && id.startsWith(PERSON_PREFIX)) {
        const notifier = notifierOf(byMail);
        const settings = notifier.personal!.settingsFor(byMail.settings, id.slice(PERSON_PREFIX.length));
        return notifier.open(settings, surroundings);
      }
      const channel = plan.channels.find(({ name }) => name === id);
      return channel && notifierOf(channel).open(channel.settings, surroundings);
    },
  };
}

/** A channel that is only asked what it is like has opened nothing yet. */
function routeOf(plan: ChannelPlan, notifier: Notifier, surroundings: Surroundings): Route {
  const { name: id, minimalSeverity, only, except, settings } = plan;
  const channel = notifier.open(settings, surroundings);
  const addresses = notifier.personal?.addressesIn(settings);
  return {
    id,
    minimalSeverity,
    only,
    except,
    ...dueTimeOf(channel),
    ...(channel.tellsDecisions === true && { tellsDecisions: true }),
    ...(addresses !== undefined && { addresses }),
  };
}

function dueTimeOf(channel: Channel): Pick<Route, 'dueTime'> {
  const dueTime = channel.dueTime?.bind(channel);
  return dueTime === undefined ? {} : { dueTime };
}

/** The channel by which persons are told: the one that is named, or the only one that can. */
function personalPlan(
  { channels, people }: NotificationPlan,
  notifierOf: (plan: ChannelPlan) => Notifier,
): ChannelPlan | undefined {
  const able = channels.filter((channel) => notifierOf(channel).personal !== undefined);
  if (people === undefined) {
    return able.length === 1 ? able[0] : undefined;
  }
  const chosen = able.find(({ name }) => name === people);
  if (chosen === undefined) {
    throw new UserError(
      `notifications.people names "${people}", which cannot tell single persons; name an e-mail channel`,
    );
  }
  return chosen;
}
