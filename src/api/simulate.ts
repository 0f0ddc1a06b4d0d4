import type { FastifyRequest } from 'fastify';
import { sampleAlerts } from '../alerts/sample/sample-alerts.ts';
import type { Alert } from '../model/alert.ts';
import type { Resource } from '../model/resource.ts';
import { audit } from './audit.ts';
import type { ApiContext } from './context.ts';
import { raiseAlerts } from './own-alerts.ts';

/** Raises marked examples as if they were found at the resource: stored, and told to whoever is told of real ones. */
export async function simulate(
  context: ApiContext,
  request: FastifyRequest,
  resource: Resource,
  alertTypes?: readonly string[],
): Promise<Alert[]> {
  const alerts = sampleAlerts(resource, context.clock(), alertTypes);
  await raiseAlerts(
    context,
    alerts.map((alert) => ({ alert, resourceKey: resource.key, version: 1 })),
  );
  const types = alerts.map(({ properties }) => properties.alertType);
  await audit(context, request, { action: 'alerts.simulate', target: resource.key, detail: { types } });
  return alerts;
}
