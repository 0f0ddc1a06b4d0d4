import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isInForce, SUPPRESSION_KIND, type SuppressionRule, suppressionRuleId } from '../../alerts/suppression.ts';
import { allDocuments } from '../../store/all-documents.ts';
import type { StoredDocument } from '../../store/document-store.ts';
import { notFound } from '../api-error.ts';
import type { ApiContext } from '../context.ts';
import { keepSuppression, removeSuppression } from '../keep-suppression.ts';
import { isoTime } from '../v1/schemas.ts';
import { armRoute, PATH } from './arm-route.ts';
import { listOfShape } from './page-link.ts';
import { inSubscription, SUBSCRIPTION_PATH } from './resource-paths.ts';

const TYPE = 'Microsoft.Security/alertsSuppressionRules';
const BASE = `${SUBSCRIPTION_PATH}/providers/${TYPE}`;
const MOST_CONDITIONS = 50;

/** azure-cli sends what was typed, which may be a list in JSON, or one value. */
const values = z
  .union([z.array(z.string().max(1000)).max(500), z.string().max(10_000)])
  .transform((given) => (Array.isArray(given) ? given : listIn(given)));
const condition = z.looseObject({
  field: z.string().min(1).max(200).describe('`entities.ip.address`, `entities.account.name` …'),
  in: values.optional(),
  contains: z.string().max(1000).optional(),
});
const moment = z.iso.datetime({ offset: true, local: true });
const body = z.looseObject({
  properties: z.looseObject({
    alertType: z.string().min(1).max(200).describe('`*` for every type.'),
    reason: z.string().min(1).max(500),
    state: z.enum(['Enabled', 'Disabled', 'Expired']),
    expirationDateUtc: moment.nullish(),
    expirationDateUTC: moment.nullish(),
    comment: z.string().max(2000).nullish(),
    suppressionAlertsScope: z.looseObject({ allOf: z.array(condition).max(MOST_CONDITIONS) }).nullish(),
  }),
});
const rule = z.object({
  id: z.string(),
  name: z.string(),
  type: z.literal(TYPE),
  properties: z.looseObject({
    alertType: z.string(),
    reason: z.string(),
    state: z.string(),
    lastModifiedUtc: z.string(),
  }),
});

/** `Microsoft.Security/alertsSuppressionRules`: what fits such a rule is born dismissed. */
export function suppressionRuleRoutes(app: FastifyInstance, context: ApiContext): void {
  const { documents } = context.store;
  const one = {
    path: `${BASE}/:ruleName`,
    params: { ...inSubscription, ruleName: PATH.name },
    versions: ['2019-01-01-preview'],
  };
  armRoute(app, context, {
    id: 'AlertsSuppressionRules_List',
    method: 'GET',
    path: BASE,
    versions: one.versions,
    role: 'Security Reader',
    params: inSubscription,
    query: { AlertType: z.string().max(200).optional() },
    answer: listOfShape(rule),
    run: async ({ params: { subscriptionId }, query }) => {
      const records = await allDocuments(context.store, SUPPRESSION_KIND, `/subscriptions/${subscriptionId}`);
      const rules = records.map((record) => project(record, subscriptionId, context.clock()));
      const { AlertType: type } = query;
      return { value: rules.filter(({ properties }) => type === undefined || properties.alertType === type) };
    },
  });
  armRoute(app, context, {
    ...one,
    id: 'AlertsSuppressionRules_Get',
    method: 'GET',
    role: 'Security Reader',
    answer: rule,
    run: async ({ params: { subscriptionId, ruleName } }) => {
      const record = await documents.get(SUPPRESSION_KIND, suppressionRuleId(subscriptionId, ruleName).toLowerCase());
      if (record === undefined) {
        throw notFound(`There is no suppression rule '${ruleName}'.`);
      }
      return project(record, subscriptionId, context.clock());
    },
  });
  armRoute(app, context, {
    ...one,
    id: 'AlertsSuppressionRules_Update',
    method: 'PUT',
    role: 'Security Admin',
    body,
    answer: rule,
    run: async ({ request, params: { subscriptionId, ruleName }, body: { properties } }) => {
      const document = await keepSuppression(context, request, subscriptionId, keptRule(ruleName, properties));
      return project(document, subscriptionId, context.clock());
    },
  });
  armRoute(app, context, {
    ...one,
    id: 'AlertsSuppressionRules_Delete',
    method: 'DELETE',
    role: 'Security Admin',
    status: 204,
    run: async ({ request, params: { subscriptionId, ruleName } }) => {
      await removeSuppression(context, request, subscriptionId, ruleName);
      return undefined;
    },
  });
}

function keptRule(name: string, given: z.output<typeof body>['properties']): SuppressionRule {
  const until = given.expirationDateUtc ?? given.expirationDateUTC;
  return {
    name,
    alertType: given.alertType,
    reason: given.reason,
    state: given.state === 'Disabled' ? 'Disabled' : 'Enabled',
    ...(given.comment != null && { comment: given.comment }),
    ...(until != null && { until: Date.parse(/Z|[+-]\d\d:?\d\d$/.test(until) ? until : `${until}Z`) }),
    conditions: (given.suppressionAlertsScope?.allOf ?? []).map(({ field, in: oneOf, contains }) => ({
      field,
      ...(oneOf !== undefined && { oneOf }),
      ...(contains !== undefined && { contains }),
    })),
  };
}

function project(
  { body: kept, changedTime }: StoredDocument,
  subscriptionId: string,
  now: number,
): z.output<typeof rule> {
  const { name, alertType, reason, state, comment, until, conditions } = kept as SuppressionRule;
  return {
    id: suppressionRuleId(subscriptionId, name),
    name,
    type: TYPE,
    properties: {
      alertType,
      reason,
      state: state === 'Enabled' && !isInForce(kept as SuppressionRule, now) ? 'Expired' : state,
      lastModifiedUtc: isoTime(changedTime),
      ...(until !== undefined && { expirationDateUtc: isoTime(until) }),
      ...(comment !== undefined && { comment }),
      ...(conditions.length > 0 && {
        suppressionAlertsScope: {
          allOf: conditions.map(({ field, oneOf, contains }) => ({
            field,
            ...(oneOf !== undefined && { in: oneOf }),
            ...(contains !== undefined && { contains }),
          })),
        },
      }),
    },
  };
}

function listIn(text: string): string[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.map(String) : [text];
  } catch {
    return [text];
  }
}
