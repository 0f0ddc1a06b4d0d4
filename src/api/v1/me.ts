import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ROLES } from '../../identity/role.ts';
import { readSession } from '../../identity/sessions.ts';
import { principalOf } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { sessionSecret } from '../session-cookie.ts';
import { problems } from './schemas.ts';

const me = z.object({
  kind: z.enum(['user', 'servicePrincipal', 'local']),
  id: z.string(),
  name: z.string(),
  roles: z.array(z.object({ role: z.enum(ROLES), scope: z.string() })),
  csrfToken: z
    .string()
    .optional()
    .describe('Of the session, where there is one: the header `x-csrf-token` of changes.'),
});

/** Who asks. */
export function meRoutes(plain: FastifyInstance, { identity }: ApiContext): void {
  plain.withTypeProvider<ZodTypeProvider>().get(
    '/me',
    {
      config: { access: { role: 'Security Reader', within: true } },
      schema: { tags: ['Sign-in'], summary: 'Who I am and what I may do', response: { 200: me, ...problems } },
    },
    async (request) => {
      const { kind, id, name, assignments } = principalOf(request);
      const secret = sessionSecret(request);
      const session = secret === undefined ? undefined : await readSession(identity, secret);
      const csrfToken = session?.session.facts.csrf;
      return {
        kind,
        id,
        name,
        roles: assignments.map(({ role, scope }) => ({ role, scope })),
        ...(csrfToken !== undefined && { csrfToken }),
      };
    },
  );
}
