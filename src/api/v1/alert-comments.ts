import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { AlertComment } from '../../store/alert-store.ts';
import { authorize, principalOf } from '../access.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { visibleAlert } from './alerts.ts';
import { alertName, isoTime, problem, problems, time } from './schemas.ts';

const shape = z.object({ id: z.string(), by: z.string(), time, text: z.string() }).meta({ id: 'AlertComment' });
const params = z.object({ name: alertName });
const tags = ['Alerts'];

/** What people write to each other about an alert. */
export function alertCommentRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { alerts } = context.store;

  app.get(
    '/alerts/:name/comments',
    {
      config: { access: { role: 'Security Reader', within: true } },
      schema: {
        tags,
        summary: 'List comments, the oldest first',
        params,
        response: { 200: z.object({ items: z.array(shape) }), ...problems, 404: problem },
      },
    },
    async (request) => {
      await visibleAlert(context, request, request.params.name);
      return { items: (await alerts.comments(request.params.name)).map(describe) };
    },
  );

  app.post(
    '/alerts/:name/comments',
    {
      config: { access: { role: 'Security Admin', within: true } },
      schema: {
        tags,
        summary: 'Add a comment',
        params,
        body: z.strictObject({ text: z.string().trim().min(1).max(4000) }),
        response: { 201: shape, ...problems, 404: problem },
      },
    },
    async (request, reply) => {
      const stored = await visibleAlert(context, request, request.params.name);
      authorize(request, 'Security Admin', stored.resourceKey);
      const comment: AlertComment = {
        id: randomUUID(),
        alertName: stored.alert.name,
        by: principalOf(request).name,
        time: context.clock(),
        text: request.body.text,
      };
      await alerts.comment(comment);
      await audit(context, request, { action: 'alerts.comment', target: stored.alert.id, detail: { id: comment.id } });
      return reply.code(201).send(describe(comment));
    },
  );
}

function describe({ id, by, time: at, text }: AlertComment): z.output<typeof shape> {
  return { id, by, time: isoTime(at), text };
}
