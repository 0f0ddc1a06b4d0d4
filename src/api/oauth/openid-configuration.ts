import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { publicKeys, SIGNING_ALGORITHM } from '../../identity/signing-keys.ts';
import type { ApiContext } from '../context.ts';
import { originOf } from '../origin.ts';
import { tenantParams } from './shapes.ts';

const config = { access: { open: 'discovery' }, errors: 'oauth' } as const;
const document = z.looseObject({ issuer: z.string(), token_endpoint: z.string(), jwks_uri: z.string() });
const keySet = z.object({
  keys: z.array(
    z.object({ kty: z.string(), n: z.string(), e: z.string(), kid: z.string(), use: z.string(), alg: z.string() }),
  ),
});

/** What clients ask before they ask for a token: OpenID Connect Discovery 1.0. */
export function discoveryRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const schema = { tags: ['OAuth 2.0'], security: [], params: tenantParams };
  // azure-cli and the cmdlets ask a directory of AD FS, which knows no versions.
  for (const path of ['/:tenant/v2.0/.well-known/openid-configuration', '/:tenant/.well-known/openid-configuration']) {
    app.get(
      path,
      { config, schema: { ...schema, summary: 'Where tokens are to be had', response: { 200: document } } },
      (request) => discovery(context, request, request.params.tenant),
    );
  }
  for (const path of ['/:tenant/discovery/v2.0/keys', '/:tenant/discovery/keys']) {
    app.get(
      path,
      { config, schema: { ...schema, summary: 'Keys that check tokens (JWKS)', response: { 200: keySet } } },
      async () => ({ keys: (await publicKeys(context.identity)) as z.output<typeof keySet>['keys'] }),
    );
  }
}

/** As MSAL expects it: it takes the directory from the path of the token endpoint. */
export function issuerOf(context: ApiContext, request: FastifyRequest, tenant: string): string {
  return `${originOf(context, request)}/${tenant}${tenant.toLowerCase() === 'adfs' ? '' : '/v2.0'}`;
}

function discovery(context: ApiContext, request: FastifyRequest, tenant: string) {
  const base = `${originOf(context, request)}/${tenant}`;
  return {
    issuer: issuerOf(context, request, tenant),
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    revocation_endpoint: `${base}/oauth2/v2.0/revoke`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    grant_types_supported: ['client_credentials'],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [SIGNING_ALGORITHM],
    scopes_supported: ['.default'],
  };
}
