import { createHmac } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { erasePrincipal } from '../../archive/erase-principal.ts';
import type { Identity } from '../../identity/identity.ts';
import { renamingOf } from '../../lib/renaming.ts';
import { ROOT_SCOPE } from '../../model/scope.ts';
import { authorize, principalOf } from '../access.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { answered } from './activity-query.ts';
import { eraseFromAlerts } from './erase-from-alerts.ts';
import { eraseFromDecisions, eraseFromLearned, learnedResources } from './erase-from-learned.ts';
import { findResource } from './find-resource.ts';
import { problem, problems } from './schemas.ts';

const PSEUDONYM_DIGITS = 12;
/** Who did it, where no pseudonym is wanted. */
const NOBODY = 'erased principal';

const outcome = z.object({
  activities: z.int().describe('Removed or changed.'),
  files: z.int().describe('Written anew.'),
  alerts: z.int().describe('That named the principal.'),
  resources: z.int().describe('Of which nothing that was learned names the principal any longer.'),
  pending: z.int().describe('Of which something may still do: they forget it as soon as they are judged again.'),
  pseudonym: z.string().optional(),
});

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
          'What was learned of the principal goes, or stays under another name. Files of the archive are written anew; the old ones are gone within two minutes. Alerts, and what people said and decided about them, have the other name, without the literals that are kept beside them. A call that was interrupted may be made again, and goes on.',
        body: z.strictObject({
          principal: z.string().min(1).max(500),
          resource: z.string().min(1).max(500).optional().describe('Name or id of a resource; absent: everywhere.'),
          mode: z
            .enum(['erase', 'pseudonymise'])
            .describe('`pseudonymise`: another name, always the same one, and no address.'),
          reason: z.string().min(1).max(500).describe('Kept in the audit log.'),
        }),
        response: {
          200: outcome,
          ...problems,
          404: problem,
          503: problem,
        },
      },
    },
    async (request) => {
      const { resource } = request.body;
      const scope = resource === undefined ? ROOT_SCOPE : (await findResource(context, request, resource)).resource.key;
      authorize(request, 'Owner', scope);
      return erase(context, request, scope, request.body);
    },
  );
}

async function erase(
  context: ApiContext,
  request: FastifyRequest,
  scope: string,
  { principal, mode, reason }: { principal: string; mode: 'erase' | 'pseudonymise'; reason: string },
): Promise<z.output<typeof outcome>> {
  const { store, archive, identity } = context;
  const pseudonym = mode === 'erase' ? undefined : pseudonymOf(identity, principal);
  // before: it must be known who began, also where it ends early. The name itself would be kept for ever.
  const detail = { mode, reason, principalHash: keyedHash(identity, `audit\0${principal}`) };
  await audit(context, request, { action: 'activities.erase', target: scope, detail });
  const scopes = scope === ROOT_SCOPE ? undefined : [scope];
  const renaming = renamingOf(principal, pseudonym ?? NOBODY);
  const alerts = () => eraseFromAlerts(store.alerts, { ...(scopes && { scopes }), to: context.clock() + 1 }, renaming);
  const before = await alerts();
  const keys = scopes ?? (await learnedResources(context));
  const erasure = { instead: pseudonym ?? NOBODY, isKept: pseudonym !== undefined };
  const learned = await eraseFromLearned(context, keys, { principal, erasure, by: principalOf(request).name });
  // behind: what was judged until it was forgotten is on its way to the archive, and may have been told
  const until = context.clock() + 1;
  const erased = archive && (await answered(erasePrincipal(archive, { principal, scopes, until, pseudonym })));
  const told = new Set([...before, ...(await alerts())]);
  await store.alerts.rewriteNotes([scope], renaming.text);
  await eraseFromDecisions(store, keys, renaming);
  await store.overwrite();
  return {
    ...(erased ?? { activities: 0, files: 0 }),
    alerts: told.size,
    ...learned,
    ...(pseudonym !== undefined && { pseudonym }),
  };
}

/** The same for the same name; nobody finds the name without the key of the server. */
function pseudonymOf(identity: Identity, principal: string): string {
  return `pseudonym-${keyedHash(identity, `pseudonym\0${principal}`).slice(0, PSEUDONYM_DIGITS)}`;
}

function keyedHash({ sealKey }: Identity, text: string): string {
  return createHmac('sha256', sealKey).update(text).digest('hex');
}
