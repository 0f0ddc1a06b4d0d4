import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ACCESS_TOKEN_LIFE_S, issueAccessToken, readAccessToken } from '../../identity/access-tokens.ts';
import { checkSecret } from '../../identity/applications.ts';
import { ApiError } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { LIMITS } from '../limits.ts';
import { originOf } from '../origin.ts';
import { noteSignIn } from '../own-alerts.ts';
import { isOurAudience } from './audience.ts';
import { issuerOf } from './openid-configuration.ts';
import { oauthError, tenantParams } from './shapes.ts';

/** RFC 6749, section 4.4; `resource` is what version 1 of Azure's endpoint calls the scope. */
const tokenRequest = z.looseObject({
  grant_type: z
    .string()
    .max(100)
    .meta({ examples: ['client_credentials'] }),
  client_id: z.string().max(200).optional(),
  client_secret: z.string().max(1000).optional(),
  scope: z
    .string()
    .max(1000)
    .optional()
    .meta({ examples: ['https://management.azure.com/.default'] }),
  resource: z
    .string()
    .max(1000)
    .optional()
    .meta({ examples: ['https://management.azure.com'] }),
});
const tokenAnswer = z.object({
  token_type: z.literal('Bearer'),
  expires_in: z.int(),
  ext_expires_in: z.int(),
  expires_on: z.string().describe('Seconds since the epoch.'),
  resource: z.string(),
  access_token: z.string(),
});
const revocation = z.looseObject({
  token: z.string().max(8192),
  client_id: z.string().max(200).optional(),
  client_secret: z.string().max(1000).optional(),
});

const config = {
  access: { open: 'sign-in' },
  errors: 'oauth',
  rateLimit: { max: LIMITS.tokensPerMinute, timeWindow: '1 minute' },
} as const;

/** Tokens for service principals, on the paths of MSAL, `@azure/identity` and azure-cli. */
export function tokenRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const schema = {
    tags: ['OAuth 2.0'],
    security: [],
    params: tenantParams,
    consumes: ['application/x-www-form-urlencoded'],
  };
  const answers = { 400: oauthError, 401: oauthError, 429: oauthError };

  for (const path of ['/:tenant/oauth2/v2.0/token', '/:tenant/oauth2/token']) {
    app.post(
      path,
      {
        config,
        schema: {
          ...schema,
          summary: 'Get an access token with client credentials',
          body: tokenRequest,
          response: { 200: tokenAnswer, ...answers },
        },
      },
      async (request) => {
        const { grant_type: grant, scope, resource } = request.body;
        if (grant !== 'client_credentials') {
          throw new ApiError(400, 'unsupported_grant_type', 'Only client_credentials is given here.');
        }
        const client = await authenticateClient(context, request, request.body);
        const audience = audienceOf(context, request, scope, resource);
        const grantOf = { ...client, audience, issuer: issuerOf(context, request, request.params.tenant) };
        const token = await issueAccessToken(context.identity, grantOf);
        return {
          token_type: 'Bearer' as const,
          expires_in: ACCESS_TOKEN_LIFE_S,
          ext_expires_in: ACCESS_TOKEN_LIFE_S,
          expires_on: String(Math.floor(context.clock() / 1000) + ACCESS_TOKEN_LIFE_S),
          resource: audience,
          access_token: token,
        };
      },
    );
  }

  app.post(
    '/:tenant/oauth2/v2.0/revoke',
    {
      config,
      schema: {
        ...schema,
        summary: 'Take an access token back (RFC 7009)',
        body: revocation,
        response: { 200: z.object({}), ...answers },
      },
    },
    async (request) => {
      const client = await authenticateClient(context, request, request.body);
      const read = await readAccessToken(context.identity, request.body.token);
      if (!('problem' in read) && read.appId === client.appId) {
        await context.store.identity.keys.revoke(read.tokenId, read.expiresTime);
        await audit(context, request, { action: 'token.revoke', actor: client.appId, detail: { token: read.tokenId } });
      }
      return {}; // also where there was nothing to revoke: section 2.2
    },
  );
}

/** Credentials in the body, or in the header of RFC 7617. */
async function authenticateClient(
  context: ApiContext,
  request: FastifyRequest,
  body: { client_id?: string | undefined; client_secret?: string | undefined },
) {
  const [, basic = ''] = /^Basic +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const [headerId = '', headerSecret = ''] = Buffer.from(basic, 'base64').toString().split(':', 2).map(formDecoded);
  const [id, secret] = [body.client_id ?? headerId, body.client_secret ?? headerSecret];
  const client = await checkSecret(context.identity, id, secret);
  await noteSignIn(context, request, { name: id, isSuccess: client !== undefined });
  if (client === undefined) {
    await audit(context, request, { action: 'token.issue', outcome: 'failure', detail: { clientId: id.slice(0, 64) } });
    throw new ApiError(
      401,
      'invalid_client',
      'AADSTS7000215: The client id or its secret is wrong, expired or removed.',
    );
  }
  const { application, secretId } = client;
  return { appId: application.appId, objectId: application.objectId, secretId };
}

function audienceOf(context: ApiContext, request: FastifyRequest, scope = '', resource = ''): string {
  const audience = resource === '' ? scope.replace(/\/?\.default$/, '') : resource;
  if (!isOurAudience(audience, originOf(context, request))) {
    throw new ApiError(
      400,
      'invalid_scope',
      `AADSTS70011: There is no service ${JSON.stringify(audience.slice(0, 100))} here; ask for the address of this server.`,
    );
  }
  return audience;
}

/** RFC 6749, section 2.3.1: what is in the header is form-encoded first. */
function formDecoded(text: string): string {
  return new URLSearchParams(`a=${text}`).get('a') ?? '';
}
