import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ProtectionSettings } from '../../model/protection-settings.ts';
import type { ResourceRow } from '../../store/resource-store.ts';
import type { ApiContext } from '../context.ts';
import { settingsOf } from '../v1/resource-shapes.ts';
import { armRoute } from './arm-route.ts';
import { changeSettings } from './change-settings.ts';
import { listOfShape } from './page-link.ts';
import { callerId, ofResource, requireResource, resourcePath } from './resource-paths.ts';

const TYPE = 'Microsoft.DBforPostgreSQL/servers/securityAlertPolicies';
/** Where the storage account of the policy is kept. */
const KIND = 'securityAlertPolicies';
const VERSIONS = ['2017-12-01', '2017-12-01-preview'];
const BASE = `${resourcePath('servers')}/securityAlertPolicies`;

const state = z.enum(['Enabled', 'Disabled']);
const properties = z.object({
  state,
  disabledAlerts: z.array(z.string().min(1).max(100)).max(100),
  emailAddresses: z.array(z.email().max(254)).max(100),
  emailAccountAdmins: z.boolean(),
  storageEndpoint: z.string().max(300),
  retentionDays: z.int().min(0).max(36_500),
});
const policy = z.object({ id: z.string(), name: z.literal('Default'), type: z.literal(TYPE), properties });
const body = z.looseObject({
  properties: properties.partial().extend({
    state,
    storageAccountAccessKey: z
      .string()
      .max(1000)
      .optional()
      .describe('Never kept: Vedette writes to no storage account.'),
  }),
});

/** The policy of a single server. */
export function serverAlertPolicyRoutes(app: FastifyInstance, context: ApiContext): void {
  const common = { versions: VERSIONS, params: ofResource, path: `${BASE}/Default` };
  armRoute(app, context, {
    ...common,
    id: 'ServerSecurityAlertPolicies_Get',
    method: 'GET',
    role: 'Security Reader',
    answer: policy,
    run: async ({ request, params }) =>
      tell(context, await requireResource(context, 'servers', params), callerId(request)),
  });
  armRoute(app, context, {
    ...common,
    id: 'ServerSecurityAlertPolicies_ListByServer',
    path: BASE,
    method: 'GET',
    role: 'Security Reader',
    answer: listOfShape(policy),
    run: async ({ request, params }) => {
      const row = await requireResource(context, 'servers', params);
      return { value: [await tell(context, row, `${callerId(request)}/Default`)] };
    },
  });
  armRoute(app, context, {
    ...common,
    id: 'ServerSecurityAlertPolicies_CreateOrUpdate',
    method: 'PUT',
    role: 'Security Admin',
    body,
    answer: policy,
    run: async ({ request, params, body: { properties: given } }) => {
      const row = await requireResource(context, 'servers', params);
      await changeSettings(context, request, row, (before) => changed(before, given));
      await context.store.documents.put({
        kind: KIND,
        scope: row.resource.key,
        body: { storageEndpoint: given.storageEndpoint ?? '' },
        time: context.clock(),
      });
      return tell(context, row, callerId(request));
    },
  });
}

/** A PUT replaces the policy: what it does not hold goes back to what files and policies say. */
function changed(before: ProtectionSettings, given: z.output<typeof body>['properties']): ProtectionSettings {
  const { disabledAlerts, emailAddresses, emailAccountAdmins, retentionDays } = given;
  const { detectors } = before;
  return {
    ...(detectors !== undefined && { detectors }),
    protection: given.state === 'Enabled' ? 'on' : 'off',
    ...(disabledAlerts !== undefined && { disabledAlerts }),
    ...(emailAddresses !== undefined && { recipients: emailAddresses }),
    ...(emailAccountAdmins !== undefined && { emailAccountAdmins }),
    ...(retentionDays !== undefined && { retentionDays }),
  };
}

async function tell(context: ApiContext, row: ResourceRow, id: string): Promise<z.output<typeof policy>> {
  const settings = await settingsOf(context, row);
  const kept = await context.store.documents.get(KIND, row.resource.key);
  return {
    id,
    name: 'Default',
    type: TYPE,
    properties: {
      state: settings.protection === 'on' ? 'Enabled' : 'Disabled',
      disabledAlerts: [...(settings.disabledAlerts ?? [])],
      emailAddresses: [...(settings.recipients ?? [])],
      emailAccountAdmins: settings.emailAccountAdmins ?? false,
      storageEndpoint: (kept?.body as { storageEndpoint?: string } | undefined)?.storageEndpoint ?? '',
      retentionDays: settings.retentionDays ?? 0,
    },
  };
}
