import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ResourceRow } from '../../store/resource-store.ts';
import type { ApiContext } from '../context.ts';
import { settingsOf } from '../v1/resource-shapes.ts';
import { armRoute } from './arm-route.ts';
import { changeSettings } from './change-settings.ts';
import {
  callerId,
  ofResource,
  RESOURCE_TYPES,
  type ResourceTypeName,
  requireResource,
  resourcePath,
} from './resource-paths.ts';

const VERSIONS = ['2019-01-01', '2017-08-01-preview'];
const setting = z.object({
  id: z.string(),
  name: z.literal('current'),
  type: z.literal('Microsoft.Security/advancedThreatProtectionSettings'),
  properties: z.object({ isEnabled: z.boolean() }),
});
/** Clients send id, name and type too; they mean nothing. */
const body = z.looseObject({ properties: z.looseObject({ isEnabled: z.boolean() }) });

/** `Microsoft.Security/advancedThreatProtectionSettings`: ON or OFF, for every kind of resource. */
export function threatProtectionRoutes(app: FastifyInstance, context: ApiContext): void {
  for (const type of Object.keys(RESOURCE_TYPES) as ResourceTypeName[]) {
    const common = {
      path: `${resourcePath(type)}/providers/Microsoft.Security/advancedThreatProtectionSettings/current`,
      versions: VERSIONS,
      params: ofResource,
      answer: setting,
    };
    armRoute(app, context, {
      ...common,
      id: `AdvancedThreatProtection_Get_${type}`,
      method: 'GET',
      role: 'Security Reader',
      run: async ({ request, params }) =>
        tell(context, await requireResource(context, type, params), callerId(request)),
    });
    armRoute(app, context, {
      ...common,
      id: `AdvancedThreatProtection_Create_${type}`,
      method: 'PUT',
      role: 'Security Admin',
      body,
      run: async ({ request, params, body: { properties } }) => {
        const row = await requireResource(context, type, params);
        const protection = properties.isEnabled ? 'on' : 'off';
        await changeSettings(context, request, row, (before) => ({ ...before, protection }));
        return tell(context, row, callerId(request));
      },
    });
  }
}

async function tell(context: ApiContext, row: ResourceRow, id: string): Promise<z.output<typeof setting>> {
  const { protection } = await settingsOf(context, row);
  return {
    id,
    name: 'current',
    type: 'Microsoft.Security/advancedThreatProtectionSettings',
    properties: { isEnabled: protection === 'on' },
  };
}
