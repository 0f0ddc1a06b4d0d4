import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiContext } from '../context.ts';
import { LIMITS } from '../limits.ts';
import { findResource } from './find-resource.ts';
import { problem, problems } from './schemas.ts';

const answer = z.object({
  isJudged: z.boolean().describe('False: the server has no log of it, so nothing holds.'),
  detectors: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .describe('Every setting by detector; those that are turned off are absent.'),
});

/** By which settings a resource is judged, with defaults, the file and what people changed put together. */
export function heldSettingsRoute(plain: FastifyInstance, context: ApiContext): void {
  const { tuning } = context;
  if (tuning === undefined) {
    return;
  }
  plain.withTypeProvider<ZodTypeProvider>().get(
    '/resources/:resource/held-settings',
    {
      config: { access: { role: 'Security Reader', within: true } },
      schema: {
        tags: ['Resources'],
        summary: 'Every setting of detectors that holds for a resource',
        params: z.object({ resource: z.string().min(1).max(LIMITS.pathSegment) }),
        response: { 200: answer, ...problems, 404: problem },
      },
    },
    async (request) => {
      const { resource } = await findResource(context, request, request.params.resource);
      const held = await tuning.held(resource.key);
      return { isJudged: held !== undefined, detectors: (held ?? {}) as z.output<typeof answer>['detectors'] };
    },
  );
}
