import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Alert } from '../../model/alert.ts';
import type { ApiContext } from '../context.ts';
import { type AlertSummary, alertSummary, summaryOf } from './alert-shapes.ts';
import { visibleScopes } from './alerts.ts';

const DAYS = 90;
const DAY_MS = 86_400_000;
const PAGE = 500;
/** Alerts that are looked at; of more, the newest. */
const MOST = 10_000;
const SHOWN = 20;

export const hiddenAlerts = z.object({
  days: z.int().describe('How far back was looked.'),
  looked: z.int().describe('Alerts of the scope in this time.'),
  hidden: z.int().describe('How many of them the rule would have hidden.'),
  isWhole: z.boolean().describe('Whether all alerts of this time were looked at.'),
  items: z.array(alertSummary).describe('Some that it would have hidden, the newest first.'),
});

/** What a rule would have hidden in the last 90 days, as far as the caller may see. */
export async function findHidden(
  { store, clock }: ApiContext,
  request: FastifyRequest,
  scope: string,
  fits: (alert: Alert) => boolean,
): Promise<z.output<typeof hiddenAlerts>> {
  const scopes = visibleScopes(request, scope);
  const filter = { from: clock() - DAYS * DAY_MS, ...(scopes !== undefined && { scopes }) };
  const found = { days: DAYS, looked: 0, hidden: 0, isWhole: true, items: [] as AlertSummary[] };
  let cursor: string | undefined;
  do {
    const page = await store.alerts.list(filter, { limit: PAGE, ...(cursor !== undefined && { cursor }) });
    const hidden = page.items.filter(({ alert }) => fits(alert));
    found.looked += page.items.length;
    found.hidden += hidden.length;
    found.items.push(...hidden.slice(0, SHOWN - found.items.length).map(summaryOf));
    cursor = page.next;
  } while (cursor !== undefined && found.looked < MOST);
  return { ...found, isWhole: cursor === undefined };
}
