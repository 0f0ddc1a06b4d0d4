import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { openEvidence } from '../../lib/evidence-seal.ts';
import type { SealedLine } from '../../store/alert-store.ts';
import { authorize } from '../access.ts';
import { ApiError } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { LIMITS } from '../limits.ts';
import { visibleAlert } from './alerts.ts';
import { alertName, problem, problems } from './schemas.ts';

const line = z.object({
  source: z.string(),
  byteOffset: z.number(),
  text: z.string().describe('With its literals where `isRevealed`; else as the alert shows it.'),
  isRevealed: z
    .boolean()
    .describe('False: the line holds no literal, or one that may be a secret, so that none was kept.'),
});

/** The raw lines of an alert as they were sent. Passwords, keys, tokens and connection strings were never kept. */
export function revealRoute(plain: FastifyInstance, context: ApiContext): void {
  const { evidenceKey } = context;
  if (evidenceKey === undefined) {
    return;
  }
  plain.withTypeProvider<ZodTypeProvider>().post(
    '/alerts/:name/reveal',
    {
      config: {
        access: { role: 'Security Admin', within: true },
        rateLimit: { max: LIMITS.revealsPerMinute, timeWindow: '1 minute' },
      },
      schema: {
        tags: ['Alerts'],
        summary: 'Show the literals in the raw lines of an alert; who did so, and why, is kept for ever',
        params: z.object({ name: alertName }),
        body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
        response: { 200: z.object({ items: z.array(line) }), ...problems, 404: problem, 409: problem },
      },
    },
    async (request, reply) => {
      const { alert, resourceKey } = await visibleAlert(context, request, request.params.name);
      authorize(request, 'Security Admin', resourceKey);
      const shown = (alert.properties.supportingEvidence.rawLines ?? []) as {
        source: string;
        byteOffset: number;
        text: string;
      }[];
      const background = await context.store.alerts.background(alert.name);
      const items = shown.map((masked) => opened(masked, linesOf(background?.sealed), evidenceKey));
      await audit(context, request, {
        action: 'alerts.reveal',
        target: alert.id,
        detail: { reason: request.body.reason, lines: items.filter(({ isRevealed }) => isRevealed).length },
      });
      reply.header('cache-control', 'no-store');
      return { items };
    },
  );
}

function linesOf(sealed: Uint8Array | undefined): SealedLine[] {
  return sealed === undefined ? [] : (JSON.parse(Buffer.from(sealed).toString()) as SealedLine[]);
}

function opened(
  masked: { source: string; byteOffset: number; text: string },
  lines: readonly SealedLine[],
  key: Uint8Array,
): z.output<typeof line> {
  const { source, byteOffset } = masked;
  const found = lines.find((it) => it.source === source && it.byteOffset === byteOffset);
  if (found === undefined) {
    return { ...masked, isRevealed: false };
  }
  try {
    return { source, byteOffset, text: openEvidence(found.sealed, String(byteOffset), key), isRevealed: true };
  } catch {
    throw new ApiError(
      409,
      'EvidenceKeyLost',
      'The raw lines were sealed with another key; bring back the file evidence.key, or server.evidenceKey, of that time.',
    );
  }
}
