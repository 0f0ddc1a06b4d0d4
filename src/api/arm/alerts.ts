import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AlertStatus } from '../../model/alert.ts';
import type { StoredAlert } from '../../store/alert-store.ts';
import { authorize, isAllowed } from '../access.ts';
import { notFound } from '../api-error.ts';
import type { ApiContext } from '../context.ts';
import { originOf } from '../origin.ts';
import { changeStatus, visibleScopes } from '../v1/alerts.ts';
import { ALERT_VERSIONS, NEWEST, projectAlert } from './alert-projection.ts';
import { armRoute, PATH, scopeOf } from './arm-route.ts';
import { listAnswer, listOfShape, pageRequest, skipToken } from './page-link.ts';
import { GROUP_PATH, inGroup, inSubscription, SUBSCRIPTION_PATH } from './resource-paths.ts';

/** Azure location of all that runs here. */
export const LOCATION = 'local';
const PROVIDER = '/providers/Microsoft.Security';

const alertShape = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  properties: z.looseObject({}),
});

const LEVELS = [
  { level: 'SubscriptionLevel', path: SUBSCRIPTION_PATH, params: inSubscription, list: 'Alerts_List' },
  { level: 'ResourceGroupLevel', path: GROUP_PATH, params: inGroup, list: 'Alerts_ListByResourceGroup' },
] as const;

/** What each change is called, and from which version on. */
const CHANGES: readonly { action: string; name: string; status: AlertStatus; versions: readonly string[] }[] = [
  { action: 'dismiss', name: 'Dismiss', status: 'Dismissed', versions: ALERT_VERSIONS },
  { action: 'resolve', name: 'Resolve', status: 'Resolved', versions: ALERT_VERSIONS.slice(0, -1) },
  { action: 'activate', name: 'Activate', status: 'Active', versions: ALERT_VERSIONS.slice(0, -1) },
  { action: 'inProgress', name: 'InProgress', status: 'InProgress', versions: [NEWEST] },
  { action: 'reactivate', name: 'Reactivate', status: 'Active', versions: ALERT_VERSIONS.slice(-1) },
];

/** `Microsoft.Security/alerts`: every way to list and read them, and to say what became of them. */
export function alertRoutes(app: FastifyInstance, context: ApiContext): void {
  for (const { level, path, params, list } of LEVELS) {
    const inRegion = { ...params, ascLocation: PATH.location };
    const oneAlert = { ...inRegion, alertName: PATH.name };
    const region = `${path}${PROVIDER}/locations/:ascLocation/alerts`;
    const common = { versions: ALERT_VERSIONS, within: true } as const;
    const reading = { ...common, method: 'GET', role: 'Security Reader' } as const;
    armRoute(app, context, {
      ...reading,
      id: list,
      path: `${path}${PROVIDER}/alerts`,
      params,
      query: skipToken,
      answer: listOfShape(alertShape),
      run: ({ request, query }) => listAlerts(context, request, query),
    });
    armRoute(app, context, {
      ...reading,
      id: `Alerts_List${level}ByRegion`,
      path: region,
      params: inRegion,
      query: skipToken,
      answer: listOfShape(alertShape),
      run: async ({ request, query, params: { ascLocation } }) =>
        isHere(ascLocation) ? listAlerts(context, request, query) : { value: [] },
    });
    armRoute(app, context, {
      ...reading,
      id: `Alerts_Get${level}`,
      path: `${region}/:alertName`,
      params: oneAlert,
      answer: alertShape,
      run: async ({ request, query, params: { ascLocation, alertName } }) => {
        const { alert } = await requireAlert(context, request, ascLocation, alertName);
        return projectAlert(alert, query['api-version'], originOf(context, request));
      },
    });
    for (const { action, name, status, versions } of CHANGES) {
      armRoute(app, context, {
        id: `Alerts_Update${level}StateTo${name}`,
        method: 'POST',
        path: `${region}/:alertName/${action}`,
        versions,
        within: true,
        role: 'Security Admin',
        params: oneAlert,
        status: 204,
        run: async ({ request, params: { ascLocation, alertName } }) => {
          const stored = await requireAlert(context, request, ascLocation, alertName);
          authorize(request, 'Security Admin', stored.resourceKey);
          await changeStatus(context, request, stored, { status });
          return undefined;
        },
      });
    }
  }
}

async function listAlerts(
  context: ApiContext,
  request: FastifyRequest,
  query: Readonly<Record<string, string | undefined>> & { 'api-version': string },
) {
  const scopes = visibleScopes(request, scopeOf(request)) ?? [];
  const page = await context.store.alerts.list({ scopes }, pageRequest(query));
  const origin = originOf(context, request);
  return listAnswer(context, request, page, ({ alert }) => projectAlert(alert, query['api-version'], origin));
}

/** The alert of a path, where it is in the scope of the path, and the caller may see it. */
async function requireAlert(
  context: ApiContext,
  request: FastifyRequest,
  location: string,
  name: string,
): Promise<StoredAlert> {
  const stored = isHere(location) ? await context.store.alerts.get(name) : undefined;
  const inScope = stored?.alert.id.toLowerCase().startsWith(`${scopeOf(request).toLowerCase()}/`);
  if (stored === undefined || !inScope || !isAllowed(request, 'Security Reader', stored.resourceKey)) {
    throw notFound(`The alert '${name}' was not found in the location '${location}'.`);
  }
  return stored;
}

function isHere(location: string): boolean {
  return location.toLowerCase() === LOCATION;
}
