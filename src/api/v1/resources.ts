import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { authorize, principalOf } from '../access.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { LIMITS } from '../limits.ts';
import { visibleScopes } from './alerts.ts';
import { isFresh, preconditionOf } from './etag.ts';
import { findResource } from './find-resource.ts';
import { describeResources, protectionSettings, resourceShape } from './resource-shapes.ts';
import { etagHeader, listOf, pageOf, pageQuery, problem, problems } from './schemas.ts';
import { requireValidSettings } from './valid-settings.ts';

const read = { access: { role: 'Security Reader', within: true } } as const;
const params = z.object({
  resource: z
    .string()
    .min(1)
    .max(LIMITS.pathSegment)
    .describe('Id (percent-encoded), or name where it is the only one.'),
});

/** Protected databases. */
export function resourceRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { resources, settings } = context.store;

  app.get(
    '/resources',
    {
      config: read,
      schema: {
        tags: ['Resources'],
        summary: 'List resources, by id',
        querystring: z.object({
          ...pageQuery,
          scope: z.string().max(500).optional().describe('Id of a subscription or a resource group.'),
          engine: z.enum(['postgresql', 'cosmosdb']).optional(),
          origin: listOf(['configured', 'added', 'discovered']),
          text: z.string().max(200).optional().describe('Part of the id.'),
        }),
        response: { 200: pageOf(resourceShape), ...problems },
      },
    },
    async (request) => {
      const { limit, cursor, scope, engine, origin, text } = request.query;
      const scopes = visibleScopes(request, scope);
      const filter = {
        ...(scopes !== undefined && { scopes }),
        ...(engine !== undefined && { engine }),
        ...(origin !== undefined && { origins: origin }),
        ...(text !== undefined && { text }),
      };
      const page = await resources.list(filter, { limit, ...(cursor !== undefined && { cursor }) });
      const items = await describeResources(context, page.items);
      return { items, ...(page.next !== undefined && { next: page.next }) };
    },
  );

  app.get(
    '/resources/:resource',
    {
      config: read,
      schema: {
        tags: ['Resources'],
        summary: 'Get one resource with the settings that hold for it',
        params,
        response: { 200: resourceShape, ...problems, 404: problem },
      },
    },
    async (request) => {
      const row = await findResource(context, request, request.params.resource);
      return (await describeResources(context, [row]))[0]!;
    },
  );

  app.get(
    '/resources/:resource/settings',
    {
      config: read,
      schema: {
        tags: ['Resources'],
        summary: 'What people set for the resource, beside file and policies',
        params,
        response: { 200: protectionSettings, ...problems, 404: problem },
      },
    },
    async (request, reply) => {
      const { resource } = await findResource(context, request, request.params.resource);
      const own = await settings.override(resource.key);
      isFresh(request, reply, own?.etag ?? '');
      return (own?.settings ?? {}) as z.output<typeof protectionSettings>;
    },
  );

  app.put(
    '/resources/:resource/settings',
    {
      config: { access: { role: 'Security Admin', within: true } },
      schema: {
        tags: ['Resources'],
        summary: 'Replace what people set for the resource',
        params,
        headers: etagHeader,
        body: protectionSettings,
        response: { 200: resourceShape, ...problems, 404: problem, 412: problem },
      },
    },
    async (request, reply) => {
      const row = await findResource(context, request, request.params.resource);
      authorize(request, 'Security Admin', row.resource.key);
      requireValidSettings(context, request.body);
      const before = (await settings.override(row.resource.key))?.settings ?? {};
      const { etag } = await settings.putOverride(
        {
          scope: row.resource.key,
          settings: request.body,
          changedBy: principalOf(request).name,
          changedTime: context.clock(),
        },
        preconditionOf(request.headers),
      );
      isFresh(request, reply, etag);
      await audit(context, request, {
        action: 'settings.change',
        target: row.resource.key,
        detail: { before, after: request.body },
      });
      return (await describeResources(context, [row]))[0]!;
    },
  );
}
