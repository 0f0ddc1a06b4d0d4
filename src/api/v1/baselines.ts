import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { ApiContext } from '../context.ts';
import { LIMITS } from '../limits.ts';
import { findResource } from './find-resource.ts';
import { isoTime, problem, problems, time } from './schemas.ts';

/** `principal`: that it is there at all. */
export const baselineKind = z.enum(['place', 'region', 'application', 'principal']);

const fact = z.object({
  detector: z.string(),
  kind: baselineKind,
  principal: z.string(),
  value: z.string().describe('Empty: clients give no name; of a principal itself.'),
  firstTime: time,
  lastTime: time,
  uses: z.int(),
  isPinned: z.boolean().describe('Somebody said that it is usual for ever.'),
});
const answer = z.object({
  items: z.array(fact).describe('What is usual, the principal that was there last first.'),
  learning: z.array(z.string()).describe('Principals that are learned about: nothing of them is judged yet.'),
});

/** What is normal here, as the judging thread has it at this moment. */
export function baselineRoutes(plain: FastifyInstance, context: ApiContext): void {
  const { learned } = context;
  if (learned === undefined) {
    return;
  }
  plain.withTypeProvider<ZodTypeProvider>().get(
    '/resources/:resource/baseline',
    {
      config: { access: { role: 'Security Reader', within: true } },
      schema: {
        tags: ['Resources'],
        summary: 'What is usual on a resource: its principals, and their places, data centres and applications',
        params: z.object({ resource: z.string().min(1).max(LIMITS.pathSegment) }),
        querystring: z.object({ principal: z.string().max(200).optional().describe('Only of this principal.') }),
        response: { 200: answer, ...problems, 404: problem, 409: problem },
      },
    },
    async (request) => {
      const { resource } = await findResource(context, request, request.params.resource);
      const known = await learned(resource.key);
      if (known === undefined) {
        throw new ApiError(409, 'NotJudged', `${resource.name} is not judged at present, so nothing is known of it.`);
      }
      const { principal: only } = request.query;
      const facts = Object.entries(known)
        .flatMap(([detector, of]) => of.map((it) => ({ detector, ...it })))
        .filter(({ principal }) => only === undefined || principal === only)
        .sort((a, b) => b.lastTime - a.lastTime);
      return {
        items: facts.map(({ detector, kind, principal, value, firstTime, lastTime, uses, isPinned = false }) => ({
          detector,
          kind,
          principal,
          value,
          uses,
          isPinned,
          firstTime: isoTime(firstTime),
          lastTime: isoTime(lastTime),
        })),
        learning: [...new Set(facts.filter(({ isLearning }) => isLearning).map(({ principal }) => principal))],
      };
    },
  );
}
