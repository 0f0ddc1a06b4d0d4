import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiContext } from '../context.ts';
import { alertSummary, summaryOf } from './alert-shapes.ts';
import { filterOf, visibleAlert } from './alerts.ts';
import { alertName, pageOf, pageQuery, problem, problems } from './schemas.ts';

/** The other alerts of the same intrusion: of an incident, its members; of a member, the incident and its companions. */
export function relatedAlertRoute(plain: FastifyInstance, context: ApiContext): void {
  plain.withTypeProvider<ZodTypeProvider>().get(
    '/alerts/:name/related',
    {
      config: { access: { role: 'Security Reader', within: true } },
      schema: {
        tags: ['Alerts'],
        summary: 'List the other alerts of the same intrusion, the newest first',
        params: z.object({ name: alertName }),
        querystring: z.object(pageQuery),
        response: { 200: pageOf(alertSummary), ...problems, 404: problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const { alert } = await visibleAlert(context, request, request.params.name);
      const filter = filterOf(request, { correlationKey: alert.properties.correlationKey });
      const page = await context.store.alerts.list(filter, { limit, ...(cursor !== undefined && { cursor }) });
      const items = page.items.filter((it) => it.alert.name !== alert.name).map(summaryOf);
      return { items, ...(page.next !== undefined && { next: page.next }) };
    },
  );
}
