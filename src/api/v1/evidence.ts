import { createPublicKey } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { evidenceKey, keptEvidenceKey } from '../../evidence/evidence-key.ts';
import { evidenceOf } from '../../evidence/evidence-of.ts';
import { keyIdOf, pemOf } from '../../evidence/package.ts';
import { sealingBy } from '../../identity/seal.ts';
import type { StoredAlert } from '../../store/alert-store.ts';
import { principalOf } from '../access.ts';
import { notFound } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { answered } from './activity-query.ts';
import { filterOf, visibleAlert } from './alerts.ts';
import { alertName, problem, problems } from './schemas.ts';

/** Alerts of an incident that a package holds. */
const MOST_ALERTS = 200;

/** Packages of evidence, and the key that vouches for them. */
export function evidenceRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.post(
    '/alerts/:name/evidence',
    {
      config: { access: { role: 'Security Reader', within: true } },
      schema: {
        tags: ['Alerts'],
        summary: 'Make a signed package of evidence (ZIP)',
        description:
          'Of an incident: with its alerts. Holds a report to read, the alerts, their log lines, and the activities from an hour before to an hour behind as Parquet and CSV. `vedette evidence verify` checks it.',
        params: z.object({ name: alertName }),
        response: { 200: z.any().describe('The package.'), ...problems, 404: problem, 503: problem },
      },
    },
    async (request, reply) => {
      const stored = await visibleAlert(context, request, request.params.name);
      const { alerts } = context.store;
      const all = [stored, ...(stored.alert.properties.isIncident ? await membersOf(context, request, stored) : [])];
      const packed = await answered(
        evidenceOf({
          alerts: all as [StoredAlert, ...StoredAlert[]],
          changes: await alerts.statusChanges(stored.alert.name),
          comments: await alerts.comments(stored.alert.name),
          archive: context.archive,
          privateKey: await evidenceKey(context.store, sealingBy(context.identity.sealKey), context.clock()),
          time: context.clock(),
          by: principalOf(request).name,
        }),
      );
      await audit(context, request, {
        action: 'alerts.evidence',
        target: stored.alert.id,
        detail: { alerts: all.length },
      });
      return reply
        .type('application/zip')
        .header('content-disposition', `attachment; filename="evidence-${stored.alert.name}.zip"`)
        .send(packed);
    },
  );

  app.get(
    '/evidence-key',
    {
      config: { access: { open: 'discovery' } },
      schema: {
        tags: ['Alerts'],
        summary: 'The public key that packages of evidence are signed by',
        security: [],
        response: {
          200: z.object({
            keyId: z.string().describe('SHA-256 of the key, base64url; packages name it.'),
            algorithm: z.literal('Ed25519'),
            pem: z.string(),
          }),
          404: problem,
        },
      },
    },
    async () => {
      const kept = await keptEvidenceKey(context.store, sealingBy(context.identity.sealKey));
      if (kept === undefined) {
        throw notFound('This server has no key yet: it is made with the first package.');
      }
      const key = createPublicKey(kept);
      return { keyId: keyIdOf(key), algorithm: 'Ed25519' as const, pem: pemOf(key) };
    },
  );
}

async function membersOf(context: ApiContext, request: FastifyRequest, { alert }: StoredAlert): Promise<StoredAlert[]> {
  const filter = filterOf(request, { correlationKey: alert.properties.correlationKey });
  const { items } = await context.store.alerts.list(filter, { limit: MOST_ALERTS });
  return items.filter((it) => it.alert.name !== alert.name).reverse();
}
