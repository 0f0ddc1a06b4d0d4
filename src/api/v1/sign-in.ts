import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { redeemOwnerLink } from '../../identity/owner-link.ts';
import { PASSWORD_LENGTH, passwordProblem } from '../../identity/password.ts';
import { hashSecret } from '../../identity/secret.ts';
import { startSession } from '../../identity/sessions.ts';
import { checkPassword } from '../../identity/users.ts';
import type { User } from '../../store/identity-store.ts';
import { ApiError, badRequest } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { LIMITS } from '../limits.ts';
import { isLocalSocket } from '../local-socket.ts';
import { noteSignIn } from '../own-alerts.ts';
import { clearSessionCookie, sessionSecret, setSessionCookie } from '../session-cookie.ts';
import { problem, problems } from './schemas.ts';

/** Letters, digits and what e-mail addresses hold. */
export const userName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._@+-]{1,99}$/i, 'must be 2 to 100 letters, digits and . _ @ + -')
  .describe('Letter case does not matter.');

/** What a password must be at least to be taken; to sign in any will do. */
export const newPassword = z
  .string()
  .min(PASSWORD_LENGTH.min, `must have at least ${PASSWORD_LENGTH.min} characters`)
  .max(PASSWORD_LENGTH.max);

const credentials = z.object({
  name: z.string().min(1).max(100),
  password: z.string().min(1).max(PASSWORD_LENGTH.max),
});
const setup = z.object({
  secret: z.string().min(1).max(200).describe('From the one-time link that the terminal showed.'),
  name: userName,
  password: newPassword,
});
const signedIn = z.object({
  csrfToken: z.string().describe('To be sent as the header `x-csrf-token` with each change.'),
});

/** Signing in and out. */
export function signInRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const config = {
    access: { open: 'sign-in' },
    rateLimit: { max: LIMITS.signInsPerMinute, timeWindow: '1 minute' },
  } as const;

  app.post(
    '/sign-in',
    {
      config,
      schema: {
        tags: ['Sign-in'],
        summary: 'Sign in with name and password',
        security: [],
        body: credentials,
        response: {
          200: signedIn,
          ...problems,
          401: problem.describe('Name or password is wrong, or the name is locked.'),
        },
      },
    },
    async (request, reply) => {
      const { name, password } = request.body;
      const user = await checkPassword(context.identity, name, password);
      await noteSignIn(context, request, { name, isSuccess: user !== undefined });
      if (user === undefined) {
        await audit(context, request, { action: 'session.sign-in', outcome: 'failure', detail: { name } });
        throw new ApiError(
          401,
          'SignInFailed',
          'Name or password is wrong, or there were too many attempts; wait a while.',
        );
      }
      const { secret, session } = await begin(context, request, user);
      setSessionCookie(request, reply, secret);
      return { csrfToken: session.facts.csrf! };
    },
  );

  app.post(
    '/sign-in/setup',
    {
      config,
      schema: {
        tags: ['Sign-in'],
        summary: 'Become the first Owner by the one-time link',
        security: [],
        body: setup,
        response: { 200: signedIn, ...problems },
      },
    },
    async (request, reply) => {
      const { secret: link, name, password } = request.body;
      const weakness = passwordProblem(password, name);
      if (weakness !== undefined) {
        throw badRequest(`The password ${weakness}.`, 'PasswordTooWeak');
      }
      const user = await redeemOwnerLink(context.identity, link, { name, password });
      if (user === undefined) {
        await audit(context, request, { action: 'session.setup', outcome: 'failure' });
        throw new ApiError(
          401,
          'LinkInvalid',
          'The link is wrong, too old or used; start the server again for a new one.',
        );
      }
      const { secret, session } = await begin(context, request, user);
      setSessionCookie(request, reply, secret);
      return { csrfToken: session.facts.csrf! };
    },
  );

  app.post(
    '/sign-out',
    {
      config: { access: { role: 'Security Reader', within: true } },
      schema: { tags: ['Sign-in'], summary: 'End the session', response: { 204: z.undefined(), ...problems } },
    },
    async (request, reply) => {
      const secret = sessionSecret(request);
      if (secret !== undefined) {
        await context.store.identity.sessions.remove(hashSecret(secret));
        await audit(context, request, { action: 'session.sign-out' });
      }
      clearSessionCookie(request, reply);
      return reply.code(204).send();
    },
  );
}

/** Starts a session, and notes it. */
export async function begin(context: ApiContext, request: FastifyRequest, user: User) {
  const agent = request.headers['user-agent'];
  const started = await startSession(context.identity, user, {
    ...(!isLocalSocket(request.socket) && { address: request.ip }),
    ...(agent !== undefined && { userAgent: agent.slice(0, 200) }),
  });
  await audit(context, request, { action: 'session.sign-in', actor: user.name });
  return started;
}
