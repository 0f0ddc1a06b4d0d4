import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ResourceRow } from '../../store/resource-store.ts';
import type { ApiContext } from '../context.ts';
import { settingsOf } from '../v1/resource-shapes.ts';
import { isoTime, time } from '../v1/schemas.ts';
import { armRoute } from './arm-route.ts';
import { changeSettings } from './change-settings.ts';
import { listOfShape } from './page-link.ts';
import { callerId, ofResource, requireResource, resourcePath } from './resource-paths.ts';

const TYPE = 'Microsoft.DBforPostgreSQL/flexibleServers/advancedThreatProtectionSettings';
const VERSIONS = [
  '2025-08-01',
  '2026-01-01-preview',
  '2024-08-01',
  '2024-11-01-preview',
  '2024-03-01-preview',
  '2023-12-01-preview',
];
const BASE = `${resourcePath('flexibleServers')}/advancedThreatProtectionSettings`;

const state = z.enum(['Enabled', 'Disabled']);
const setting = z.object({
  id: z.string(),
  name: z.literal('Default'),
  type: z.literal(TYPE),
  properties: z.object({ state, creationTime: time }),
});
const body = z.looseObject({ properties: z.looseObject({ state }) });

/** ON or OFF of a flexible server; recipients come from the security contacts. */
export function flexibleServerProtectionRoutes(app: FastifyInstance, context: ApiContext): void {
  const common = { versions: VERSIONS, params: ofResource, path: `${BASE}/Default` };
  armRoute(app, context, {
    ...common,
    id: 'AdvancedThreatProtectionSettings_Get',
    method: 'GET',
    role: 'Security Reader',
    answer: setting,
    run: async ({ request, params }) =>
      tell(context, await requireResource(context, 'flexibleServers', params), callerId(request)),
  });
  armRoute(app, context, {
    ...common,
    id: 'AdvancedThreatProtectionSettings_ListByServer',
    path: BASE,
    method: 'GET',
    role: 'Security Reader',
    answer: listOfShape(setting),
    run: async ({ request, params }) => {
      const row = await requireResource(context, 'flexibleServers', params);
      return { value: [await tell(context, row, `${callerId(request)}/Default`)] };
    },
  });
  armRoute(app, context, {
    ...common,
    id: 'ServerThreatProtectionSettings_CreateOrUpdate',
    method: 'PUT',
    role: 'Security Admin',
    body,
    answer: setting,
    run: async ({ request, params, body: { properties } }) => {
      const row = await requireResource(context, 'flexibleServers', params);
      const protection = properties.state === 'Enabled' ? 'on' : 'off';
      await changeSettings(context, request, row, (before) => ({ ...before, protection }));
      return tell(context, row, callerId(request));
    },
  });
}

async function tell(context: ApiContext, row: ResourceRow, id: string): Promise<z.output<typeof setting>> {
  const { protection } = await settingsOf(context, row);
  return {
    id,
    name: 'Default',
    type: TYPE,
    properties: { state: protection === 'on' ? 'Enabled' : 'Disabled', creationTime: isoTime(row.firstSeenTime) },
  };
}
