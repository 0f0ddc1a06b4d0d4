import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { allResources } from '../../store/all-resources.ts';
import type { ResourceRow } from '../../store/resource-store.ts';
import { badRequest } from '../api-error.ts';
import type { ApiContext } from '../context.ts';
import { visibleScopes } from '../v1/alerts.ts';
import { armRoute, scopeOf } from './arm-route.ts';
import { listOfShape } from './page-link.ts';
import { GROUP_PATH, inGroup, inSubscription, SUBSCRIPTION_PATH } from './resource-paths.ts';
import { describeResource, resourceShape, typeOf } from './servers.ts';
import { GROUP_VERSIONS } from './subscriptions.ts';

const query = {
  $filter: z
    .string()
    .max(1000)
    .optional()
    .meta({ examples: ["resourceType eq 'Microsoft.DBforPostgreSQL/servers'"] }),
  $expand: z.string().max(200).optional(),
  $top: z.string().max(10).optional(),
};
/** One comparison of a filter; several are joined by `and`. */
const COMPARISON = /^\s*(\w+)\s+eq\s+'((?:[^']|'')*)'\s*$/i;

/** What may be compared, by its name in lower case. */
const FIELDS: Readonly<Record<string, (row: ResourceRow, wanted: string) => boolean>> = {
  resourcegroup: ({ resource }, wanted) => same(resource.resourceGroup, wanted),
  resourcetype: ({ resource }, wanted) => same(typeOf(resource), wanted),
  name: ({ resource }, wanted) => same(resource.name, wanted),
  location: ({ resource }, wanted) => same(resource.location, wanted),
  tagname: ({ tags }, wanted) => Object.hasOwn(tags, wanted),
  tagvalue: ({ tags }, wanted) => Object.values(tags).includes(wanted),
};

/** Every protected database of a subscription or a group, whatever its type: what `az resource list` asks. */
export function resourceListRoutes(app: FastifyInstance, context: ApiContext): void {
  const reading = {
    method: 'GET',
    role: 'Security Reader',
    within: true,
    versions: GROUP_VERSIONS,
    query,
    answer: listOfShape(resourceShape),
  } as const;
  armRoute(app, context, {
    ...reading,
    id: 'Resources_List',
    path: `${SUBSCRIPTION_PATH}/resources`,
    params: inSubscription,
    run: ({ request, query: asked }) => list(context, request, asked.$filter),
  });
  armRoute(app, context, {
    ...reading,
    id: 'Resources_ListByResourceGroup',
    path: `${GROUP_PATH}/resources`,
    params: inGroup,
    run: ({ request, query: asked }) => list(context, request, asked.$filter),
  });
}

async function list(context: ApiContext, request: FastifyRequest, filter = '') {
  const tests = testsOf(filter);
  const rows = await allResources(context.store, { scopes: visibleScopes(request, scopeOf(request)) ?? [] });
  return {
    value: rows
      .filter((row) => tests.every((test) => test(row)))
      .map(({ resource, tags }) => describeResource(resource, tags)),
  };
}

/** @throws ApiError where the filter compares what is not known, or otherwise than with `eq` */
function testsOf(filter: string): ((row: ResourceRow) => boolean)[] {
  const parts = filter.trim() === '' ? [] : filter.split(/\s+and\s+/i);
  return parts.map((part) => {
    const [, name = '', value = ''] = COMPARISON.exec(part) ?? [];
    const test = Object.hasOwn(FIELDS, name.toLowerCase()) ? FIELDS[name.toLowerCase()] : undefined;
    if (test === undefined) {
      throw badRequest(
        `The filter ${JSON.stringify(part.slice(0, 100))} is not understood; compare ${Object.keys(FIELDS).join(', ')} with eq and a text in single quotes.`,
        'InvalidFilterInQueryString',
      );
    }
    return (row) => test(row, value.replaceAll("''", "'"));
  });
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
