import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Learned } from '../../model/learned.ts';
import { ApiError } from '../api-error.ts';
import type { ApiContext } from '../context.ts';
import { LIMITS } from '../limits.ts';
import { findResource } from './find-resource.ts';
import { detectorProgress, progressOf } from './learning-progress.ts';
import { isoTime, problem, problems, time } from './schemas.ts';

/** `principal`: that it is there at all. `caller`: that it handles the keys of the account. */
export const baselineKind = z.enum(['place', 'region', 'application', 'principal', 'caller', 'hours', 'volume']);

const fact = z.object({
  detector: z.string(),
  kind: baselineKind,
  principal: z.string(),
  value: z
    .string()
    .describe('Empty: clients give no name; of a principal itself. Hours: of which days. Volumes: their unit.'),
  firstTime: time,
  lastTime: time,
  uses: z.int().describe('Of hours and volumes: the hours, or days, that were seen.'),
  hours: z.array(z.int()).optional().describe('Of hours: those of the day (UTC) at which it is at work.'),
  median: z.number().optional().describe('Of a volume: what is usual.'),
  largest: z.number().optional().describe('Of a volume: the most within 60 days.'),
  isPinned: z.boolean().describe('Somebody said that it is usual for ever.'),
});
const answer = z.object({
  items: z.array(fact).describe('What is usual, the principal that was there last first.'),
  detectors: z.array(detectorProgress).describe('How far each detector is with learning what is usual here.'),
});

/** What is normal here, as the judging thread has it at this moment. */
export function baselineRoutes(plain: FastifyInstance, context: ApiContext): void {
  const { learned, catalogue = [] } = context;
  if (learned === undefined) {
    return;
  }
  plain.withTypeProvider<ZodTypeProvider>().get(
    '/resources/:resource/baseline',
    {
      config: { access: { role: 'Security Reader', within: true } },
      schema: {
        tags: ['Resources'],
        summary: 'What is usual on a resource, by principal: places, data centres, applications, hours and volumes',
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
        items: facts.map(describe),
        detectors: catalogue.flatMap((detector) => progressOf(detector, known[detector.id])),
      };
    },
  );
}

function describe(known: Learned & { detector: string }): z.output<typeof fact> {
  const { detector, kind, principal, value, uses, hours, median, largest, isPinned } = known;
  return {
    detector,
    kind,
    principal,
    value,
    uses,
    firstTime: isoTime(known.firstTime),
    lastTime: isoTime(known.lastTime),
    ...(hours !== undefined && { hours: [...hours] }),
    ...(median !== undefined && { median }),
    ...(largest !== undefined && { largest }),
    isPinned: isPinned === true,
  };
}
