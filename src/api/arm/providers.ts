import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { ApiContext } from '../context.ts';
import { LOCATION } from './alerts.ts';
import { armRoute, PATH } from './arm-route.ts';
import { listOfShape } from './page-link.ts';
import { inSubscription, SUBSCRIPTION_PATH } from './resource-paths.ts';
import { GROUP_VERSIONS } from './subscriptions.ts';

const provider = z.object({
  id: z.string(),
  namespace: z.string(),
  registrationState: z.literal('Registered'),
  resourceTypes: z.array(
    z.object({
      resourceType: z.string(),
      locations: z.array(z.string()),
      apiVersions: z.array(z.string()),
      defaultApiVersion: z.string(),
    }),
  ),
});

/** Resource providers with their types: by them generic clients find out which version to ask (`az resource show`). */
export function providerRoutes(app: FastifyInstance, context: ApiContext): void {
  const reading = { method: 'GET', role: 'Security Reader', within: true, versions: GROUP_VERSIONS } as const;
  armRoute(app, context, {
    ...reading,
    id: 'Providers_List',
    path: `${SUBSCRIPTION_PATH}/providers`,
    params: inSubscription,
    answer: listOfShape(provider),
    run: async ({ params: { subscriptionId } }) => {
      const types = typesIn(app);
      return { value: [...types.keys()].map((namespace) => describe(subscriptionId, namespace, types)) };
    },
  });
  armRoute(app, context, {
    ...reading,
    id: 'Providers_Get',
    path: `${SUBSCRIPTION_PATH}/providers/:namespace`,
    params: { ...inSubscription, namespace: PATH.name },
    answer: provider,
    run: async ({ params: { subscriptionId, namespace } }) => {
      const types = typesIn(app);
      const known = [...types.keys()].find((name) => name.toLowerCase() === namespace.toLowerCase());
      if (known === undefined) {
        throw new ApiError(404, 'InvalidResourceNamespace', `The resource provider '${namespace}' is not known here.`);
      }
      return describe(subscriptionId, known, types);
    },
  });
}

type Types = Map<string, Map<string, readonly string[]>>;

/** What the routes say: the versions of each type, by namespace. */
function typesIn({ routeTable }: FastifyInstance): Types {
  const found: Types = new Map();
  for (const { method, url, config } of routeTable) {
    const [, namespace, rest = ''] = /^.*\/providers\/(Microsoft\.\w+)\/(.+)$/.exec(url) ?? [];
    if (namespace === undefined || method !== 'GET' || config?.apiVersions === undefined) {
      continue;
    }
    // types and names take turns in a path
    const type = rest
      .split('/')
      .filter((_, n) => n % 2 === 0)
      .join('/');
    const types = found.get(namespace) ?? new Map<string, readonly string[]>();
    types.set(type, [...new Set([...(types.get(type) ?? []), ...config.apiVersions])]);
    found.set(namespace, types);
  }
  return found;
}

function describe(subscriptionId: string, namespace: string, types: Types): z.output<typeof provider> {
  return {
    id: `/subscriptions/${subscriptionId}/providers/${namespace}`,
    namespace,
    registrationState: 'Registered',
    resourceTypes: [...(types.get(namespace) ?? [])].map(([resourceType, apiVersions]) => ({
      resourceType,
      locations: [LOCATION],
      apiVersions: [...apiVersions],
      defaultApiVersion: apiVersions.find((version) => !version.endsWith('-preview')) ?? apiVersions[0]!,
    })),
  };
}
