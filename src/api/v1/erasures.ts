import { createHash, createHmac } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { erasePrincipal } from '../../archive/erase-principal.ts';
import { ROOT_SCOPE } from '../../model/scope.ts';
import { authorize } from '../access.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { answered, requireArchive } from './activity-query.ts';
import { eraseFromAlerts } from './erase-from-alerts.ts';
import { findResource } from './find-resource.ts';
import { problem, problems } from './schemas.ts';

const PSEUDONYM_DIGITS = 12;
/** Who did it, where no pseudonym is wanted. */
const NOBODY = 'erased principal';

/** What somebody did is removed, or kept under another name: the right to be forgotten. */
export function erasureRoutes(plain: FastifyInstance, context: ApiContext): void {
  plain.withTypeProvider<ZodTypeProvider>().post(
    '/erasures',
    {
      config: { access: { role: 'Owner', within: true } },
      schema: {
        tags: ['Activities'],
        summary: 'Erase or pseudonymise what a principal did',
        description:
          'Files of the archive are written anew; the old ones are gone within two minutes. Alerts stay, under another name, without the literals and the matters that are kept beside them; one that still grows may tell the name again. A call that was interrupted may be made again, and goes on.',
        body: z.strictObject({
          principal: z.string().min(1).max(500),
          resource: z.string().min(1).max(500).optional().describe('Name or id of a resource; absent: everywhere.'),
          mode: z
            .enum(['erase', 'pseudonymise'])
            .describe('`pseudonymise`: another name, always the same one, and no address.'),
          reason: z.string().min(1).max(500).describe('Kept in the audit log.'),
        }),
        response: {
          200: z.object({
            activities: z.int().describe('Removed or changed.'),
            files: z.int().describe('Written anew.'),
            alerts: z.int().describe('That named the principal.'),
            pseudonym: z.string().optional(),
          }),
          ...problems,
          404: problem,
          503: problem,
        },
      },
    },
    async (request) => {
      const { principal, resource, mode, reason } = request.body;
      const archive = requireArchive(context);
      const scope = resource === undefined ? ROOT_SCOPE : (await findResource(context, request, resource)).resource.key;
      authorize(request, 'Owner', scope);
      const pseudonym = mode === 'erase' ? undefined : pseudonymOf(context, principal);
      // before: it must be known who began, also where it ends early. The name itself would be kept for ever.
      const detail = { mode, reason, principalSha256: createHash('sha256').update(principal).digest('hex') };
      await audit(context, request, { action: 'activities.erase', target: scope, detail });
      const scopes = scope === ROOT_SCOPE ? undefined : [scope];
      const erased = await answered(
        erasePrincipal(archive, { principal, scopes, until: context.clock() + 1, pseudonym }),
      );
      const filter = { ...(scopes !== undefined && { scopes }), to: context.clock() + 1 };
      const alerts = await eraseFromAlerts(context.store.alerts, filter, principal, pseudonym ?? NOBODY);
      return { ...erased, alerts, ...(pseudonym !== undefined && { pseudonym }) };
    },
  );
}

/** The same for the same name; nobody finds the name without the key of the server. */
function pseudonymOf({ identity }: ApiContext, principal: string): string {
  const digest = createHmac('sha256', identity.sealKey).update(`pseudonym\0${principal}`).digest('hex');
  return `pseudonym-${digest.slice(0, PSEUDONYM_DIGITS)}`;
}
