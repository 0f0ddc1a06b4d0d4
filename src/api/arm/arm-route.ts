import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Role } from '../../identity/role.ts';
import { ApiError } from '../api-error.ts';
import type { ApiContext } from '../context.ts';
import { LIMITS } from '../limits.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Versions of Azure's interface in which the operation is known; absent: the route has none. */
    apiVersions?: readonly string[];
  }
}

/** Azure's error: github.com/Azure/azure-rest-api-specs, common-types/resource-management, `ErrorResponse`. */
export const azureError = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      details: z.array(z.unknown()),
      additionalInfo: z.array(z.object({ type: z.string(), info: z.unknown() })),
    }),
  })
  .meta({ id: 'AzureError' });

/** What every operation may answer besides. */
export const azureErrors = { 400: azureError, 401: azureError, 403: azureError, 404: azureError, 429: azureError };

/** A value of a path: what Azure writes there, in any casing. */
const segment = z.string().min(1).max(260);

/** Values that paths of operations hold. */
export const PATH = {
  subscriptionId: z
    .string()
    .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'must be a GUID')
    .describe('GUID of the subscription.'),
  resourceGroup: z.string().regex(/^[\p{L}\p{N}_.()-]{1,90}$/u, 'is not the name of a resource group'),
  name: segment,
  location: segment,
};

type SuccessStatus = 200 | 202 | 204;

export interface ArmOperation<P extends Record<string, z.ZodType>, B extends z.ZodType, R> {
  /** `AdvancedThreatProtection_Get`: as Azure's specification names it. */
  id: string;
  method: 'GET' | 'HEAD' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  path: string;
  versions: readonly string[];
  role: Role;
  /** The caller needs the role on something below the scope only, and is shown no more. */
  within?: true;
  params: P;
  query?: Record<string, z.ZodType>;
  body?: B;
  /** Shape of the success; absent: no body. */
  answer?: z.ZodType<R>;
  /** Status of the success, where it depends on the version by that; default 200. */
  status?: SuccessStatus | ((version: string) => SuccessStatus);
  run: (call: ArmCall<P, B>) => Promise<R>;
}

export interface ArmCall<P extends Record<string, z.ZodType>, B extends z.ZodType> {
  context: ApiContext;
  request: FastifyRequest;
  reply: FastifyReply;
  params: { [K in keyof P]: z.output<P[K]> };
  query: Readonly<Record<string, string | undefined>> & { 'api-version': string };
  body: z.output<B>;
}

/** Adds an operation of Azure's management API. */
export function armRoute<P extends Record<string, z.ZodType>, B extends z.ZodType = z.ZodUndefined, R = undefined>(
  app: FastifyInstance,
  context: ApiContext,
  operation: ArmOperation<P, B, R>,
): void {
  const { id, method, path, versions, role, within, params, query, body, answer, status = 200, run } = operation;
  const statusOf = (version: string) => (typeof status === 'function' ? status(version) : status);
  app.route({
    method,
    url: path,
    config: {
      access: { role, scope: scopeOf, ...(within && { within }) },
      errors: 'azure',
      apiVersions: versions,
    },
    schema: {
      operationId: `${id}`,
      tags: [`Azure: ${id.slice(0, id.indexOf('_'))}`],
      summary: id.replace('_', ': '),
      params: z.object(params),
      querystring: z.object({ 'api-version': z.enum([...versions]), ...query }),
      ...(body !== undefined && { body }),
      response: { ...answersOf(versions.map(statusOf), answer ?? z.undefined()), ...azureErrors },
    },
    handler: async (request, reply) => {
      const { params: given, query: asked, body: sent } = request;
      const call = { context, request, reply, params: given, query: asked, body: sent } as ArmCall<P, B>;
      const result = await run(call);
      return reply.code(statusOf(call.query['api-version'])).send(result);
    },
  });
}

function answersOf(statuses: readonly SuccessStatus[], answer: z.ZodType): Record<number, z.ZodType> {
  return Object.fromEntries(statuses.map((status) => [status, answer]));
}

/** Subscription, resource group or resource that the path of a request names. */
export function scopeOf(request: FastifyRequest): string {
  const path = request.url.replace(/[?#].*$/, '').replace(/\/+/g, '/');
  const [scope] =
    /^\/subscriptions\/[^/]+(?:\/resourcegroups\/[^/]+(?:\/providers\/microsoft\.(?:dbforpostgresql|documentdb)\/[^/]+\/[^/]+)?)?/i.exec(
      path,
    ) ?? [];
  return scope === undefined ? '/' : decoded(scope);
}

/** Before the schema is applied: a version that is missing or unknown is told in Azure's words. */
export function requireApiVersion(app: FastifyInstance): void {
  app.addHook('preValidation', async (request) => {
    const known = request.routeOptions.config.apiVersions;
    const given = (request.query as Record<string, string | undefined>)['api-version'];
    if (known === undefined) {
      return;
    }
    if (given === undefined || given === '') {
      throw new ApiError(
        400,
        'MissingApiVersionParameter',
        'The api-version query parameter (?api-version=) is required for all requests.',
      );
    }
    const version = known.find((it) => it === String(given).toLowerCase());
    if (version === undefined) {
      throw new ApiError(
        400,
        'InvalidApiVersionParameter',
        `The api-version '${String(given).slice(0, 40)}' is invalid. The supported versions are '${known.join(',')}'.`,
      );
    }
    (request.query as Record<string, unknown>)['api-version'] = version;
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).slice(0, LIMITS.pathSegment);
  } catch {
    return text.slice(0, LIMITS.pathSegment);
  }
}
