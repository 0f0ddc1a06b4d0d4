import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { Access } from './access.ts';

/** Collects what the routes declare; before the first of them. */
export async function describeRoutes(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    exposeHeadRoutes: true,
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Vedette',
        version,
        description:
          "Alerts, resources and settings under `/api/v1`, and Azure's own management API under `/subscriptions`.",
      },
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'An API token of Vedette, or an access token of `/{tenant}/oauth2/v2.0/token`.',
          },
          ingest: { type: 'http', scheme: 'bearer', description: 'A token that may push records, and nothing else.' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: '__Host-vedette',
            description: 'Set at sign-in. What changes anything needs the header `x-csrf-token` too.',
          },
        },
      },
      security: [{ bearer: [] }, { session: [] }],
    },
    transform: (route) => withRole(jsonSchemaTransform(route), route.route.config?.access),
    transformObject: jsonSchemaTransformObject,
  });
}

/** Says of each route who may call it. */
function withRole<T extends { schema: object }>(described: T, access: Access | undefined): T {
  return access === undefined || 'open' in access
    ? described
    : { ...described, schema: { ...described.schema, 'x-role': access.role } };
}

/** The document and its page. */
export async function serveDocumentation(app: FastifyInstance): Promise<void> {
  await app.register(async (docs) => {
    docs.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: { open: 'documentation' } };
    });
    await docs.register(swaggerUi, {
      routePrefix: '/api/docs',
      staticCSP: true,
      theme: { title: 'Vedette: API' },
      uiConfig: { url: '/api/openapi.json', docExpansion: 'none' },
    });
    docs.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger());
  });
}
