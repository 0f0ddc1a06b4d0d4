import type { FastifyInstance } from 'fastify';
import type { Authenticate } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { activityRoutes } from './activities.ts';
import { activityStreamRoutes } from './activity-stream.ts';
import { addedResourceRoutes } from './added-resources.ts';
import { alertCommentRoutes } from './alert-comments.ts';
import { alertCountRoute } from './alert-counts.ts';
import { alertExportRoute } from './alert-export.ts';
import { alertStatusChangeRoute } from './alert-status-changes.ts';
import { alertStreamRoute } from './alert-stream.ts';
import { alertRoutes } from './alerts.ts';
import { auditRoutes } from './audit-log.ts';
import { baselineChangeRoutes } from './baseline-changes.ts';
import { baselineRoutes } from './baselines.ts';
import { dataFileRoutes } from './data-files.ts';
import { deliveryRoutes } from './deliveries.ts';
import { detectorRoutes } from './detectors.ts';
import { erasureRoutes } from './erasures.ts';
import { evidenceRoutes } from './evidence.ts';
import { expectedRuleRoutes } from './expected-rules.ts';
import { healthRoutes } from './health.ts';
import { heldSettingsRoute } from './held-settings.ts';
import { huntRoutes } from './hunts.ts';
import { logLineRoutes } from './log-lines.ts';
import { maintenanceRoutes } from './maintenance.ts';
import { meRoutes } from './me.ts';
import { networkRoutes } from './networks.ts';
import { notificationRoutes } from './notifications.ts';
import { oidcRoutes } from './oidc-sign-in.ts';
import { policyRoutes } from './policies.ts';
import { relatedAlertRoute } from './related-alerts.ts';
import { resourceRoutes } from './resources.ts';
import { revealRoute } from './reveal.ts';
import { selfTestRoutes } from './self-tests.ts';
import { servicePrincipalRoutes } from './service-principals.ts';
import { signInRoutes } from './sign-in.ts';
import { simulationRoutes } from './simulations.ts';
import { sqlRoutes } from './sql.ts';
import { suppressionRoutes } from './suppressions.ts';
import { tokenRoutes } from './tokens.ts';
import { tuningRoutes } from './tuning-runs.ts';
import { userRoutes } from './users.ts';

const ROUTES = [
  signInRoutes,
  oidcRoutes,
  meRoutes,
  alertRoutes,
  alertCountRoute,
  alertExportRoute,
  alertStatusChangeRoute,
  alertCommentRoutes,
  relatedAlertRoute,
  evidenceRoutes,
  revealRoute,
  expectedRuleRoutes,
  suppressionRoutes,
  simulationRoutes,
  selfTestRoutes,
  activityRoutes,
  activityStreamRoutes,
  sqlRoutes,
  huntRoutes,
  erasureRoutes,
  resourceRoutes,
  addedResourceRoutes,
  healthRoutes,
  baselineRoutes,
  baselineChangeRoutes,
  networkRoutes,
  heldSettingsRoute,
  detectorRoutes,
  policyRoutes,
  tuningRoutes,
  logLineRoutes,
  dataFileRoutes,
  userRoutes,
  servicePrincipalRoutes,
  tokenRoutes,
  auditRoutes,
  notificationRoutes,
  maintenanceRoutes,
  deliveryRoutes,
];

/** All of `/api/v1`. */
export async function v1Routes(
  app: FastifyInstance,
  { context, authenticate }: { context: ApiContext; authenticate: Authenticate },
): Promise<void> {
  for (const routes of ROUTES) {
    routes(app, context);
  }
  alertStreamRoute(app, context, authenticate);
}
