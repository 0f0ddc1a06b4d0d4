import { z } from 'zod';
import { isBroad, isInForce, type SuppressionRule, subscriptionScopeOf } from '../../alerts/suppression.ts';
import type { StoredDocument } from '../../store/document-store.ts';
import { PATH } from '../arm/arm-route.ts';
import { isoTime, time } from './schemas.ts';

const MOST_CONDITIONS = 50;

const condition = z
  .strictObject({
    field: z.string().min(1).max(200).describe('`entities.ip.address`, `entities.account.name`, `severity` …'),
    oneOf: z.array(z.string().max(1000)).min(1).max(500).exactOptional(),
    contains: z.string().min(1).max(1000).exactOptional(),
  })
  .refine(({ oneOf, contains }) => (oneOf ?? contains) !== undefined, 'needs oneOf or contains');

const matter = {
  subscriptionId: PATH.subscriptionId,
  alertType: z.string().min(1).max(200).describe('`*` for every type.'),
  conditions: z.array(condition).max(MOST_CONDITIONS).default([]).describe('All of them must fit.'),
};

/** What a rule is about. */
export const suppressionMatter = z.strictObject(matter);
export const newSuppression = z.strictObject({
  ...matter,
  reason: z.string().min(1).max(500),
  comment: z.string().max(2000).exactOptional(),
  isEnabled: z.boolean().default(true),
  until: z.iso
    .datetime({ offset: true })
    .exactOptional()
    .describe('First moment at which it holds no more; absent: for ever.'),
});

export const suppressionShape = z
  .object({
    id: z.string().describe("As Azure's clients name it."),
    name: z.string(),
    subscriptionId: z.string(),
    alertType: z.string(),
    reason: z.string(),
    comment: z.string().optional(),
    state: z.enum(['Enabled', 'Disabled', 'Expired']),
    until: time.optional(),
    conditions: z.array(
      z.object({ field: z.string(), oneOf: z.array(z.string()).optional(), contains: z.string().optional() }),
    ),
    isBroad: z.boolean().describe('It would hide attacks that nobody thought of.'),
    changedTime: time,
    etag: z.string(),
  })
  .meta({ id: 'Suppression' });

export function describeSuppression(document: StoredDocument, now: number): z.output<typeof suppressionShape> {
  const rule = document.body as SuppressionRule;
  const { name, alertType, reason, comment, state, until, conditions } = rule;
  return {
    id: document.scope,
    name,
    subscriptionId: subscriptionScopeOf(document.scope).slice('/subscriptions/'.length),
    alertType,
    reason,
    ...(comment !== undefined && { comment }),
    state: state === 'Enabled' && !isInForce(rule, now) ? 'Expired' : state,
    ...(until !== undefined && { until: isoTime(until) }),
    conditions: conditions.map(({ field, oneOf, contains }) => ({
      field,
      ...(oneOf && { oneOf: [...oneOf] }),
      ...(contains !== undefined && { contains }),
    })),
    isBroad: isBroad(rule),
    changedTime: isoTime(document.changedTime),
    etag: document.etag,
  };
}

export function suppressionOf(name: string, given: z.output<typeof newSuppression>): SuppressionRule {
  const { alertType, reason, comment, isEnabled, until, conditions } = given;
  return {
    name,
    alertType,
    reason,
    state: isEnabled ? 'Enabled' : 'Disabled',
    ...(comment !== undefined && { comment }),
    ...(until !== undefined && { until: Date.parse(until) }),
    conditions,
  };
}
