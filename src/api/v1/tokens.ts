import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { addToken } from '../../identity/tokens.ts';
import type { ApiToken } from '../../store/identity-store.ts';
import { authorize, isAllowed, principalOf } from '../access.ts';
import { badRequest, notFound } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { isoTime, problem, problems, time } from './schemas.ts';
import { scope } from './users.ts';

const DAY_MS = 24 * 3_600_000;
const shape = z
  .object({
    id: z.string(),
    kind: z.enum(['api', 'ingest']),
    name: z.string(),
    scope: z.string().describe('What it is limited to; empty: whatever its principal may do.'),
    createdTime: time,
    expiresTime: time.optional(),
    lastUsedTime: time.optional(),
    isRevoked: z.boolean(),
  })
  .meta({ id: 'Token' });
const config = { access: { role: 'Security Reader', within: true } } as const;

/** Tokens for scripts, which act as whoever made them; and for those who push records. */
export function tokenRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { tokens } = context.store.identity;
  const tags = ['Tokens'];

  app.get(
    '/tokens',
    {
      config,
      schema: {
        tags,
        summary: 'List tokens: my own, and all to an Owner',
        response: { 200: z.object({ items: z.array(shape) }), ...problems },
      },
    },
    async (request) => {
      const mine = isAllowed(request, 'Owner', '/') ? {} : { principalId: principalOf(request).id };
      return { items: (await tokens.list(mine)).filter(isListed).map(describe) };
    },
  );

  app.post(
    '/tokens',
    {
      config,
      schema: {
        tags,
        summary: 'Make a token',
        body: z.strictObject({
          name: z.string().min(1).max(200),
          kind: z.enum(['api', 'ingest']).default('api'),
          scope: z.union([z.literal(''), scope]).default(''),
          expiresInDays: z.int().min(1).max(730).default(90),
          principal: z
            .string()
            .min(1)
            .max(100)
            .exactOptional()
            .describe('User name or client id that it acts as, where an Owner says so; absent: the caller.'),
        }),
        response: { 201: shape.extend({ secret: z.string().describe('Told once, here.') }), ...problems },
      },
    },
    async (request, reply) => {
      const { expiresInDays, kind, principal, ...wanted } = request.body;
      if (kind === 'ingest' && !isAllowed(request, 'Owner', wanted.scope === '' ? '/' : wanted.scope)) {
        throw badRequest('Only an Owner of the scope makes tokens that push records.', 'OwnerNeeded');
      }
      const expiresTime = context.clock() + expiresInDays * DAY_MS;
      const whom = kind === 'api' ? { principalId: await principalIdFor(context, request, principal) } : {};
      const { token, secret } = await addToken(context.identity, { ...wanted, kind, expiresTime, ...whom });
      await audit(context, request, {
        action: 'tokens.add',
        target: token.id,
        detail: { name: wanted.name, kind, scope: wanted.scope },
      });
      return reply.code(201).send({ ...describe(token), secret });
    },
  );

  app.delete(
    '/tokens/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Revoke a token',
        params: z.object({ id: z.string().min(1).max(100) }),
        response: { 204: z.undefined(), ...problems, 404: problem },
      },
    },
    async (request, reply) => {
      const token = await tokens.get(request.params.id);
      const isMine = token?.principalId === principalOf(request).id || isAllowed(request, 'Owner', '/');
      if (token === undefined || !isListed(token) || !isMine) {
        throw notFound(`There is no token ${request.params.id}.`);
      }
      await tokens.revoke(token.id, context.clock());
      await audit(context, request, { action: 'tokens.revoke', target: token.id });
      return reply.code(204).send();
    },
  );
}

/** Whom a token is for: the caller, or whom an Owner names. */
async function principalIdFor(
  { store }: ApiContext,
  request: FastifyRequest,
  named: string | undefined,
): Promise<string> {
  const { kind, id } = principalOf(request);
  if (named === undefined) {
    if (kind === 'local') {
      throw badRequest('A token acts as a user or a service principal; name one of them.', 'PrincipalNeeded');
    }
    return id;
  }
  authorize(request, 'Owner', '/');
  const { users, servicePrincipals } = store.identity;
  const found =
    (await users.byName(named.toLowerCase()))?.id ?? (await servicePrincipals.get(named.toLowerCase()))?.appId;
  if (found === undefined) {
    throw notFound(`There is no user or service principal ${named}.`);
  }
  return found;
}

/** One-time links are nobody's business. */
function isListed(token: ApiToken): token is ApiToken & { kind: 'api' | 'ingest' } {
  return token.kind !== 'sign-in';
}

function describe(token: ApiToken): z.output<typeof shape> {
  const { id, kind, name, scope: on, createdTime, expiresTime, lastUsedTime, revokedTime } = token;
  return {
    id,
    kind: kind === 'ingest' ? 'ingest' : 'api',
    name,
    scope: on,
    createdTime: isoTime(createdTime),
    ...(expiresTime !== undefined && { expiresTime: isoTime(expiresTime) }),
    ...(lastUsedTime !== undefined && { lastUsedTime: isoTime(lastUsedTime) }),
    isRevoked: revokedTime !== undefined,
  };
}
