import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { csvLine } from '../../lib/csv-line.ts';
import type { AlertFilter } from '../../store/alert-store.ts';
import type { Store } from '../../store/store.ts';
import type { ApiContext } from '../context.ts';
import { type AlertSummary, summaryOf } from './alert-shapes.ts';
import { alertQuery, filterOf } from './alerts.ts';
import { problems } from './schemas.ts';

/** Alerts that are read at once; the next ones wait until the client has taken these. */
const PAGE_SIZE = 200;
/** A spreadsheet that is not told so takes it for another encoding. */
const BYTE_ORDER_MARK = '\uFEFF';
const COLUMNS = [
  'startTime',
  'endTime',
  'severity',
  'status',
  'displayName',
  'resourceName',
  'principal',
  'address',
  'countryCode',
  'description',
  'alertType',
  'isIncident',
  'correlationKey',
  'resourceId',
  'name',
] as const satisfies readonly (keyof AlertSummary)[];

/** All alerts that fit, as a table for spreadsheets; beside their list, so that no name of an alert can be taken for it. */
export function alertExportRoute(plain: FastifyInstance, { store }: ApiContext): void {
  plain.withTypeProvider<ZodTypeProvider>().get(
    '/alert-export',
    {
      config: { access: { role: 'Security Reader', within: true } },
      schema: {
        tags: ['Alerts'],
        summary: 'All alerts that fit as CSV, the newest first',
        description: 'No cell is a formula to a spreadsheet: an apostrophe stands before such a text.',
        querystring: alertQuery,
        response: { 200: z.any().describe('The table.'), ...problems },
      },
    },
    async (request, reply) =>
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="alerts.csv"')
        .send(Readable.from(linesOf(store, filterOf(request, request.query)))),
  );
}

async function* linesOf({ alerts }: Store, filter: AlertFilter): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(COLUMNS);
  let cursor: string | undefined;
  do {
    const page = await alerts.list(filter, { limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) });
    const summaries = page.items.map(summaryOf);
    yield summaries.map((summary) => csvLine(COLUMNS.map((column) => String(summary[column] ?? '')))).join('');
    cursor = page.next;
  } while (cursor !== undefined);
}
