import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { AddedResource } from '../../config/added-resources.ts';
import { parseResourceId } from '../../model/resource-id.ts';
import { authorize } from '../access.ts';
import { ApiError, badRequest } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { LIMITS } from '../limits.ts';
import { preconditionOf } from './etag.ts';
import { findResource } from './find-resource.ts';
import { describeResources, resourceShape } from './resource-shapes.ts';
import { etagHeader, problem, problems } from './schemas.ts';

const MOST_LOGS = 20;
const WHY_NOT = {
  configured: 'stands in the configuration file; remove it there',
  discovered: 'was found in a shared stream and would be found again; switch its protection off',
} as const;

const log = z
  .strictObject({
    path: z
      .string()
      .min(1)
      .max(1000)
      .exactOptional()
      .describe('A file or a glob on the server, below one of `server.logFolders`.'),
    push: z
      .strictObject({})
      .exactOptional()
      .describe('In place of `path`: programs send records to `POST /api/v1/ingest/ID`, with an ingest token.'),
    format: z.string().min(1).max(50).default('auto').describe('Id of the log format; `auto` finds it out.'),
    logLinePrefix: z.string().min(1).max(200).exactOptional(),
    timezone: z.string().min(1).max(100).exactOptional(),
  })
  .refine(({ path, push }) => (path === undefined) !== (push === undefined), 'needs path or push, not both');
const body = z
  .strictObject({
    id: z.string().min(1).max(LIMITS.pathSegment).describe('A short name, or a whole Azure Resource Manager id.'),
    kind: z.enum(['postgresql', 'cosmosdb']),
    logs: z.array(log).min(1).max(MOST_LOGS),
    tags: z.record(z.string().min(1).max(512), z.string().max(256)).default({}),
  })
  .meta({ examples: [{ id: 'billing', kind: 'postgresql', logs: [{ push: {}, format: 'csvlog' }] }] });
const config = { access: { role: 'Security Admin', within: true } } as const;
const tags = ['Resources'];

/** Databases that people add to those of the file. */
export function addedResourceRoutes(plain: FastifyInstance, context: ApiContext): void {
  const { resourceIntake } = context;
  if (resourceIntake === undefined) {
    return;
  }
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { resources } = context.store;

  app.post(
    '/resources',
    {
      config,
      schema: {
        tags,
        summary: 'Watch another database; a running server begins within seconds',
        body,
        response: { 201: resourceShape, ...problems, 409: problem },
      },
    },
    async (request, reply) => {
      const declaration = request.body as AddedResource;
      const resource = parseResourceId(declaration.id, declaration.kind);
      if ('problem' in resource) {
        throw badRequest(`id ${resource.problem}.`, 'InvalidResourceId');
      }
      authorize(request, 'Security Admin', resource.key);
      const known = await resources.get(resource.key);
      if (known !== undefined && known.origin !== 'discovered') {
        throw new ApiError(409, 'ResourceExists', `${resource.name} is watched already.`);
      }
      const found = await resourceIntake.problemOf(declaration);
      if (found !== undefined) {
        throw badRequest(`${found}.`, 'CannotBeWatched');
      }
      const row = await resources.put({
        resource,
        origin: 'added',
        tags: request.body.tags,
        declaration,
        time: context.clock(),
      });
      await audit(context, request, { action: 'resources.add', target: resource.key, detail: declaration });
      return reply.code(201).send((await describeResources(context, [row]))[0]!);
    },
  );

  app.delete(
    '/resources/:resource',
    {
      config,
      schema: {
        tags,
        summary: 'Watch a database no longer that was added; its alerts stay',
        params: z.object({ resource: z.string().min(1).max(LIMITS.pathSegment) }),
        headers: etagHeader,
        response: { 204: z.undefined(), ...problems, 404: problem, 409: problem, 412: problem },
      },
    },
    async (request, reply) => {
      const { resource, origin, declaration } = await findResource(context, request, request.params.resource);
      authorize(request, 'Security Admin', resource.key);
      if (origin !== 'added') {
        throw new ApiError(409, 'NotAdded', `${resource.name} ${WHY_NOT[origin]}.`);
      }
      await resources.remove(resource.key, preconditionOf(request.headers));
      await audit(context, request, { action: 'resources.remove', target: resource.key, detail: declaration });
      return reply.code(204).send();
    },
  );
}
