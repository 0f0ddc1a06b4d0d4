import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Engine } from '../../model/resource.ts';
import { principalOf } from '../access.ts';
import { badRequest, notFound } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { armRoute, PATH } from './arm-route.ts';
import { inSubscription, SUBSCRIPTION_PATH } from './resource-paths.ts';

const TYPE = 'Microsoft.Security/pricings';
const BASE = `${SUBSCRIPTION_PATH}/providers/${TYPE}`;
const VERSIONS = ['2024-01-01', '2023-01-01', '2022-03-01', '2018-06-01'];
/** Weaker than every policy that a person writes. */
const RANK = -1000;
/** Azure's plans, and which of them Vedette is. */
const PLANS: Readonly<Record<string, Engine | undefined>> = {
  CosmosDbs: 'cosmosdb',
  OpenSourceRelationalDatabases: 'postgresql',
  ...Object.fromEntries(
    [
      'SqlServers',
      'SqlServerVirtualMachines',
      'StorageAccounts',
      'VirtualMachines',
      'KeyVaults',
      'Arm',
      'Dns',
      'AppServices',
      'Containers',
      'CloudPosture',
    ].map((name) => [name, undefined]),
  ),
};

const pricing = z.object({
  id: z.string(),
  name: z.string(),
  type: z.literal(TYPE),
  properties: z.looseObject({ pricingTier: z.enum(['Standard', 'Free']), freeTrialRemainingTime: z.string() }),
});
const body = z.looseObject({
  properties: z.looseObject({
    pricingTier: z
      .string()
      .regex(/^(?:standard|free)$/i, 'must be Standard or Free')
      .transform((text) => (text.toLowerCase() === 'free' ? ('Free' as const) : ('Standard' as const))),
  }),
});

/** `Microsoft.Security/pricings`: a plan protects a kind of resource in the whole subscription, or not. */
export function pricingRoutes(app: FastifyInstance, context: ApiContext): void {
  const one = {
    path: `${BASE}/:pricingName`,
    versions: VERSIONS,
    params: { ...inSubscription, pricingName: PATH.name },
  };
  armRoute(app, context, {
    id: 'Pricings_List',
    method: 'GET',
    path: BASE,
    versions: VERSIONS,
    role: 'Security Reader',
    params: inSubscription,
    answer: z.object({ value: z.array(pricing) }),
    run: async ({ params: { subscriptionId }, query }) => ({
      value: await Promise.all(
        Object.keys(PLANS).map((plan) => tell(context, subscriptionId, plan, query['api-version'])),
      ),
    }),
  });
  armRoute(app, context, {
    ...one,
    id: 'Pricings_Get',
    method: 'GET',
    role: 'Security Reader',
    answer: pricing,
    run: ({ params: { subscriptionId, pricingName }, query }) =>
      tell(context, subscriptionId, planOf(pricingName), query['api-version']),
  });
  armRoute(app, context, {
    ...one,
    id: 'Pricings_Update',
    method: 'PUT',
    role: 'Security Admin',
    body,
    answer: pricing,
    run: async ({ request, params: { subscriptionId, pricingName }, query, body: { properties } }) => {
      const plan = planOf(pricingName);
      const tier = properties.pricingTier;
      const engine = PLANS[plan];
      if (engine !== undefined) {
        const name = policyName(subscriptionId, plan);
        await context.store.settings.putPolicy({
          name,
          rank: RANK,
          match: { subscriptionId, engine },
          settings: { protection: tier === 'Standard' ? 'on' : 'off' },
          changedBy: principalOf(request).name,
          changedTime: context.clock(),
        });
        await audit(context, request, {
          action: 'pricing.change',
          target: `/subscriptions/${subscriptionId}`,
          detail: { plan, tier },
        });
      } else if (tier === 'Standard') {
        throw badRequest(
          `Vedette protects PostgreSQL and Cosmos DB; there is nothing behind the plan ${plan} here.`,
          'UnsupportedPlan',
        );
      }
      return tell(context, subscriptionId, plan, query['api-version']);
    },
  });
}

function planOf(name: string): string {
  const plan = Object.keys(PLANS).find((it) => it.toLowerCase() === name.toLowerCase());
  if (plan === undefined) {
    throw notFound(`There is no plan '${name}'.`);
  }
  return plan;
}

/** What was never switched is on, as far as Vedette is the plan: configured databases are protected. */
async function tell(
  context: ApiContext,
  subscriptionId: string,
  plan: string,
  version: string,
): Promise<z.output<typeof pricing>> {
  const policies = await context.store.settings.policies();
  const policy = policies.find(({ name }) => name === policyName(subscriptionId, plan));
  const isOn = PLANS[plan] !== undefined && policy?.settings.protection !== 'off';
  const covered = {
    enforce: 'False',
    inherited: 'False',
    resourcesCoverageStatus: isOn ? 'FullyCovered' : 'NotCovered',
  };
  return {
    id: `/subscriptions/${subscriptionId}/providers/${TYPE}/${plan}`,
    name: plan,
    type: TYPE,
    properties: {
      pricingTier: isOn ? 'Standard' : 'Free',
      freeTrialRemainingTime: 'PT0S',
      ...(version >= '2022' && { deprecated: false, replacedBy: [] }),
      ...(version >= '2023' && { extensions: [] }),
      ...(version >= '2024' && covered),
    },
  };
}

function policyName(subscriptionId: string, plan: string): string {
  return `plan ${plan} of ${subscriptionId.toLowerCase()}`;
}
