import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { notFound } from '../api-error.ts';
import type { ApiContext } from '../context.ts';
import { LOCATION } from './alerts.ts';
import { armRoute, PATH } from './arm-route.ts';
import { listOfShape } from './page-link.ts';
import { inSubscription, SUBSCRIPTION_PATH } from './resource-paths.ts';

const location = z.object({
  id: z.string(),
  name: z.string(),
  type: z.literal('Microsoft.Security/locations'),
  properties: z.object({ homeRegionName: z.string() }),
});

/** `Microsoft.Security/locations`: where alerts are kept. Here. */
export function securityLocationRoutes(app: FastifyInstance, context: ApiContext): void {
  const common = { method: 'GET', role: 'Security Reader', within: true, versions: ['2015-06-01-preview'] } as const;
  const path = `${SUBSCRIPTION_PATH}/providers/Microsoft.Security/locations`;
  armRoute(app, context, {
    ...common,
    id: 'Locations_List',
    path,
    params: inSubscription,
    answer: listOfShape(location),
    run: async ({ params: { subscriptionId } }) => ({ value: [describe(subscriptionId)] }),
  });
  armRoute(app, context, {
    ...common,
    id: 'Locations_Get',
    path: `${path}/:ascLocation`,
    params: { ...inSubscription, ascLocation: PATH.location },
    answer: location,
    run: async ({ params: { subscriptionId, ascLocation } }) => {
      if (ascLocation.toLowerCase() !== LOCATION) {
        throw notFound(`There is no location '${ascLocation}'; all that runs here is in '${LOCATION}'.`);
      }
      return describe(subscriptionId);
    },
  });
}

function describe(subscriptionId: string): z.output<typeof location> {
  return {
    id: `/subscriptions/${subscriptionId}/providers/Microsoft.Security/locations/${LOCATION}`,
    name: LOCATION,
    type: 'Microsoft.Security/locations',
    properties: { homeRegionName: LOCATION },
  };
}
