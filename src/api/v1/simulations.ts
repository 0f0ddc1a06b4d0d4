import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SAMPLE_KINDS } from '../../alerts/sample/sample-kinds.ts';
import { authorize } from '../access.ts';
import { badRequest } from '../api-error.ts';
import type { ApiContext } from '../context.ts';
import { LIMITS } from '../limits.ts';
import { simulate } from '../simulate.ts';
import { SEVERITIES } from './alert-shapes.ts';
import { findResource } from './find-resource.ts';
import { problem, problems } from './schemas.ts';

const sample = z.object({
  name: z.string(),
  alertType: z.string(),
  displayName: z.string(),
  severity: z.enum(SEVERITIES),
});

/** Marked sample alerts, by which people see what comes and whether they are told. */
export function simulationRoutes(plain: FastifyInstance, context: ApiContext): void {
  plain.withTypeProvider<ZodTypeProvider>().post(
    '/resources/:resource/simulations',
    {
      config: { access: { role: 'Security Admin', within: true } },
      schema: {
        tags: ['Alerts'],
        summary: 'Raise a marked sample alert of each type',
        params: z.object({ resource: z.string().min(1).max(LIMITS.pathSegment) }),
        body: z.strictObject({
          alertTypes: z.array(z.string().max(200)).min(1).max(50).exactOptional().describe('Absent: each type.'),
        }),
        response: { 201: z.object({ items: z.array(sample) }), ...problems, 404: problem },
      },
    },
    async (request, reply) => {
      const { resource } = await findResource(context, request, request.params.resource);
      authorize(request, 'Security Admin', resource.key);
      const { alertTypes } = request.body;
      const known = SAMPLE_KINDS[resource.engine].map(({ alertType }) => alertType);
      const unknown = alertTypes?.find((type) => !known.some((it) => it.toLowerCase() === type.toLowerCase()));
      if (unknown !== undefined) {
        throw badRequest(`No alert of ${resource.name} is of the type ${unknown}; there are ${known.join(', ')}.`);
      }
      const alerts = await simulate(context, request, resource, alertTypes);
      const items = alerts.map(({ name, properties: { alertType, alertDisplayName, severity } }) => ({
        name,
        alertType,
        displayName: alertDisplayName,
        severity,
      }));
      return reply.code(201).send({ items });
    },
  );
}
