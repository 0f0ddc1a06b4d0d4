import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { HealthNotice, ResourceHealth } from '../../model/resource-health.ts';
import { isAllowed } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { LIMITS } from '../limits.ts';
import { findResource } from './find-resource.ts';
import { isoTime, problem, problems, time } from './schemas.ts';

const read = { access: { role: 'Security Reader', within: true } } as const;
const notice = z.object({
  resourceKey: z.string(),
  kind: z.string(),
  text: z.string().describe('One sentence.'),
  sinceTime: time,
});
const source = z
  .object({
    name: z.string().describe('Path, glob or address.'),
    source: z.string().describe('`file-tail`, `http-push`, `kafka`, `syslog` or `azure-blob`.'),
    format: z.string(),
    logLinePrefix: z.string().optional(),
    state: z
      .enum(['running', 'waiting', 'refused', 'pending'])
      .describe('`pending`: nothing has come yet that tells how it is to be read.'),
    problem: z.string().optional(),
    lastTime: time.optional().describe('When something came last.'),
    bytes: z.number().optional().describe('Since the server started.'),
    messages: z.number().optional(),
    refused: z.array(z.object({ reason: z.string(), count: z.number(), example: z.string() })),
    lacks: z.array(z.string()).describe('What its records do not tell, and what for it would be needed.'),
  })
  .meta({ id: 'SourceHealth' });
const shape = z
  .object({
    resourceKey: z.string(),
    name: z.string(),
    lastEventTime: time.optional().describe('Of the newest record.'),
    lastArrivalTime: time.optional(),
    lagMs: z.number().optional().describe('From the event to its judgement, when records came last.'),
    waitingBytes: z.number().describe('There, and not judged yet.'),
    recordsPerSecond: z.number(),
    records: z.number().describe('Since it was first judged.'),
    activities: z.number(),
    skipped: z.number(),
    late: z.number(),
    rejected: z.array(z.object({ reason: z.string(), count: z.number(), where: z.string(), example: z.string() })),
    gaps: z.array(
      z.object({ what: z.string(), bytes: z.number().optional(), records: z.number().optional(), noticedTime: time }),
    ),
    sources: z.array(source).describe('Where its records come from.'),
    checkedTime: time,
    notices: z.array(notice).describe('What a person should look at, and is no attack.'),
  })
  .meta({ id: 'ResourceHealth' });

/** How logs fare. */
export function healthRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { health } = context.store;

  app.get(
    '/health',
    {
      config: read,
      schema: {
        tags: ['Health'],
        summary: 'How the logs of every resource fare',
        response: { 200: z.object({ items: z.array(shape) }), ...problems },
      },
    },
    async (request) => {
      const [rows, notices] = await Promise.all([health.list(), health.notices()]);
      const visible = rows.filter(({ resourceKey }) => isAllowed(request, 'Security Reader', resourceKey));
      return { items: visible.map((row) => describe(row, notices)) };
    },
  );

  app.get(
    '/resources/:resource/health',
    {
      config: read,
      schema: {
        tags: ['Health'],
        summary: 'How the logs of one resource fare',
        params: z.object({ resource: z.string().min(1).max(LIMITS.pathSegment) }),
        response: { 200: shape, ...problems, 404: problem },
      },
    },
    async (request) => {
      const { resource } = await findResource(context, request, request.params.resource);
      const [row, notices] = await Promise.all([health.get(resource.key), health.notices()]);
      return describe(row ?? unseen(resource.key, resource.name, context.clock()), notices);
    },
  );
}

/** A resource of which no record has come. */
function unseen(resourceKey: string, name: string, checkedTime: number): ResourceHealth {
  const none = { waitingBytes: 0, recordsPerSecond: 0, records: 0, activities: 0, skipped: 0, late: 0 };
  return { resourceKey, name, ...none, rejected: [], gaps: [], longestSilencesMs: [], checkedTime };
}

function describe(
  {
    longestSilencesMs: _silences,
    lastEventTime,
    lastArrivalTime,
    gaps,
    rejected,
    sources = [],
    checkedTime,
    ...row
  }: ResourceHealth,
  notices: readonly HealthNotice[],
): z.output<typeof shape> {
  return {
    ...row,
    ...(lastEventTime !== undefined && { lastEventTime: isoTime(lastEventTime) }),
    ...(lastArrivalTime !== undefined && { lastArrivalTime: isoTime(lastArrivalTime) }),
    rejected: [...rejected],
    gaps: gaps.map(({ noticed, ...gap }) => ({ ...gap, noticedTime: isoTime(noticed) })),
    sources: sources.map(({ lastTime, refused, lacks, ...rest }) => ({
      ...rest,
      refused: [...refused],
      lacks: [...lacks],
      ...(lastTime !== undefined && { lastTime: isoTime(lastTime) }),
    })),
    checkedTime: isoTime(checkedTime),
    notices: notices
      .filter(({ resourceKey }) => resourceKey === row.resourceKey)
      .map((it) => ({ ...it, sinceTime: isoTime(it.sinceTime) })),
  };
}
