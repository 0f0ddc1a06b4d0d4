import { z } from 'zod';
import { SEVERITIES } from '../model/severity.ts';
import type { Catalogue } from './catalogue.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,49}$/i, 'must be a name of letters, digits and hyphens');

/** Who is told of alerts. A command that tells nobody does not know the notifiers, and takes the section as it is. */
export function notificationsSchema({ notifiers }: Catalogue) {
  if (notifiers === undefined) {
    return z.looseObject({});
  }
  const kinds = Object.fromEntries(
    notifiers.map(({ id, title, settings }) => [id, settings.strict().exactOptional().describe(title)] as const),
  );
  const channel = z
    .strictObject({
      minimalSeverity: z.enum(SEVERITIES).default('Low').describe('Milder alerts are not told on this channel.'),
      ...kinds,
    })
    .refine((given) => notifiers.filter(({ id }) => given[id as keyof typeof given] !== undefined).length === 1, {
      message: `must have exactly one of: ${notifiers.map(({ id }) => id).join(', ')}`,
    });
  return z.strictObject({
    channels: z.record(name, channel).default({}).describe('Ways to tell somebody, by a name of your choice.'),
  });
}

/** One channel as the configuration has it. */
export interface ChannelPlan {
  name: string;
  notifier: string;
  minimalSeverity: (typeof SEVERITIES)[number];
  /** As the notifier's schema parsed them. */
  settings: unknown;
}

/** The channels of the section, once it was read with the notifiers known. */
export function channelPlans(section: unknown): ChannelPlan[] {
  const { channels = {} } = section as { channels?: Record<string, Record<string, unknown>> };
  return Object.entries(channels).map(([channelName, { minimalSeverity, ...kinds }]) => {
    const [notifier, settings] = Object.entries(kinds)[0]!;
    return {
      name: channelName,
      notifier,
      minimalSeverity: minimalSeverity as ChannelPlan['minimalSeverity'],
      settings,
    };
  });
}
