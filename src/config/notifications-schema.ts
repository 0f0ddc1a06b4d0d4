import { z } from 'zod';
import { type AlertMatch, type MaintenanceWindow, WEEKDAYS } from '../model/notification-rules.ts';
import { SEVERITIES } from '../model/severity.ts';
import type { Catalogue } from './catalogue.ts';
import { timeZoneProblem } from './time-zone.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,49}$/i, 'must be a name of letters, digits and hyphens');
const patterns = z.array(z.string().min(1).max(500)).min(1).max(500).exactOptional();
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 22:00');
const moment = z
  .string()
  .refine((text) => z.iso.datetime({ offset: true }).safeParse(text).success, 'must be a moment with its zone')
  .transform((text) => Date.parse(text));

/** Which alerts are meant; all that is given must fit. */
const matchShape = {
  severities: z.array(z.enum(SEVERITIES)).min(1).exactOptional().describe('Any of these severities.'),
  alertTypes: patterns.describe('Any of these alert types or ids of detectors, with `*` for anything.'),
  resources: patterns.describe(
    'Any of these resources: names with `*` for anything, or ids of resources, groups or subscriptions.',
  ),
  tags: z
    .record(z.string().min(1), z.string())
    .exactOptional()
    .describe('All of these tags of the resource, with `*` for anything in their values.'),
};
const match = z.strictObject(matchShape);
const matches = (description: string) => z.array(match).max(200).default([]).describe(description);

const weekly = z.strictObject({
  days: z.array(z.enum(WEEKDAYS)).min(1).describe('Days on which it begins.'),
  from: timeOfDay.describe('When it begins.'),
  to: timeOfDay.describe('When it ends; on the next day where that is earlier.'),
  timeZone: z
    .string()
    .default('UTC')
    .refine((zone) => timeZoneProblem(zone) === undefined, 'is not the IANA name of a time zone')
    .describe('IANA name of the zone of these times.'),
});
const maintenance = z
  .strictObject({
    reason: z.string().min(1).describe('What is being done.'),
    owner: z.string().min(1).describe('Who answers for it.'),
    ...matchShape,
    from: moment.exactOptional().describe('First moment of a window that comes once.'),
    to: moment.exactOptional().describe('First moment after it.'),
    weekly: weekly.exactOptional().describe('A window that comes each week, in place of `from` and `to`.'),
  })
  .refine(
    ({ from, to, weekly: hours }) =>
      hours === undefined ? from !== undefined && to !== undefined : from === undefined && to === undefined,
    {
      message: 'must have from and to, or weekly',
    },
  )
  .refine(({ from = 0, to = 1 }) => from < to, { path: ['to'], message: 'must be later than from' });

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
      only: matches('Alerts that it tells: one entry must fit. Empty: all.'),
      except: matches('Alerts that it does not tell.'),
      ...kinds,
    })
    .refine((given) => notifiers.filter(({ id }) => given[id as keyof typeof given] !== undefined).length === 1, {
      message: `must have exactly one of: ${notifiers.map(({ id }) => id).join(', ')}`,
    });
  return z
    .strictObject({
      channels: z.record(name, channel).default({}).describe('Ways to tell somebody, by a name of your choice.'),
      people: name
        .exactOptional()
        .describe(
          'The e-mail channel by whose mail server security contacts, recipients of resources and owners are mailed. Absent: the only one that there is.',
        ),
      maintenance: z
        .array(maintenance)
        .max(500)
        .default([])
        .describe('Times in which nobody is told of what happens then and is over by the end.'),
    })
    .refine(({ people, channels }) => people === undefined || Object.hasOwn(channels, people), {
      path: ['people'],
      message: 'must be the name of one of channels',
    });
}

/** One channel as the configuration has it. */
export interface ChannelPlan {
  name: string;
  notifier: string;
  minimalSeverity: (typeof SEVERITIES)[number];
  only: readonly AlertMatch[];
  except: readonly AlertMatch[];
  /** As the notifier's schema parsed them. */
  settings: unknown;
}

/** The whole section. */
export interface NotificationPlan {
  channels: readonly ChannelPlan[];
  people?: string;
  maintenance: readonly MaintenanceWindow[];
}

type Channels = Record<string, Pick<ChannelPlan, 'minimalSeverity' | 'only' | 'except'>>;

/** The section, once it was read with the notifiers known; without them: nobody is told. */
export function notificationPlan(section: unknown, { notifiers }: Catalogue): NotificationPlan {
  if (notifiers === undefined) {
    return { channels: [], maintenance: [] };
  }
  const {
    channels,
    people,
    maintenance: windows,
  } = section as {
    channels: Channels;
    people?: string;
    maintenance: readonly z.output<typeof maintenance>[];
  };
  return {
    channels: Object.entries(channels).map(([channelName, { minimalSeverity, only, except, ...kinds }]) => {
      const [notifier, settings] = Object.entries(kinds)[0]!;
      return { name: channelName, notifier, minimalSeverity, only, except, settings };
    }),
    ...(people !== undefined && { people }),
    maintenance: windows.map(({ from, to, ...window }) => ({
      ...window,
      ...(from !== undefined && to !== undefined && { once: { from, to } }),
    })),
  };
}
