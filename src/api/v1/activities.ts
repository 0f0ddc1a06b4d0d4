import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { FILTER_FIELDS } from '../../archive/activity-filter.ts';
import { archiveStatus } from '../../archive/archive-status.ts';
import { facetsOf, histogramOf } from '../../archive/count-activities.ts';
import { dayOfPrincipal } from '../../archive/day-of-principal.ts';
import type { FoundActivity } from '../../archive/found-activity.ts';
import { searchActivities } from '../../archive/search-activities.ts';
import { sessionOf } from '../../archive/session-of.ts';
import { badRequest, notFound } from '../api-error.ts';
import type { ApiContext } from '../context.ts';
import {
  activityFilterOf,
  activityPageQuery,
  activityQuery,
  answered,
  marked,
  requireArchive,
} from './activity-query.ts';
import { activity, archiveShape, dayShape, facet, histogram, sessionShape } from './activity-shapes.ts';
import { isoTime, listOf, moment, pageOf, problem, problems } from './schemas.ts';

const config = { access: { role: 'Security Reader', within: true } } as const;
const tags = ['Activities'];
const response = { ...problems, 404: problem, 503: problem };
const DAY_MS = 86_400_000;
/** So long before and behind one activity the others of its session are looked for. */
const SESSION_MS = 7 * DAY_MS;
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
        querystring: activityPageQuery,
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

  app.get(
    '/activity-session',
    {
      config,
      schema: {
        tags,
        summary: 'One session, from its first activity to its last',
        description: 'Of the week before `at` and the week behind it, where `from` and `to` do not say otherwise.',
        querystring: activityQuery.extend({
          resource: z.string().min(1).max(500).describe('Name or id of the resource.'),
          session: z.string().min(1).max(100).describe('As an activity tells it.'),
          at: moment.describe('When an activity of it was; absent: now.'),
        }),
        response: { 200: sessionShape, ...response },
      },
    },
    async (request) => {
      const { at = context.clock(), ...query } = request.query;
      const around = { from: at - SESSION_MS, to: at + SESSION_MS };
      const { filter, evidence } = await activityFilterOf(context, request, { ...around, ...query });
      const found = await answered(sessionOf(requireArchive(context), filter));
      if (found === undefined) {
        throw notFound(`There is no activity of session ${query.session} at that time.`);
      }
      const { items, from, to, ...rest } = found;
      const [{ resource }] = items as [FoundActivity]; // there is one at least
      const { session } = query;
      return { resource, session, ...rest, from: isoTime(from), to: isoTime(to), items: marked(items, evidence) };
    },
  );

  app.get(
    '/archive',
    {
      config: { access: { role: 'Security Reader' } },
      schema: { tags, summary: 'How the archive fares', response: { 200: archiveShape, ...response } },
    },
    async () => {
      const { fromTime, toTime, lost, ...size } = await archiveStatus(requireArchive(context));
      const { time, ...lostWhat } = lost;
      return {
        ...size,
        ...(fromTime !== undefined && { from: isoTime(fromTime) }),
        ...(toTime !== undefined && { to: isoTime(toTime) }),
        lost: { ...lostWhat, ...(time !== undefined && { time: isoTime(time) }) },
      };
    },
  );
}
