import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Resource } from '../../model/resource.ts';
import type { ApiContext } from '../context.ts';
import { visibleScopes } from '../v1/alerts.ts';
import { armRoute, scopeOf } from './arm-route.ts';
import { listAnswer, listOfShape, pageRequest, skipToken } from './page-link.ts';
import {
  GROUP_PATH,
  inGroup,
  inSubscription,
  ofResource,
  RESOURCE_TYPES,
  type ResourceTypeName,
  requireResource,
  resourcePath,
  SUBSCRIPTION_PATH,
} from './resource-paths.ts';

const SERVER_VERSIONS = ['2017-12-01', '2017-12-01-preview'];
const FLEXIBLE_VERSIONS = [
  '2025-08-01',
  '2026-01-01-preview',
  '2025-06-01-preview',
  '2025-01-01-preview',
  '2024-11-01-preview',
  '2024-08-01',
  '2024-03-01-preview',
  '2023-12-01-preview',
  '2023-06-01-preview',
  '2023-03-01-preview',
  '2022-12-01',
  '2022-03-08-preview',
  '2021-06-01',
];
const ACCOUNT_VERSIONS = [
  '2026-03-15',
  '2025-10-15',
  '2025-05-01-preview',
  '2025-04-15',
  '2024-11-15',
  '2024-08-15',
  '2024-05-15',
  '2023-11-15',
  '2023-04-15',
  '2022-11-15',
  '2022-08-15-preview',
  '2022-08-15',
  '2022-05-15',
  '2021-10-15',
  '2021-06-15',
  '2021-04-15',
  '2020-04-01',
  '2019-12-12',
];

export const resourceShape = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  location: z.string(),
  tags: z.record(z.string(), z.string()),
  kind: z.string().optional(),
  properties: z.looseObject({}),
});

/** In each type: the versions, names of the operations, and what clients expect besides id and name. */
const TYPES: Record<
  ResourceTypeName,
  {
    versions: readonly string[];
    group: string;
    listAll: string;
    listInGroup: string;
    properties: (name: string) => object;
  }
> = {
  servers: {
    versions: SERVER_VERSIONS,
    group: 'Servers',
    listAll: 'List',
    listInGroup: 'ListByResourceGroup',
    properties: (name) => ({ fullyQualifiedDomainName: name, userVisibleState: 'Ready' }),
  },
  flexibleServers: {
    versions: FLEXIBLE_VERSIONS,
    group: 'FlexibleServers',
    listAll: 'ListBySubscription',
    listInGroup: 'ListByResourceGroup',
    properties: (name) => ({ fullyQualifiedDomainName: name, state: 'Ready' }),
  },
  databaseAccounts: {
    versions: ACCOUNT_VERSIONS,
    group: 'DatabaseAccounts',
    listAll: 'List',
    listInGroup: 'ListByResourceGroup',
    properties: () => ({ provisioningState: 'Succeeded', databaseAccountOfferType: 'Standard', locations: [] }),
  },
};

/** Protected databases as Azure lists them: their names, and no more than Vedette knows. */
export function serverRoutes(app: FastifyInstance, context: ApiContext): void {
  for (const type of Object.keys(TYPES) as ResourceTypeName[]) {
    const { versions, group, listAll, listInGroup } = TYPES[type];
    const reading = { method: 'GET', role: 'Security Reader', versions } as const;
    const list = { ...reading, within: true, query: skipToken, answer: listOfShape(resourceShape) } as const;
    const suffix = `/providers/${RESOURCE_TYPES[type].type}`;
    armRoute(app, context, {
      ...list,
      id: `${group}_${listAll}`,
      path: `${SUBSCRIPTION_PATH}${suffix}`,
      params: inSubscription,
      run: ({ request, query }) => listResources(context, request, type, query),
    });
    armRoute(app, context, {
      ...list,
      id: `${group}_${listInGroup}`,
      path: `${GROUP_PATH}${suffix}`,
      params: inGroup,
      run: ({ request, query }) => listResources(context, request, type, query),
    });
    armRoute(app, context, {
      ...reading,
      id: `${group}_Get`,
      path: resourcePath(type),
      params: ofResource,
      answer: resourceShape,
      run: async ({ params }) => {
        const { resource, tags } = await requireResource(context, type, params);
        return describeResource(resource, tags, type);
      },
    });
  }
}

async function listResources(
  context: ApiContext,
  request: FastifyRequest,
  type: ResourceTypeName,
  query: Readonly<Record<string, string | undefined>>,
) {
  const scopes = visibleScopes(request, scopeOf(request)) ?? [];
  const page = await context.store.resources.list({ scopes, engine: RESOURCE_TYPES[type].engine }, pageRequest(query));
  return listAnswer(context, request, page, ({ resource, tags }) => describeResource(resource, tags, type));
}

/** The type that a resource is known under: a server may be asked for under the other one, too. */
export function typeOf({ id, engine }: Resource): string {
  return RESOURCE_TYPES[ownType(id, engine)].type;
}

/** @param type that it is asked for under; default: its own */
export function describeResource(
  { id, engine, subscriptionId, resourceGroup, name, location }: Resource,
  tags: Readonly<Record<string, string>>,
  type: ResourceTypeName = ownType(id, engine),
) {
  const full = RESOURCE_TYPES[type].type;
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${full}/${name}`,
    name,
    type: full,
    location,
    tags: { ...tags },
    ...(type === 'databaseAccounts' && { kind: 'GlobalDocumentDB' }),
    properties: { ...TYPES[type].properties(name) },
  };
}

function ownType(id: string, engine: Resource['engine']): ResourceTypeName {
  if (engine === 'cosmosdb') {
    return 'databaseAccounts';
  }
  return /\/flexibleservers\//i.test(id) ? 'flexibleServers' : 'servers';
}
