import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiContext } from '../context.ts';
import { isoTime, problems, time } from './schemas.ts';

/** After so many days without a change a file is told to be old: addresses change hands. */
const OLD_DAYS = { geo: 60, asn: 60, cloudRanges: 30, reputation: 2 } as const;
const DAY_MS = 86_400_000;

const shape = z.object({
  kind: z.enum(['geo', 'asn', 'cloudRanges', 'reputation']),
  name: z.string(),
  bytes: z.int(),
  changedTime: time,
  ageDays: z.number(),
  isOld: z.boolean(),
  publisher: z.string().optional().describe('Where `vedette data update` fetches it.'),
});
const answer = z.object({
  items: z.array(shape),
  missing: z.array(shape.shape.kind).describe('Kinds without a file; geo and asn may come with the program.'),
  attributions: z.array(z.string()).describe('What the licences of the data ask to be shown.'),
  notes: z.array(z.string()).describe('What is worth knowing of the data.'),
});

/** What Vedette knows addresses by, and how old that is. */
export function dataFileRoutes(plain: FastifyInstance, { addressData, clock }: ApiContext): void {
  if (addressData === undefined) {
    return;
  }
  plain.withTypeProvider<ZodTypeProvider>().get(
    '/data-files',
    {
      config: { access: { role: 'Security Reader', within: true } },
      schema: {
        tags: ['Address data'],
        summary: 'List the data files about addresses, with their age',
        response: { 200: answer, ...problems },
      },
    },
    async () => {
      const { files, attributions, notes } = await addressData();
      return {
        items: files.map(({ kind, changedTime, ...file }) => {
          const ageDays = Math.max(0, (clock() - changedTime) / DAY_MS);
          const isOld = ageDays > OLD_DAYS[kind];
          return { ...file, kind, changedTime: isoTime(changedTime), ageDays, isOld };
        }),
        missing: Object.keys(OLD_DAYS).filter(
          (kind): kind is keyof typeof OLD_DAYS => !files.some((file) => file.kind === kind),
        ),
        attributions: [...attributions],
        notes: [...notes],
      };
    },
  );
}
