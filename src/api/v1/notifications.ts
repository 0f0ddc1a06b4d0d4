import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { WEEKDAYS } from '../../model/notification-rules.ts';
import { principalOf } from '../access.ts';
import { notFound } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { alertSummary, SEVERITIES, summaryOf } from './alert-shapes.ts';
import { visibleScopes } from './alerts.ts';
import { isoTime, problem, problems, time } from './schemas.ts';

const DAY_MS = 86_400_000;
const patterns = z.array(z.string().min(1).max(500)).min(1).max(500).exactOptional();
const match = z
  .strictObject({
    severities: z.array(z.enum(SEVERITIES)).min(1).max(4).exactOptional(),
    alertTypes: patterns,
    resources: patterns,
    tags: z.record(z.string().min(1).max(512), z.string().max(256)).exactOptional(),
  })
  .meta({ id: 'AlertMatch' });
const rules = {
  minimalSeverity: z.enum(SEVERITIES).default('Informational'),
  only: z.array(match).max(200).default([]).describe('One entry must fit; empty: every alert.'),
  except: z.array(match).max(200).default([]).describe('No entry may fit.'),
};
const channel = z
  .object({
    name: z.string(),
    kind: z.string().describe('Id of the notifier; empty for a channel that is no longer configured.'),
    title: z.string(),
    ...rules,
    waiting: z.int(),
    sent: z.int(),
    dead: z.int().describe('Given up: see deliveries.'),
    silenced: z.int().describe('Kept from being told, by maintenance or a suppression.'),
    waitingSince: time.optional(),
  })
  .meta({ id: 'NotificationChannel' });
const window = z
  .object({
    reason: z.string(),
    owner: z.string(),
    ...match.shape,
    once: z.object({ from: time, to: time }).optional(),
    weekly: z
      .object({
        days: z.array(z.enum(WEEKDAYS)),
        from: z.string().describe('HH:MM.'),
        to: z.string(),
        timeZone: z.string(),
      })
      .optional(),
  })
  .meta({ id: 'MaintenanceWindow' });
const previewed = alertSummary.extend({
  channels: z.array(z.string()).describe('Who would have been told; persons as `mailto:ADDRESS`.'),
  silenced: z.string().optional().describe('Why nobody would have been told all the same.'),
});

/** Who is told of alerts; absent where the server tells nobody. */
export function notificationRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { notifications } = context;
  if (notifications === undefined) {
    return;
  }
  app.get(
    '/notifications/channels',
    {
      config: { access: { role: 'Security Admin' } },
      schema: {
        tags: ['Notifications'],
        summary: 'List the channels, and how they fare',
        response: { 200: z.object({ items: z.array(channel) }), ...problems },
      },
    },
    async () => {
      const items = await notifications.channels();
      return {
        items: items.map(({ waitingSince, only, except, ...rest }) => ({
          ...rest,
          only: [...only] as z.output<typeof match>[],
          except: [...except] as z.output<typeof match>[],
          ...(waitingSince !== undefined && { waitingSince: isoTime(waitingSince) }),
        })),
      };
    },
  );
  app.get(
    '/notifications/maintenance',
    {
      config: { access: { role: 'Security Reader' } },
      schema: {
        tags: ['Notifications'],
        summary: 'List the times in which nobody is told, as they are configured',
        response: { 200: z.object({ items: z.array(window) }), ...problems },
      },
    },
    async () => ({
      items: notifications.maintenance().map(({ once, ...rest }) => ({
        ...(rest as Omit<z.output<typeof window>, 'once'>),
        ...(once !== undefined && { once: { from: isoTime(once.from), to: isoTime(once.to) } }),
      })),
    }),
  );
  app.post(
    '/notifications/channels/:channel/test',
    {
      config: { access: { role: 'Security Admin' } },
      schema: {
        tags: ['Notifications'],
        summary: 'Send a sample, marked as a test, on one channel',
        params: z.object({ channel: z.string().min(1).max(400) }),
        response: {
          200: z.object({ delivered: z.boolean(), error: z.string().optional().describe('What the receiver said.') }),
          ...problems,
          404: problem,
        },
      },
    },
    async (request) => {
      const { channel: name } = request.params;
      const known = await notifications.channels();
      if (!known.some((it) => it.name === name && it.kind !== '')) {
        throw notFound(`There is no channel ${name}.`);
      }
      const error = await notifications.test(name, principalOf(request).name);
      const outcome = error === undefined ? 'success' : 'failure';
      await audit(context, request, { action: 'notifications.test', target: name, outcome });
      return { delivered: error === undefined, ...(error !== undefined && { error }) };
    },
  );
  app.post(
    '/notifications/preview',
    {
      config: { access: { role: 'Security Reader', within: true } },
      schema: {
        tags: ['Notifications'],
        summary: 'List which alerts of the last days would have been told, and to whom',
        body: z.strictObject({
          channel: z.string().min(1).max(400).exactOptional().describe('Only by the rules of this channel.'),
          rule: z.strictObject(rules).exactOptional().describe('By rules that are not configured yet.'),
          days: z.int().min(1).max(365).default(30),
        }),
        response: {
          200: z.object({
            examined: z.int(),
            matched: z.int(),
            items: z.array(previewed).describe('The newest 200 of them.'),
          }),
          ...problems,
          404: problem,
        },
      },
    },
    async (request) => {
      const { days, ...wanted } = request.body;
      const scopes = visibleScopes(request, undefined);
      if (
        wanted.channel !== undefined &&
        !(await notifications.channels()).some(({ name }) => name === wanted.channel)
      ) {
        throw notFound(`There is no channel ${wanted.channel}.`);
      }
      const from = context.clock() - days * DAY_MS;
      const { examined, matched, alerts } = await notifications.preview({
        ...wanted,
        from,
        ...(scopes !== undefined && { scopes }),
      });
      const items = alerts.map(({ stored, channels, silenced }) => ({
        ...summaryOf(stored),
        channels: [...channels],
        ...(silenced !== undefined && { silenced }),
      }));
      return { examined, matched, items };
    },
  );
}
