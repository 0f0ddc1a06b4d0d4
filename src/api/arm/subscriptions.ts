import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { allowsWithin } from '../../identity/role.ts';
import { LOCAL_SUBSCRIPTION } from '../../model/resource-id.ts';
import { allResources } from '../../store/all-resources.ts';
import { principalOf } from '../access.ts';
import { notFound } from '../api-error.ts';
import type { ApiContext } from '../context.ts';
import { LOCATION } from './alerts.ts';
import { armRoute } from './arm-route.ts';
import { listOfShape } from './page-link.ts';
import { GROUP_PATH, inGroup, inSubscription, SUBSCRIPTION_PATH } from './resource-paths.ts';

const VERSIONS = ['2022-12-01', '2022-09-01', '2021-01-01', '2020-01-01', '2019-11-01', '2019-06-01', '2016-06-01'];
export const GROUP_VERSIONS = [
  ...new Set([...VERSIONS, '2021-04-01', '2020-10-01', '2020-06-01', '2018-05-01', '2025-04-01']),
];

const subscription = z.object({
  id: z.string(),
  subscriptionId: z.string(),
  tenantId: z.string(),
  displayName: z.string(),
  state: z.literal('Enabled'),
  subscriptionPolicies: z.object({}),
  authorizationSource: z.literal('RoleBased'),
});
const tenant = z.object({
  id: z.string(),
  tenantId: z.string(),
  displayName: z.string(),
  tenantCategory: z.literal('Home'),
});
const group = z.object({
  id: z.string(),
  name: z.string(),
  type: z.literal('Microsoft.Resources/resourceGroups'),
  location: z.string(),
  properties: z.object({ provisioningState: z.literal('Succeeded') }),
});
const location = z.object({ id: z.string(), name: z.string(), displayName: z.string(), subscriptionId: z.string() });

/** Subscriptions and resource groups: those in which the caller may see something. */
export function subscriptionRoutes(app: FastifyInstance, context: ApiContext): void {
  const reading = { method: 'GET', role: 'Security Reader', within: true } as const;
  armRoute(app, context, {
    ...reading,
    id: 'Subscriptions_List',
    path: '/subscriptions',
    versions: VERSIONS,
    params: {},
    answer: listOfShape(subscription),
    run: async ({ request }) => {
      const ids = await visibleSubscriptions(context, request);
      return { value: ids.map((id) => describe(context, id)) };
    },
  });
  armRoute(app, context, {
    ...reading,
    id: 'Subscriptions_Get',
    path: SUBSCRIPTION_PATH,
    versions: VERSIONS,
    params: inSubscription,
    answer: subscription,
    run: async ({ request, params: { subscriptionId } }) => {
      const known = (await visibleSubscriptions(context, request)).find((id) => same(id, subscriptionId));
      if (known === undefined) {
        throw notFound(`The subscription '${subscriptionId}' could not be found.`);
      }
      return describe(context, known);
    },
  });
  armRoute(app, context, {
    ...reading,
    id: 'Subscriptions_ListLocations',
    path: `${SUBSCRIPTION_PATH}/locations`,
    versions: VERSIONS,
    params: inSubscription,
    answer: listOfShape(location),
    run: async ({ params: { subscriptionId } }) => {
      const id = `/subscriptions/${subscriptionId}/locations/${LOCATION}`;
      return { value: [{ id, name: LOCATION, displayName: 'Local', subscriptionId }] };
    },
  });
  armRoute(app, context, {
    ...reading,
    id: 'Tenants_List',
    path: '/tenants',
    versions: VERSIONS,
    params: {},
    answer: listOfShape(tenant),
    run: async () => {
      const { tenantId } = context.identity;
      return {
        value: [{ id: `/tenants/${tenantId}`, tenantId, displayName: 'Vedette', tenantCategory: 'Home' as const }],
      };
    },
  });
  armRoute(app, context, {
    ...reading,
    id: 'ResourceGroups_List',
    path: `${SUBSCRIPTION_PATH}/resourceGroups`,
    versions: GROUP_VERSIONS,
    params: inSubscription,
    answer: listOfShape(group),
    run: async ({ request, params: { subscriptionId } }) => ({
      value: (await groupsOf(context, request, subscriptionId)).map((name) => describeGroup(subscriptionId, name)),
    }),
  });
  armRoute(app, context, {
    ...reading,
    id: 'ResourceGroups_Get',
    path: GROUP_PATH,
    versions: GROUP_VERSIONS,
    params: inGroup,
    answer: group,
    run: async ({ request, params: { subscriptionId, resourceGroup } }) => {
      const groups = await groupsOf(context, request, subscriptionId);
      const name = groups.find((it) => same(it, resourceGroup));
      if (name === undefined) {
        throw notFound(`Resource group '${resourceGroup}' could not be found.`);
      }
      return describeGroup(subscriptionId, name);
    },
  });
  armRoute(app, context, {
    ...reading,
    id: 'ResourceGroups_CheckExistence',
    method: 'HEAD',
    path: GROUP_PATH,
    versions: GROUP_VERSIONS,
    params: inGroup,
    status: 204,
    run: async ({ request, params: { subscriptionId, resourceGroup } }) => {
      if (!(await groupsOf(context, request, subscriptionId)).some((it) => same(it, resourceGroup))) {
        throw notFound(`Resource group '${resourceGroup}' could not be found.`);
      }
      return undefined;
    },
  });
}

/** Those of the resources, and the local one. */
async function visibleSubscriptions(context: ApiContext, request: FastifyRequest): Promise<string[]> {
  const rows = await allResources(context.store, {});
  const ids = new Map(
    [LOCAL_SUBSCRIPTION, ...rows.map(({ resource }) => resource.subscriptionId)].map((id) => [id.toLowerCase(), id]),
  );
  return [...ids.values()].filter((id) => isVisible(request, `/subscriptions/${id}`));
}

async function groupsOf(context: ApiContext, request: FastifyRequest, subscriptionId: string): Promise<string[]> {
  const scope = `/subscriptions/${subscriptionId.toLowerCase()}`;
  const rows = await allResources(context.store, { scopes: [scope] });
  const names = new Map(rows.map(({ resource: { resourceGroup } }) => [resourceGroup.toLowerCase(), resourceGroup]));
  return [...names.values()].filter((name) => isVisible(request, `${scope}/resourceGroups/${name}`));
}

function isVisible(request: FastifyRequest, scope: string): boolean {
  return allowsWithin(principalOf(request).assignments, 'Security Reader', scope);
}

function describe({ identity }: ApiContext, id: string): z.output<typeof subscription> {
  return {
    id: `/subscriptions/${id}`,
    subscriptionId: id,
    tenantId: identity.tenantId,
    displayName: id === LOCAL_SUBSCRIPTION ? 'Vedette' : id,
    state: 'Enabled',
    subscriptionPolicies: {},
    authorizationSource: 'RoleBased',
  };
}

function describeGroup(subscriptionId: string, name: string): z.output<typeof group> {
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${name}`,
    name,
    type: 'Microsoft.Resources/resourceGroups',
    location: LOCATION,
    properties: { provisioningState: 'Succeeded' },
  };
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
