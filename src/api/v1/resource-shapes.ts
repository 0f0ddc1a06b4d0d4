import { z } from 'zod';
import { type EffectiveSettings, effectiveSettings } from '../../protection/effective-settings.ts';
import type { ResourceRow } from '../../store/resource-store.ts';
import type { ApiContext } from '../context.ts';
import { isoTime, time } from './schemas.ts';

const origin = z.object({ kind: z.enum(['override', 'policy', 'file', 'default']), name: z.string() });

/** What people may set, for one resource or all below a scope. */
export const protectionSettings = z
  .strictObject({
    protection: z.enum(['on', 'off']).exactOptional().describe('OFF: nothing is judged or learned.'),
    disabledAlerts: z
      .array(z.string().min(1).max(100))
      .max(100)
      .exactOptional()
      .describe('Switches of alert kinds: `Brute_Force` …'),
    detectors: z.record(z.string().max(100), z.record(z.string().max(100), z.unknown())).exactOptional(),
    recipients: z.array(z.email().max(254)).max(100).exactOptional().describe('Told beside the security contacts.'),
    emailAccountAdmins: z.boolean().exactOptional().describe('Whether Owners are told too.'),
    retentionDays: z.int().min(0).max(36_500).exactOptional().describe('How long alerts are kept; 0: for ever.'),
  })
  .meta({ id: 'ProtectionSettings' });

export const resourceShape = z
  .object({
    id: z.string(),
    name: z.string(),
    engine: z.enum(['postgresql', 'cosmosdb']),
    subscriptionId: z.string(),
    resourceGroup: z.string(),
    location: z.string(),
    origin: z.enum(['configured', 'added', 'discovered']),
    tags: z.record(z.string(), z.string()),
    firstSeenTime: time,
    changedTime: time,
    protection: z.enum(['on', 'off']),
    settings: protectionSettings.describe('What holds, wherever it comes from.'),
    settingOrigins: z.record(z.string(), origin).describe('Of each setting, who said so.'),
    etag: z.string(),
  })
  .meta({ id: 'Resource' });

/** Reads settings once for a whole page. */
export async function describeResources(context: ApiContext, rows: readonly ResourceRow[]) {
  const [overrides, policies] = await Promise.all([
    context.store.settings.overrides(),
    context.store.settings.policies(),
  ]);
  return rows.map((row) => {
    const declared = context.declaredSettings?.(row.resource.key);
    return shapeOf(row, effectiveSettings(row, { overrides, policies, ...(declared && { declared }) }));
  });
}

/** What holds for one resource. */
export async function settingsOf(context: ApiContext, row: ResourceRow): Promise<EffectiveSettings['settings']> {
  const [described] = await describeResources(context, [row]);
  return described!.settings;
}

function shapeOf({ resource, ...row }: ResourceRow, { settings, origins }: EffectiveSettings) {
  const { id, name, engine, subscriptionId, resourceGroup, location } = resource;
  return {
    id,
    name,
    engine,
    subscriptionId,
    resourceGroup,
    location,
    origin: row.origin,
    tags: { ...row.tags },
    firstSeenTime: isoTime(row.firstSeenTime),
    changedTime: isoTime(row.changedTime),
    protection: settings.protection,
    settings: settings as z.output<typeof protectionSettings> & { protection: 'on' | 'off' },
    settingOrigins: origins as Record<string, z.output<typeof origin>>,
    etag: row.etag,
  };
}
