import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { principalOf } from '../access.ts';
import { notFound } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { alertMatch } from './alert-match.ts';
import { alertSummary, SEVERITIES, summaryOf } from './alert-shapes.ts';
import { visibleScopes } from './alerts.ts';
import { isoTime, problem, problems, time } from './schemas.ts';

const DAY_MS = 86_400_000;
const rules = {
  minimalSeverity: z.enum(SEVERITIES).default('Informational'),
  only: z.array(alertMatch).max(200).default([]).describe('One entry must fit; empty: every alert.'),
  except: z.array(alertMatch).max(200).default([]).describe('No entry may fit.'),
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
          only: [...only] as z.output<typeof alertMatch>[],
          except: [...except] as z.output<typeof alertMatch>[],
          ...(waitingSince !== undefined && { waitingSince: isoTime(waitingSince) }),
        })),
      };
    },
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
