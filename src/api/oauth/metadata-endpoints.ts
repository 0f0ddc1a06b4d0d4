import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiContext } from '../context.ts';
import { originOf } from '../origin.ts';

const NAME = 'Vedette';

/**
 * `/metadata/endpoints`: from one address a client learns all others (`az cloud register`, azurerm's `metadata_host`,
 * Azure PowerShell's `-ARMEndpoint`). In the versions of 2015 one cloud with its older names, since 2019 a list of clouds.
 * Authorities end in `/adfs`, so that MSAL asks nobody else who this is.
 */
export function metadataRoutes(plain: FastifyInstance, context: ApiContext): void {
  plain.withTypeProvider<ZodTypeProvider>().get(
    '/metadata/endpoints',
    {
      config: { access: { open: 'discovery' } },
      schema: {
        tags: ['OAuth 2.0'],
        summary: 'Addresses of this cloud, for Azure’s clients',
        security: [],
        querystring: z.object({ 'api-version': z.string().max(40).optional() }),
        response: { 200: z.union([z.array(z.looseObject({})), z.looseObject({})]) },
      },
    },
    async (request) => {
      const origin = originOf(context, request);
      const isOld = (request.query['api-version'] ?? '').startsWith('2015');
      return isOld ? oneCloud(origin) : [cloud(origin)];
    },
  );
}

function oneCloud(origin: string) {
  return {
    galleryEndpoint: origin,
    graphEndpoint: origin,
    portalEndpoint: origin,
    authentication: { loginEndpoint: `${origin}/adfs`, audiences: [origin], tenant: 'adfs', identityProvider: 'ADFS' },
  };
}

function cloud(origin: string) {
  return {
    name: NAME,
    portal: origin,
    resourceManager: origin,
    graph: origin,
    graphAudience: origin,
    gallery: origin,
    media: origin,
    authentication: { loginEndpoint: `${origin}/adfs`, audiences: [origin], tenant: 'adfs', identityProvider: 'ADFS' },
    suffixes: {},
  };
}
