import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiContext } from '../context.ts';
import { SEVERITIES, STATUSES } from './alert-shapes.ts';
import { alertQuery, filterOf } from './alerts.ts';
import { problems } from './schemas.ts';

const count = z.object({ severity: z.enum(SEVERITIES), status: z.enum(STATUSES), count: z.int() });

/** How many alerts there are; beside their list, so that no name of an alert can be taken for it. */
export function alertCountRoute(plain: FastifyInstance, { store }: ApiContext): void {
  plain.withTypeProvider<ZodTypeProvider>().get(
    '/alert-counts',
    {
      config: { access: { role: 'Security Reader', within: true } },
      schema: {
        tags: ['Alerts'],
        summary: 'Count alerts by severity and status',
        querystring: alertQuery,
        response: {
          200: z.object({ items: z.array(count).describe('Pairs without alerts are absent.') }),
          ...problems,
        },
      },
    },
    async (request) => ({ items: await store.alerts.count(filterOf(request, request.query)) }),
  );
}
