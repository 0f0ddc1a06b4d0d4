import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { scopesOf } from '../../identity/role.ts';
import { isWithin, ROOT_SCOPE, scopeKey } from '../../model/scope.ts';
import type { AlertFilter, StoredAlert } from '../../store/alert-store.ts';
import { authorize, isAllowed, principalOf } from '../access.ts';
import { notFound } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { alertDetail, alertSummary, detailOf, SEVERITIES, STATUSES, statusChange, summaryOf } from './alert-shapes.ts';
import { isFresh, preconditionOf } from './etag.ts';
import {
  alertName,
  etagHeader,
  flag,
  isoTime,
  listOf,
  moment,
  pageOf,
  pageQuery,
  problem,
  problems,
} from './schemas.ts';

export const alertQuery = z.object({
  severity: listOf(SEVERITIES),
  status: listOf(STATUSES),
  alertType: z.string().max(200).optional(),
  resource: z.string().max(500).optional().describe('Id of a resource, a resource group or a subscription.'),
  from: moment.describe('First event at or after.'),
  to: moment.describe('First event before.'),
  text: z.string().max(200).optional().describe('Words, or their beginnings, of name, sentence or entities.'),
  isIncident: flag,
  isHistorical: flag,
  correlationKey: z.string().max(100).optional(),
});

const read = { access: { role: 'Security Reader', within: true } } as const;
const write = { access: { role: 'Security Admin', within: true } } as const;
const params = z.object({ name: alertName });

/** Security alerts, as far as the caller's roles reach. */
export function alertRoutes(plain: FastifyInstance, context: ApiContext): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { alerts } = context.store;

  app.get(
    '/alerts',
    {
      config: read,
      schema: {
        tags: ['Alerts'],
        summary: 'List alerts, the newest first',
        querystring: alertQuery.extend(pageQuery),
        response: { 200: pageOf(alertSummary), ...problems },
      },
    },
    async (request) => {
      const { limit, cursor, ...query } = request.query;
      const page = await alerts.list(filterOf(request, query), { limit, ...(cursor !== undefined && { cursor }) });
      return { items: page.items.map(summaryOf), ...(page.next !== undefined && { next: page.next }) };
    },
  );

  app.get(
    '/alerts/:name',
    {
      config: read,
      schema: {
        tags: ['Alerts'],
        summary: 'Get one alert with its evidence',
        params,
        response: { 200: alertDetail, 304: z.undefined(), ...problems, 404: problem },
      },
    },
    async (request, reply) => {
      const stored = await visibleAlert(context, request, request.params.name);
      return isFresh(request, reply, stored.etag) ? reply.code(304).send() : detailOf(stored);
    },
  );

  app.patch(
    '/alerts/:name',
    {
      config: write,
      schema: {
        tags: ['Alerts'],
        summary: 'Change the status of an alert',
        params,
        headers: etagHeader,
        body: z.strictObject({
          status: z
            .enum(STATUSES)
            .describe('Dismissed accepts what was found: it becomes usual. Resolved teaches nothing.'),
          reason: z.string().min(1).max(500).optional(),
        }),
        response: { 200: alertDetail, ...problems, 404: problem, 412: problem },
      },
    },
    async (request, reply) => {
      const stored = await visibleAlert(context, request, request.params.name);
      authorize(request, 'Security Admin', stored.resourceKey);
      const changed = await changeStatus(context, request, stored, request.body);
      isFresh(request, reply, changed.etag);
      return detailOf(changed);
    },
  );

  app.get(
    '/alerts/:name/history',
    {
      config: read,
      schema: {
        tags: ['Alerts'],
        summary: 'Who changed the status, the oldest first',
        params,
        response: { 200: z.object({ items: z.array(statusChange) }), ...problems, 404: problem },
      },
    },
    async (request) => {
      await visibleAlert(context, request, request.params.name);
      const changes = await alerts.statusChanges(request.params.name);
      return { items: changes.map((change) => ({ ...change, time: isoTime(change.time) })) };
    },
  );
}

/** Changes the status as far as nobody else did so first, and notes it. */
export async function changeStatus(
  context: ApiContext,
  request: FastifyRequest,
  stored: StoredAlert,
  { status, reason }: { status: StoredAlert['alert']['properties']['status']; reason?: string | undefined },
): Promise<StoredAlert> {
  const { name } = stored.alert;
  const { ifMatch } = preconditionOf(request.headers as { 'if-match'?: string });
  const change = {
    status,
    by: principalOf(request).name,
    time: context.clock(),
    ...(reason !== undefined && { reason }),
  };
  const changed = await context.store.alerts.changeStatus(name, change, ifMatch);
  await audit(context, request, {
    action: 'alerts.status',
    target: stored.alert.id,
    detail: { from: stored.alert.properties.status, to: status, ...(reason !== undefined && { reason }) },
  });
  return changed;
}

/** The alert, where the caller may see it; otherwise there is none. */
export async function visibleAlert(context: ApiContext, request: FastifyRequest, name: string): Promise<StoredAlert> {
  const stored = await context.store.alerts.get(name);
  if (stored === undefined || !isAllowed(request, 'Security Reader', stored.resourceKey)) {
    throw notFound(`There is no alert ${name}.`);
  }
  return stored;
}

/** What is asked for, within what the caller may see. */
export function filterOf(request: FastifyRequest, query: z.output<typeof alertQuery>): AlertFilter {
  const { severity, status, alertType, resource, ...rest } = query;
  const scopes = visibleScopes(request, resource);
  const others = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== ''));
  return {
    ...others,
    ...(severity !== undefined && { severities: severity }),
    ...(status !== undefined && { statuses: status }),
    ...(alertType !== undefined && { alertTypes: alertType.split(',') }),
    ...(scopes !== undefined && { scopes }),
  };
}

/** Scopes to look in: what is asked for, as far as the caller's roles reach; undefined: everywhere. */
export function visibleScopes(request: FastifyRequest, asked: string | undefined): string[] | undefined {
  const own = scopesOf(principalOf(request).assignments, 'Security Reader');
  const wanted = scopeKey(asked ?? ROOT_SCOPE);
  if (own.includes(ROOT_SCOPE)) {
    return wanted === ROOT_SCOPE ? undefined : [wanted];
  }
  if (isAllowed(request, 'Security Reader', wanted)) {
    return [wanted];
  }
  return own.filter((scope) => isWithin(scope, wanted));
}
