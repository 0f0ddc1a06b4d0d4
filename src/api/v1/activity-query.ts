import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  type ActivityFilter,
  FILTER_FIELDS,
  type FilterField,
  type RecordPlace,
} from '../../archive/activity-filter.ts';
import type { FoundActivity } from '../../archive/found-activity.ts';
import type { Archive } from '../../archive/open-archive.ts';
import { QueryError } from '../../archive/query-process.ts';
import { UserError } from '../../lib/user-error.ts';
import { resourceNamed } from '../../model/resource-id.ts';
import { ApiError, badRequest, notFound } from '../api-error.ts';
import type { ApiContext } from '../context.ts';
import { visibleAlert, visibleScopes } from './alerts.ts';
import { findResource } from './find-resource.ts';
import { moment, pageQuery } from './schemas.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** So much before the first and behind the last event of an alert. */
const AROUND_MS = HOUR_MS;

const values = z.union([z.string().max(500), z.array(z.string().max(500)).max(50)]).optional();
const named = (prefix: string, description: (field: FilterField) => string) =>
  Object.fromEntries(FILTER_FIELDS.map((field) => [`${prefix}${field}`, values.describe(description(field))]));

/** Which activities are asked for: each field by name, or `not.` and its name. */
export const activityQuery = z.object({
  from: moment.describe('At or after; absent: a day before `to`.'),
  to: moment.describe('Before; absent: now.'),
  resource: z.string().max(500).optional().describe('Name or id of a resource, or id of a group or a subscription.'),
  text: z.string().max(500).optional().describe('Part of the statement, whose literals are masked.'),
  alert: z
    .string()
    .max(120)
    .optional()
    .describe('Name of an alert: what its principals and addresses did, an hour around it; its records are marked.'),
  ...(named('', (field) =>
    `One of these; empty: none. ${field === 'address' ? 'A network such as 10.0.0.0/8 is one, too.' : ''}`.trim(),
  ) as Record<FilterField, typeof values>),
  ...(named('not.', () => 'None of these.') as Record<`not.${FilterField}`, typeof values>),
});

/** A page of them. */
export const activityPageQuery = activityQuery.extend({
  ...pageQuery,
  limit: z.coerce.number().int().min(1).max(1000).default(100).describe('Most items of the page.'),
});
export type ActivityQuery = z.output<typeof activityQuery>;

/** The archive, where the server has one. */
export function requireArchive({ archive }: ApiContext): Archive {
  if (archive === undefined) {
    throw notFound('This server keeps no activities: see "archive" in its configuration.');
  }
  return archive;
}

/** Mistakes of whoever asks, and searches that took too long, in words. */
export async function answered<T>(search: Promise<T>): Promise<T> {
  try {
    return await search;
  } catch (error) {
    if (error instanceof UserError) {
      throw badRequest(error.message);
    }
    if (error instanceof QueryError) {
      const isLate = /interrupt/i.test(error.message);
      throw new ApiError(503, 'SearchFailed', isLate ? 'The search took too long; ask for less time.' : error.message);
    }
    throw error;
  }
}

/** What is asked for, within what the caller may see, and the records of the alert that it is about. */
export async function activityFilterOf(
  context: ApiContext,
  request: FastifyRequest,
  query: ActivityQuery,
): Promise<{ filter: ActivityFilter; evidence: readonly RecordPlace[] }> {
  if (query.alert !== undefined) {
    return aroundAlert(context, request, query, query.alert);
  }
  const to = query.to ?? context.clock();
  const from = query.from ?? to - DAY_MS;
  return { filter: { ...(await baseOf(context, request, query)), from, to }, evidence: [] };
}

async function baseOf(
  context: ApiContext,
  request: FastifyRequest,
  query: ActivityQuery,
): Promise<Omit<ActivityFilter, 'from' | 'to'>> {
  const asked = query.resource === undefined || query.resource === '' ? undefined : query.resource;
  const id = asked === undefined || isScope(asked) ? asked : (await findResource(context, request, asked)).resource.key;
  const scopes = visibleScopes(request, id);
  const listed = (prefix: string) =>
    Object.fromEntries(
      FILTER_FIELDS.flatMap((field) => {
        const given = query[`${prefix}${field}` as FilterField];
        return given === undefined ? [] : [[field, typeof given === 'string' ? [given] : given]];
      }),
    );
  return {
    where: listed(''),
    not: listed('not.'),
    ...(scopes !== undefined && { scopes }),
    ...(query.text !== undefined && { text: query.text }),
  };
}

/** The id of a subscription or a group: nothing that is called by a name. */
function isScope(text: string): boolean {
  return text.startsWith('/') && resourceNamed(text) === undefined;
}

async function aroundAlert(context: ApiContext, request: FastifyRequest, query: ActivityQuery, name: string) {
  const { alert, resourceKey } = await visibleAlert(context, request, name);
  const { entities, startTimeUtc, endTimeUtc, supportingEvidence } = alert.properties;
  const evidence = (supportingEvidence.rawLines ?? []) as RecordPlace[];
  const textsOf = (type: string, member: string) =>
    entities
      .filter((entity) => entity.type === type && typeof entity[member] === 'string')
      .map((it) => String(it[member]));
  const filter: ActivityFilter = {
    ...(await baseOf(context, request, { ...query, resource: undefined })),
    scopes: [resourceKey],
    from: query.from ?? Date.parse(startTimeUtc) - AROUND_MS,
    to: query.to ?? Date.parse(endTimeUtc) + AROUND_MS + 1,
    involving: { principals: textsOf('account', 'name'), addresses: textsOf('ip', 'address'), records: evidence },
  };
  return { filter, evidence };
}

/** Activities, those marked whose records are the evidence. */
export function marked(items: readonly FoundActivity[], evidence: readonly RecordPlace[]): FoundActivity[] {
  const places = new Set(evidence.map(({ source, byteOffset }) => `${byteOffset} ${source}`));
  return items.map((item) => (places.has(`${item.offset} ${item.log}`) ? { ...item, isEvidence: true } : item));
}
