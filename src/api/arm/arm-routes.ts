import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../context.ts';
import { alertRoutes } from './alerts.ts';
import { requireApiVersion } from './arm-route.ts';
import { diagnosticSettingRoutes } from './diagnostic-settings.ts';
import { flexibleServerProtectionRoutes } from './flexible-server-protection.ts';
import { pricingRoutes } from './pricings.ts';
import { providerRoutes } from './providers.ts';
import { resourceListRoutes } from './resources.ts';
import { securityContactRoutes } from './security-contacts.ts';
import { securityLocationRoutes } from './security-locations.ts';
import { serverAlertPolicyRoutes } from './server-alert-policies.ts';
import { serverRoutes } from './servers.ts';
import { simulateAlertRoutes } from './simulate-alerts.ts';
import { subscriptionRoutes } from './subscriptions.ts';
import { suppressionRuleRoutes } from './suppression-rules.ts';
import { threatProtectionRoutes } from './threat-protection.ts';

const GROUPS = [
  subscriptionRoutes,
  resourceListRoutes,
  providerRoutes,
  serverRoutes,
  threatProtectionRoutes,
  serverAlertPolicyRoutes,
  flexibleServerProtectionRoutes,
  alertRoutes,
  simulateAlertRoutes,
  suppressionRuleRoutes,
  securityContactRoutes,
  pricingRoutes,
  securityLocationRoutes,
  diagnosticSettingRoutes,
];

/** Azure's own management API, as far as Advanced Threat Protection is managed by it. */
export async function armRoutes(app: FastifyInstance, { context }: { context: ApiContext }): Promise<void> {
  requireApiVersion(app);
  for (const routes of GROUPS) {
    routes(app, context);
  }
}
