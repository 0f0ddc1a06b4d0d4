import type { FastifyRequest } from 'fastify';
import { isBroad, SUPPRESSION_KIND, type SuppressionRule, suppressionRuleId } from '../alerts/suppression.ts';
import type { StoredDocument } from '../store/document-store.ts';
import { audit } from './audit.ts';
import type { ApiContext } from './context.ts';
import { raiseBroadSuppression } from './own-alerts.ts';

/** Keeps a rule, whichever way it came. */
export async function keepSuppression(
  context: ApiContext,
  request: FastifyRequest,
  subscriptionId: string,
  rule: SuppressionRule,
  precondition: { ifMatch?: string } = {},
): Promise<StoredDocument> {
  const scope = suppressionRuleId(subscriptionId, rule.name).toLowerCase();
  const wanted = { kind: SUPPRESSION_KIND, scope, body: rule, time: context.clock() };
  const { document } = await context.store.documents.put(wanted, precondition);
  await audit(context, request, { action: 'suppression.change', target: scope, detail: rule });
  if (rule.state === 'Enabled' && isBroad(rule)) {
    await raiseBroadSuppression(context, request, subscriptionId, rule);
  }
  return document;
}

export async function removeSuppression(
  context: ApiContext,
  request: FastifyRequest,
  subscriptionId: string,
  name: string,
  precondition: { ifMatch?: string } = {},
): Promise<void> {
  const scope = suppressionRuleId(subscriptionId, name).toLowerCase();
  if (await context.store.documents.remove(SUPPRESSION_KIND, scope, precondition)) {
    await audit(context, request, { action: 'suppression.remove', target: scope });
  }
}
