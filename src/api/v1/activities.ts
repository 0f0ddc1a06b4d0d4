import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { FILTER_FIELDS, type RecordPlace } from '../../archive/activity-filter.ts';
import { facetsOf, histogramOf } from '../../archive/count-activities.ts';
import { dayOfPrincipal } from '../../archive/day-of-principal.ts';
import type { FoundActivity } from '../../archive/found-activity.ts';
import { searchActivities } from '../../archive/search-activities.ts';
import { badRequest } from '../api-error.ts';
import type { ApiContext } from '../context.ts';
import { activityFilterOf, activityQuery, answered, requireArchive } from './activity-query.ts';
import { activity, dayShape, facet, histogram } from './activity-shapes.ts';
import { isoTime, listOf, pageOf, pageQuery, problem, problems } from './schemas.ts';

const config = { access: { role: 'Security Reader', within: true } } as const;
const tags = ['Activities'];
const response = { ...problems, 404: problem, 503: problem };
const DAY_MS = 86_400_000;
/** Shown beside a list, when nobody says which. */
const FACETS = ['activity', 'outcome', 'principal', 'address', 'country', 'application', 'database'] as const;

/** What happened: searched, counted, compared; as far as the caller's roles reach. */
export function activityRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/activities',
    {
      config,
      schema: {
        tags,
        summary: 'Search activities, the newest first',
        querystring: activityQuery.extend({
          ...pageQuery,
          limit: z.coerce.number().int().min(1).max(1000).default(100).describe('Most items of the page.'),
        }),
        response: { 200: pageOf(activity), ...response },
      },
    },
    async (request) => {
      const { limit, cursor, ...query } = request.query;
      const { filter, evidence } = await activityFilterOf(context, request, query);
      const page = { limit, ...(cursor !== undefined && { cursor }) };
      const found = await answered(searchActivities(requireArchive(context), filter, page));
      return { ...found, items: marked(found.items, evidence) };
    },
  );

  app.get(
    '/activity-histogram',
    {
      config,
      schema: {
        tags,
        summary: 'Count activities over time',
        querystring: activityQuery,
        response: { 200: histogram, ...response },
      },
    },
    async (request) => {
      const { filter } = await activityFilterOf(context, request, request.query);
      const { stepMs, bars } = await answered(histogramOf(requireArchive(context), filter));
      const items = bars.map((bar) => ({ ...bar, time: isoTime(bar.time) }));
      return { from: isoTime(filter.from), to: isoTime(filter.to), stepMs, items };
    },
  );

  app.get(
    '/activity-facets',
    {
      config,
      schema: {
        tags,
        summary: 'The most frequent values of fields',
        querystring: activityQuery.extend({ field: listOf(FILTER_FIELDS as [string, ...string[]]) }),
        response: { 200: z.object({ items: z.array(facet) }), ...response },
      },
    },
    async (request) => {
      const { field = FACETS, ...query } = request.query;
      const { filter } = await activityFilterOf(context, request, query);
      return { items: await answered(facetsOf(requireArchive(context), filter, field as typeof FILTER_FIELDS)) };
    },
  );

  app.get(
    '/activity-day',
    {
      config,
      schema: {
        tags,
        summary: 'A day of somebody beside the four weeks before',
        querystring: activityQuery.extend({ day: z.iso.date() }),
        response: { 200: dayShape, ...response },
      },
    },
    async (request) => {
      const { day, ...query } = request.query;
      const { filter } = await activityFilterOf(context, request, query);
      if (filter.where?.principal === undefined) {
        throw badRequest('Name a principal: principal=alice.');
      }
      return answered(dayOfPrincipal(requireArchive(context), filter, Date.parse(day) - (Date.parse(day) % DAY_MS)));
    },
  );
}

function marked(items: readonly FoundActivity[], evidence: readonly RecordPlace[]): FoundActivity[] {
  const places = new Set(evidence.map(({ source, byteOffset }) => `${byteOffset} ${source}`));
  return items.map((item) => (places.has(`${item.offset} ${item.log}`) ? { ...item, isEvidence: true } : item));
}
