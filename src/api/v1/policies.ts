import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { FleetPolicy } from '../../store/settings-store.ts';
import { principalOf } from '../access.ts';
import { notFound } from '../api-error.ts';
import { PATH } from '../arm/arm-route.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { isFresh, preconditionOf } from './etag.ts';
import { protectionSettings } from './resource-shapes.ts';
import { etagHeader, isoTime, problem, problems, time } from './schemas.ts';
import { requireValidSettings } from './valid-settings.ts';

const match = z.strictObject({
  subscriptionId: PATH.subscriptionId.exactOptional(),
  resourceGroup: z.string().min(1).max(90).exactOptional(),
  engine: z.enum(['postgresql', 'cosmosdb']).exactOptional(),
  tag: z
    .strictObject({ name: z.string().min(1).max(200), value: z.string().max(400).exactOptional() })
    .exactOptional()
    .describe('Without a value: that the tag is there.'),
  namePattern: z.string().min(1).max(100).exactOptional().describe('Of the name, with `*` for anything: `prod-*`.'),
});
const body = z.strictObject({
  rank: z.int().min(0).max(1_000_000).default(100).describe('Higher ones overrule lower ones.'),
  match: match.describe('All that is given must fit; nothing given: every resource.'),
  settings: protectionSettings,
});
const shape = z
  .object({
    name: z.string(),
    ...body.shape,
    rank: z.int().describe('Below 0: a plan of Azure’s `pricings`, which every policy overrules.'),
    changedBy: z.string(),
    changedTime: time,
    etag: z.string(),
  })
  .meta({ id: 'FleetPolicy' });
const params = z.object({ name: z.string().regex(/^[\w.-]{1,100}$/, 'must be letters, digits and . _ -') });
const config = { access: { role: 'Security Admin' } } as const;
const tags = ['Policies'];

/** Settings of all resources that fit: those of today and those to come. */
export function policyRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { settings } = context.store;

  app.get(
    '/policies',
    {
      config: { access: { role: 'Security Reader' } },
      schema: {
        tags,
        summary: 'List policies, the lowest rank first',
        response: { 200: z.object({ items: z.array(shape) }), ...problems },
      },
    },
    async () => ({ items: (await settings.policies()).map(describe) }),
  );

  app.put(
    '/policies/:name',
    {
      config,
      schema: {
        tags,
        summary: 'Make or replace a policy',
        params,
        headers: etagHeader,
        body,
        response: { 200: shape, ...problems, 412: problem },
      },
    },
    async (request, reply) => {
      requireValidSettings(context, request.body.settings);
      const { name } = request.params;
      const changed = { name, ...request.body, changedBy: principalOf(request).name, changedTime: context.clock() };
      const policy = await settings.putPolicy(changed, preconditionOf(request.headers));
      await audit(context, request, { action: 'policies.change', target: name, detail: request.body });
      isFresh(request, reply, policy.etag);
      return describe(policy);
    },
  );

  app.delete(
    '/policies/:name',
    {
      config,
      schema: {
        tags,
        summary: 'Remove a policy',
        params,
        headers: etagHeader,
        response: { 204: z.undefined(), ...problems, 404: problem, 412: problem },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      if (!(await settings.policies()).some((policy) => policy.name === name)) {
        throw notFound(`There is no policy ${name}.`);
      }
      await settings.removePolicy(name, preconditionOf(request.headers));
      await audit(context, request, { action: 'policies.remove', target: name });
      return reply.code(204).send();
    },
  );
}

function describe({ changedTime, ...policy }: FleetPolicy): z.output<typeof shape> {
  return { ...policy, changedTime: isoTime(changedTime) } as z.output<typeof shape>;
}
