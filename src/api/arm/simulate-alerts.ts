import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Engine, Resource } from '../../model/resource.ts';
import { resourceNamed } from '../../model/resource-id.ts';
import { badRequest, notFound } from '../api-error.ts';
import type { ApiContext } from '../context.ts';
import { originOf } from '../origin.ts';
import { simulate } from '../simulate.ts';
import { ALERT_VERSIONS, NEWEST } from './alert-projection.ts';
import { LOCATION } from './alerts.ts';
import { armRoute, PATH } from './arm-route.ts';
import { inSubscription, RESOURCE_TYPES, SUBSCRIPTION_PATH } from './resource-paths.ts';

const REGION = `${SUBSCRIPTION_PATH}/providers/Microsoft.Security/locations/:ascLocation`;
const params = { ...inSubscription, ascLocation: PATH.location };

/** Azure's bundles with what they stand for here; the second is ours, since Azure has none for PostgreSQL. */
const BUNDLES: Readonly<Record<string, Engine>> = {
  cosmosdbs: 'cosmosdb',
  opensourcerelationaldatabases: 'postgresql',
};

const body = z.looseObject({
  properties: z.looseObject({
    kind: z.literal('Bundles'),
    bundles: z
      .array(
        z
          .string()
          .max(100)
          .meta({ examples: ['CosmosDbs', 'OpenSourceRelationalDatabases'] }),
      )
      .min(1)
      .max(50),
  }),
});

/** `…/alerts/default/simulate`: from version 2022-01-01 on a long-running operation, earlier done at once. */
export function simulateAlertRoutes(app: FastifyInstance, context: ApiContext): void {
  armRoute(app, context, {
    id: 'Alerts_Simulate',
    method: 'POST',
    path: `${REGION}/alerts/default/simulate`,
    versions: ALERT_VERSIONS.filter((version) => version >= '2021'),
    role: 'Security Admin',
    params,
    body,
    status: (version) => (version >= NEWEST ? 202 : 204),
    run: async ({ request, reply, query, params: { subscriptionId, ascLocation }, body: { properties } }) => {
      requireHere(ascLocation);
      const engines = new Set(properties.bundles.flatMap((bundle) => BUNDLES[bundle.toLowerCase()] ?? []));
      if (engines.size === 0) {
        throw badRequest(
          'Vedette protects the bundles CosmosDbs and OpenSourceRelationalDatabases.',
          'UnsupportedBundle',
        );
      }
      for (const engine of engines) {
        await simulate(context, request, sampleResource(subscriptionId, engine));
      }
      const origin = originOf(context, request);
      const results = `${origin}/subscriptions/${subscriptionId}/providers/Microsoft.Security/locations/${ascLocation}/operationResults/${request.id}`;
      void reply.header('location', `${results}?api-version=${query['api-version']}`);
      return undefined;
    },
  });
  armRoute(app, context, {
    id: 'Alerts_SimulateResult',
    method: 'GET',
    path: `${REGION}/operationResults/:operationId`,
    versions: ALERT_VERSIONS.filter((version) => version >= '2021'),
    role: 'Security Reader',
    params: { ...params, operationId: PATH.name },
    answer: z.object({}),
    run: async ({ params: { ascLocation } }) => {
      requireHere(ascLocation);
      return {}; // it was done before it was answered
    },
  });
}

/** As at Azure, samples are about a resource that there is not. */
function sampleResource(subscriptionId: string, engine: Engine): Resource {
  const { type } = RESOURCE_TYPES[engine === 'postgresql' ? 'servers' : 'databaseAccounts'];
  const name = engine === 'postgresql' ? 'Sample-PostgreSQL' : 'Sample-CosmosDB';
  return resourceNamed(`/subscriptions/${subscriptionId}/resourceGroups/Sample-RG/providers/${type}/${name}`)!;
}

function requireHere(location: string): void {
  if (location.toLowerCase() !== LOCATION) {
    throw notFound(`There is no location '${location}'; all that runs here is in '${LOCATION}'.`);
  }
}
