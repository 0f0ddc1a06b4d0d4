import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { OUTBOX_STATES, type OutboxMessage } from '../../store/outbox.ts';
import { badRequest, notFound } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { alertName, isoTime, listOf, pageOf, pageQuery, problem, problems, time } from './schemas.ts';

const delivery = z
  .object({
    id: z.string().describe('Receivers know a repetition by it.'),
    alertName: z.string(),
    alertVersion: z.int().describe('1 to 4 for the severities, mildest first; a time for a decision about the alert.'),
    channel: z.string().describe('Name of the channel; `mailto:ADDRESS` for a person.'),
    state: z.enum(OUTBOX_STATES).describe('dead: given up. silenced: kept from being told.'),
    attempts: z.int(),
    createdTime: time,
    dueTime: time.describe('When it is told, or told again.'),
    sentTime: time.optional(),
    lastError: z.string().optional().describe('What went wrong the last time, or why it is silenced.'),
  })
  .meta({ id: 'Delivery' });
/** Ids hold slashes. */
const params = z.object({ id: z.string().min(1).max(600) });
const read = { access: { role: 'Security Admin' } } as const;

/** What was told to whom, what waits, and what was given up. */
export function deliveryRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { outbox } = context.store;

  app.get(
    '/deliveries',
    {
      config: read,
      schema: {
        tags: ['Notifications'],
        summary: 'List deliveries, the newest first',
        querystring: z.object({
          ...pageQuery,
          state: listOf(OUTBOX_STATES),
          channel: z.string().max(400).optional(),
          alert: alertName.optional().describe('Name of an alert.'),
        }),
        response: { 200: pageOf(delivery), ...problems },
      },
    },
    async (request) => {
      const { limit, cursor, state, channel, alert } = request.query;
      const filter = {
        ...(state !== undefined && { states: state }),
        ...(channel !== undefined && { channel }),
        ...(alert !== undefined && { alertName: alert }),
      };
      const page = await outbox.list(filter, { limit, ...(cursor !== undefined && { cursor }) });
      return { items: page.items.map(shapeOf), ...(page.next !== undefined && { next: page.next }) };
    },
  );

  app.get(
    '/deliveries/:id',
    {
      config: read,
      schema: {
        tags: ['Notifications'],
        summary: 'Get one delivery',
        params,
        response: { 200: delivery, ...problems, 404: problem },
      },
    },
    async (request) => shapeOf(await known(request.params.id)),
  );

  app.post(
    '/deliveries/:id/resend',
    {
      config: read,
      schema: {
        tags: ['Notifications'],
        summary: 'Tell again what was given up, silenced or sent',
        params,
        response: { 202: delivery, ...problems, 404: problem },
      },
    },
    async (request, reply) => {
      await resend(request, await known(request.params.id));
      return reply.code(202).send(shapeOf(await known(request.params.id)));
    },
  );

  app.post(
    '/deliveries/resend',
    {
      config: read,
      schema: {
        tags: ['Notifications'],
        summary: 'Tell again everything that was given up on a channel',
        body: z.strictObject({ channel: z.string().min(1).max(400) }),
        response: { 202: z.object({ count: z.int() }), ...problems },
      },
    },
    async (request, reply) => {
      const { channel } = request.body;
      let count = 0;
      for (let more = true; more; ) {
        const { items } = await outbox.list({ channel, states: ['dead'] }, { limit: 200 });
        for (const message of items) {
          await outbox.resend(message.id, context.clock());
        }
        count += items.length;
        more = items.length > 0;
      }
      await audit(context, request, { action: 'deliveries.resend', target: channel, detail: { count } });
      return reply.code(202).send({ count });
    },
  );

  async function known(id: string): Promise<OutboxMessage> {
    const message = await outbox.get(id);
    if (message === undefined) {
      throw notFound('There is no such delivery; it may be older than what is kept.');
    }
    return message;
  }

  async function resend(request: FastifyRequest, { id, state }: OutboxMessage): Promise<void> {
    if (state === 'waiting') {
      throw badRequest('It waits to be told already.', 'AlreadyWaiting');
    }
    await outbox.resend(id, context.clock());
    await audit(context, request, { action: 'deliveries.resend', target: id });
  }
}

function shapeOf(message: OutboxMessage): z.output<typeof delivery> {
  const { id, alertName: name, alertVersion, channel, state, attempts, createdTime, dueTime } = message;
  return {
    id,
    alertName: name,
    alertVersion,
    channel,
    state,
    attempts,
    createdTime: isoTime(createdTime),
    dueTime: isoTime(dueTime),
    ...(message.sentTime !== undefined && { sentTime: isoTime(message.sentTime) }),
    ...(message.lastError !== undefined && { lastError: message.lastError }),
  };
}
