import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Engine } from '../../model/resource.ts';
import { resourceNamed } from '../../model/resource-id.ts';
import type { ResourceRow } from '../../store/resource-store.ts';
import { notFound } from '../api-error.ts';
import type { ApiContext } from '../context.ts';
import { PATH } from './arm-route.ts';

export const SUBSCRIPTION_PATH = '/subscriptions/:subscriptionId';
export const GROUP_PATH = `${SUBSCRIPTION_PATH}/resourceGroups/:resourceGroup`;

/** Types of Azure's resources that Vedette protects. */
export const RESOURCE_TYPES = {
  servers: { type: 'Microsoft.DBforPostgreSQL/servers', engine: 'postgresql' },
  flexibleServers: { type: 'Microsoft.DBforPostgreSQL/flexibleServers', engine: 'postgresql' },
  databaseAccounts: { type: 'Microsoft.DocumentDB/databaseAccounts', engine: 'cosmosdb' },
} as const satisfies Record<string, { type: string; engine: Engine }>;
export type ResourceTypeName = keyof typeof RESOURCE_TYPES;

export const inSubscription = { subscriptionId: PATH.subscriptionId };
export const inGroup = { ...inSubscription, resourceGroup: PATH.resourceGroup };
export const ofResource = { ...inGroup, resource: PATH.name };
type ResourceParams = { [K in keyof typeof ofResource]: z.output<(typeof ofResource)[K]> };

export function resourcePath(type: ResourceTypeName): string {
  return `${GROUP_PATH}/providers/${RESOURCE_TYPES[type].type}/:resource`;
}

/** The id that the caller used, without doubled slashes, in the caller's casing. */
export function callerId(request: FastifyRequest): string {
  return decodeURIComponent(request.url.replace(/\?.*$/, '').replace(/\/+/g, '/').replace(/\/$/, ''));
}

/** The resource of a path; a server answers under both types of its kind. */
export async function requireResource(
  { store }: ApiContext,
  type: ResourceTypeName,
  { subscriptionId, resourceGroup, resource }: ResourceParams,
): Promise<ResourceRow> {
  const id = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${RESOURCE_TYPES[type].type}/${resource}`;
  const named = resourceNamed(id);
  const row = named === undefined ? undefined : await store.resources.get(named.key);
  if (row === undefined) {
    throw notFound(
      `The Resource '${RESOURCE_TYPES[type].type}/${resource}' under resource group '${resourceGroup}' was not found.`,
    );
  }
  return row;
}
