import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { RecordPlace } from '../../archive/activity-filter.ts';
import { type SearchStep, searchSteps } from '../../archive/search-activities.ts';
import { ApiError } from '../api-error.ts';
import type { ApiContext } from '../context.ts';
import { activityFilterOf, activityPageQuery, answered, marked, requireArchive } from './activity-query.ts';
import type { streamLine } from './activity-shapes.ts';
import { problem, problems } from './schemas.ts';

type Line = z.output<typeof streamLine>;

/** The search of `/activities` while it goes on: what is certain is told at once, and how far it has come. */
export function activityStreamRoutes(plain: FastifyInstance, context: ApiContext): void {
  plain.withTypeProvider<ZodTypeProvider>().get(
    '/activity-stream',
    {
      config: { access: { role: 'Security Reader', within: true } },
      schema: {
        tags: ['Activities'],
        summary: 'Search activities, told as they are found (a JSON object a line)',
        description: 'Each line is an ActivityStreamLine. Who closes the connection ends the search.',
        querystring: activityPageQuery,
        response: { 200: z.any().describe('Lines of ActivityStreamLine.'), ...problems, 404: problem, 503: problem },
      },
    },
    async (request, reply) => {
      const { limit, cursor, ...query } = request.query;
      const { filter, evidence } = await activityFilterOf(context, request, query);
      const page = { limit, ...(cursor !== undefined && { cursor }) };
      const steps = searchSteps(requireArchive(context), filter, page);
      const first = await answered(steps.next()); // what is wrong with the question has a status
      return reply
        .type('application/x-ndjson')
        .header('x-accel-buffering', 'no')
        .send(Readable.from(texts(first, steps, evidence)));
    },
  );
}

async function* texts(
  first: IteratorResult<SearchStep>,
  steps: AsyncGenerator<SearchStep>,
  evidence: readonly RecordPlace[],
): AsyncGenerator<string> {
  const text = (line: Line) => `${JSON.stringify(line)}\n`;
  let next: string | undefined;
  try {
    for (let step = first; step.done !== true; step = await answered(steps.next())) {
      const { files, filesRead, items } = step.value;
      ({ next } = step.value);
      yield text({ progress: { files, filesRead } });
      for (const item of marked(items, evidence)) {
        yield text({ item });
      }
    }
    yield text({ isEnd: true, ...(next !== undefined && { next }) });
  } catch (error) {
    if (!(error instanceof ApiError)) {
      throw error;
    }
    yield text({ isEnd: true, error: error.message });
  } finally {
    await steps.return(undefined);
  }
}
