import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiContext } from '../context.ts';
import { isoTime, moment, pageOf, pageQuery, problems, time } from './schemas.ts';

const entry = z
  .object({
    sequence: z.int(),
    time,
    actor: z.string(),
    action: z.string(),
    target: z.string(),
    outcome: z.enum(['success', 'failure']),
    address: z.string().optional(),
    detail: z.unknown().optional(),
    hash: z.string().describe('SHA-256 over this entry and the hash of the one before.'),
  })
  .meta({ id: 'AuditEntry' });
const config = { access: { role: 'Owner' } } as const;

/** What was done, by whom; nothing of it can be changed without a trace. */
export function auditRoutes(plain: FastifyInstance, { store }: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  app.get(
    '/audit-log',
    {
      config,
      schema: {
        tags: ['Audit log'],
        summary: 'List what was done, the newest first',
        querystring: z.object({
          ...pageQuery,
          actor: z.string().max(200).optional(),
          action: z.string().max(100).optional(),
          target: z.string().max(500).optional(),
          from: moment,
          to: moment,
        }),
        response: { 200: pageOf(entry), ...problems },
      },
    },
    async (request) => {
      const { limit, cursor, target, ...query } = request.query;
      const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
      const filter = { ...given, ...(target !== undefined && { target: target.toLowerCase() }) };
      const page = await store.audit.list(filter, { limit, ...(cursor !== undefined && { cursor }) });
      const items = page.items.map((it) => ({ ...it, time: isoTime(it.time) }));
      return { items, ...(page.next !== undefined && { next: page.next }) };
    },
  );
  app.get(
    '/audit-log/verdict',
    {
      config,
      schema: {
        tags: ['Audit log'],
        summary: 'Walk through the whole chain of hashes',
        response: {
          200: z.object({
            intact: z.boolean(),
            entries: z.int(),
            head: z.string().optional(),
            brokenAt: z.int().optional(),
            reason: z.string().optional(),
          }),
          ...problems,
        },
      },
    },
    async () => store.audit.verify(),
  );
}
