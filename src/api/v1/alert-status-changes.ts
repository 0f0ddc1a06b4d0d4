import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isAllowed } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { STATUSES } from './alert-shapes.ts';
import { changeStatus } from './alerts.ts';
import { alertName, problems } from './schemas.ts';

/** Alerts of one request. */
const MOST = 200;
const OUTCOMES = ['changed', 'unchanged', 'not-found', 'forbidden'] as const;

const body = z.strictObject({
  names: z.array(alertName).min(1).max(MOST),
  status: z.enum(STATUSES),
  reason: z.string().min(1).max(500).optional(),
});
const outcome = z.object({ name: z.string(), outcome: z.enum(OUTCOMES) });

/** Many alerts at once; beside their list, so that no name of an alert can be taken for it. */
export function alertStatusChangeRoute(plain: FastifyInstance, context: ApiContext): void {
  plain.withTypeProvider<ZodTypeProvider>().post(
    '/alert-status-changes',
    {
      config: { access: { role: 'Security Admin', within: true } },
      schema: {
        tags: ['Alerts'],
        summary: 'Change the status of many alerts',
        body,
        response: { 200: z.object({ items: z.array(outcome).describe('One for each name.') }), ...problems },
      },
    },
    async (request) => {
      const items: z.output<typeof outcome>[] = [];
      for (const name of new Set(request.body.names)) {
        items.push({ name, outcome: await changeOne(context, request, name, request.body) });
      }
      return { items };
    },
  );
}

async function changeOne(
  context: ApiContext,
  request: FastifyRequest,
  name: string,
  { status, reason }: z.output<typeof body>,
): Promise<(typeof OUTCOMES)[number]> {
  const stored = await context.store.alerts.get(name);
  if (stored === undefined || !isAllowed(request, 'Security Reader', stored.resourceKey)) {
    return 'not-found';
  }
  if (!isAllowed(request, 'Security Admin', stored.resourceKey)) {
    return 'forbidden';
  }
  if (stored.alert.properties.status === status) {
    return 'unchanged';
  }
  await changeStatus(context, request, stored, { status, reason });
  return 'changed';
}
