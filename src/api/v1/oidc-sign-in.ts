import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { externalUser } from '../../identity/external-users.ts';
import { ApiError } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { LIMITS } from '../limits.ts';
import { originOf } from '../origin.ts';
import { setSessionCookie } from '../session-cookie.ts';
import { problems } from './schemas.ts';
import { begin } from './sign-in.ts';

const PATH = '/api/v1/sign-in/oidc';
const COOKIE = 'vedette-oidc';

/** Only pages of ours: a path, and nothing that a browser takes for another host. */
const returnTo = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[^\\\p{Cc}]*$/u, 'must be a path of the portal')
  .default('/');

/** Signing in at an OpenID provider. */
export function oidcRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { oidc } = context;
  const config = {
    access: { open: 'sign-in' },
    rateLimit: { max: LIMITS.signInsPerMinute, timeWindow: '1 minute' },
  } as const;

  app.get(
    '/sign-in/methods',
    {
      config: { access: { open: 'sign-in' } },
      schema: {
        tags: ['Sign-in'],
        summary: 'How people may sign in',
        security: [],
        response: {
          200: z.object({
            password: z.boolean(),
            oidc: z.object({ label: z.string(), path: z.string() }).optional(),
          }),
          ...problems,
        },
      },
    },
    () => ({ password: true, ...(oidc !== undefined && { oidc: { label: oidc.label, path: PATH } }) }),
  );
  if (oidc === undefined) {
    return;
  }

  app.get(
    '/sign-in/oidc',
    { config, schema: { hide: true, querystring: z.object({ returnTo }) } },
    async (request, reply) => {
      const { url, pending } = await oidc.signIn
        .begin(callbackOf(context, request), request.query.returnTo)
        .catch((error: unknown) => {
          request.log.warn({ err: error }, 'the OpenID provider does not answer');
          throw new ApiError(503, 'ProviderUnavailable', 'The OpenID provider does not answer; try again later.');
        });
      // it comes back from another site, so the cookie must be sent along from there
      void reply.setCookie(COOKIE, pending, { ...cookieOptions(request), maxAge: 600 });
      return reply.redirect(url);
    },
  );

  app.get('/sign-in/oidc/callback', { config, schema: { hide: true } }, async (request, reply) => {
    const pending = request.cookies[COOKIE] ?? '';
    void reply.clearCookie(COOKIE, cookieOptions(request));
    const answer = new URL(request.url, originOf(context, request));
    const { person, returnTo: path } = await oidc.signIn.finish(answer, pending).catch(async (error: unknown) => {
      request.log.warn({ err: error }, 'a sign-in at the OpenID provider failed');
      await audit(context, request, { action: 'session.sign-in', outcome: 'failure', detail: { by: 'oidc' } });
      throw new ApiError(401, 'SignInFailed', 'The sign-in at the provider did not succeed; begin again.');
    });
    const user = await externalUser(context.identity, person, oidc.roles);
    if (user === undefined) {
      const detail = { by: 'oidc', issuer: person.issuer, subject: person.subject };
      await audit(context, request, { action: 'session.sign-in', outcome: 'failure', detail });
      throw new ApiError(403, 'NoRole', 'You have no role here; an Owner can give one to you or to a group of yours.');
    }
    const { secret } = await begin(context, request, user);
    setSessionCookie(request, reply, secret);
    return goOn(reply, path);
  });
}

/** By a page of ours: what another site redirects to is not sent the cookie, which is for this site only. */
function goOn(reply: FastifyReply, path: string): FastifyReply {
  const safe = path.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
  return reply
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="en"><title>Vedette</title><meta http-equiv="refresh" content="0;url=${safe}"><p>Signed in. <a href="${safe}">Go on</a></p></html>`,
    );
}

function callbackOf(context: ApiContext, request: FastifyRequest): string {
  return `${originOf(context, request)}${PATH}/callback`;
}

function cookieOptions({ protocol }: FastifyRequest) {
  return { path: PATH, httpOnly: true, sameSite: 'lax', secure: protocol === 'https' } as const;
}
