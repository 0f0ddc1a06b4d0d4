import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Engine } from '../../model/resource.ts';
import { allDocuments } from '../../store/all-documents.ts';
import { notFound } from '../api-error.ts';
import { audit } from '../audit.ts';
import type { ApiContext } from '../context.ts';
import { armRoute, PATH } from './arm-route.ts';
import { ofResource, RESOURCE_TYPES, type ResourceTypeName, requireResource, resourcePath } from './resource-paths.ts';

const KIND = 'diagnosticSettings';
const TYPE = 'Microsoft.Insights/diagnosticSettings';
const VERSIONS = ['2021-05-01-preview', '2017-05-01-preview'];

const retention = z.looseObject({ enabled: z.boolean(), days: z.int() });
const target = z.string().max(1000).nullish();
const body = z.looseObject({
  properties: z.looseObject({
    storageAccountId: target,
    serviceBusRuleId: target,
    eventHubAuthorizationRuleId: target,
    eventHubName: target,
    workspaceId: target,
    marketplacePartnerId: target,
    logAnalyticsDestinationType: target,
    logs: z
      .array(
        z.looseObject({
          category: z.string().max(200).nullish(),
          categoryGroup: z.string().max(200).nullish(),
          enabled: z.boolean(),
          retentionPolicy: retention.nullish(),
        }),
      )
      .max(100)
      .nullish(),
    metrics: z
      .array(
        z.looseObject({
          category: z.string().max(200).nullish(),
          timeGrain: z.string().max(100).nullish(),
          enabled: z.boolean(),
          retentionPolicy: retention.nullish(),
        }),
      )
      .max(100)
      .nullish(),
  }),
});
const setting = z.object({ id: z.string(), name: z.string(), type: z.literal(TYPE), properties: z.looseObject({}) });
interface Kept {
  id: string;
  name: string;
  properties: Record<string, unknown>;
}

/** Categories of logs that Vedette reads, of each engine: learn.microsoft.com/azure/azure-monitor/reference/logs-index. */
const CATEGORIES: Readonly<Record<Engine, readonly string[]>> = {
  postgresql: ['PostgreSQLLogs'],
  cosmosdb: ['DataPlaneRequests', 'QueryRuntimeStatistics', 'ControlPlaneRequests'],
};
const CATEGORY_TYPE = `${TYPE}Categories`;
const category = z.object({
  id: z.string(),
  name: z.string(),
  type: z.literal(CATEGORY_TYPE),
  properties: z.object({ categoryType: z.literal('Logs') }),
});

/**
 * `Microsoft.Insights/diagnosticSettings`: where a resource sends its logs. Kept and told; the sending is Azure's. That a
 * category is enabled has the archive keep what the resource does.
 */
export function diagnosticSettingRoutes(app: FastifyInstance, context: ApiContext): void {
  for (const type of Object.keys(RESOURCE_TYPES) as ResourceTypeName[]) {
    addRoutes(app, context, type);
    armRoute(app, context, {
      id: `DiagnosticSettingsCategory_List_${type}`,
      method: 'GET',
      path: `${resourcePath(type)}/providers/${CATEGORY_TYPE}`,
      versions: VERSIONS,
      role: 'Security Reader',
      params: ofResource,
      answer: z.object({ value: z.array(category) }),
      run: async ({ params }) => {
        const { resource } = await requireResource(context, type, params);
        return { value: CATEGORIES[resource.engine].map((name) => describeCategory(resource.id, name)) };
      },
    });
  }
}

function describeCategory(resourceId: string, name: string): z.output<typeof category> {
  const id = `${resourceId}/providers/${CATEGORY_TYPE}/${name}`;
  return { id, name, type: CATEGORY_TYPE, properties: { categoryType: 'Logs' } };
}

function addRoutes(app: FastifyInstance, context: ApiContext, type: ResourceTypeName): void {
  const { documents } = context.store;
  const base = `${resourcePath(type)}/providers/${TYPE}`;
  const one = { path: `${base}/:settingName`, versions: VERSIONS, params: { ...ofResource, settingName: PATH.name } };
  armRoute(app, context, {
    id: `DiagnosticSettings_List_${type}`,
    method: 'GET',
    path: base,
    versions: VERSIONS,
    role: 'Security Reader',
    params: ofResource,
    answer: z.object({ value: z.array(setting) }),
    run: async ({ params }) => {
      const { resource } = await requireResource(context, type, params);
      return {
        value: (await allDocuments(context.store, KIND, resource.key)).map(({ body: kept }) => project(kept as Kept)),
      };
    },
  });
  armRoute(app, context, {
    ...one,
    id: `DiagnosticSettings_Get_${type}`,
    method: 'GET',
    role: 'Security Reader',
    answer: setting,
    run: async ({ params }) => {
      const { resource } = await requireResource(context, type, params);
      const record = await documents.get(KIND, scopeOfSetting(resource.key, params.settingName));
      if (record === undefined) {
        throw notFound(`There is no diagnostic setting '${params.settingName}'.`);
      }
      return project(record.body as Kept);
    },
  });
  armRoute(app, context, {
    ...one,
    id: `DiagnosticSettings_CreateOrUpdate_${type}`,
    method: 'PUT',
    role: 'Security Admin',
    body,
    answer: setting,
    run: async ({ request, params, body: { properties } }) => {
      const { resource } = await requireResource(context, type, params);
      const scope = scopeOfSetting(resource.key, params.settingName);
      const id = `${resource.id}/providers/${TYPE}/${params.settingName}`;
      const kept: Kept = { id, name: params.settingName, properties };
      await documents.put({ kind: KIND, scope, body: kept, time: context.clock() });
      await audit(context, request, { action: 'diagnostics.change', target: scope, detail: properties });
      return project(kept);
    },
  });
  armRoute(app, context, {
    ...one,
    id: `DiagnosticSettings_Delete_${type}`,
    method: 'DELETE',
    role: 'Security Admin',
    status: 204,
    run: async ({ request, params }) => {
      const { resource } = await requireResource(context, type, params);
      const scope = scopeOfSetting(resource.key, params.settingName);
      if (await documents.remove(KIND, scope)) {
        await audit(context, request, { action: 'diagnostics.remove', target: scope });
      }
      return undefined;
    },
  });
}

function project({ id, name, properties }: Kept): z.output<typeof setting> {
  return { id, name, type: TYPE, properties };
}

function scopeOfSetting(key: string, name: string): string {
  return `${key}/providers/${TYPE}/${name}`.toLowerCase();
}
