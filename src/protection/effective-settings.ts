import { fitsWildcard } from '../lib/wildcard.ts';
import type { ProtectionSettings } from '../model/protection-settings.ts';
import type { Resource } from '../model/resource.ts';
import type { ResourceOrigin } from '../store/resource-store.ts';
import type { FleetPolicy, PolicyMatch, SettingsOverride } from '../store/settings-store.ts';

/** A resource, as far as settings depend on it. */
export interface ProtectedResource {
  resource: Resource;
  origin: ResourceOrigin;
  tags: Readonly<Record<string, string>>;
}

/** All that settings come from. */
export interface SettingsLayers {
  overrides: readonly SettingsOverride[];
  policies: readonly FleetPolicy[];
  /** What the file says of the resource. */
  declared?: ProtectionSettings;
}

/** Who said so: `override` of a scope, `policy` of a name, `file`, `default`. */
export interface SettingOrigin {
  kind: 'override' | 'policy' | 'file' | 'default';
  name: string;
}

export interface EffectiveSettings {
  settings: ProtectionSettings & Required<Pick<ProtectionSettings, 'protection'>>;
  origins: Partial<Record<keyof ProtectionSettings, SettingOrigin>>;
}

interface Layer {
  settings: ProtectionSettings;
  origin: SettingOrigin;
}

const KEYS = [
  'protection',
  'disabledAlerts',
  'detectors',
  'recipients',
  'emailAccountAdmins',
  'retentionDays',
] as const;

/**
 * What holds for a resource. Each setting comes from the first layer that has it: what people changed (the resource,
 * its group, its subscription), policies (the highest rank first), the file, the default.
 */
export function effectiveSettings(it: ProtectedResource, layers: SettingsLayers): EffectiveSettings {
  const found: EffectiveSettings = { settings: { protection: 'off' }, origins: {} };
  for (const { settings, origin } of layersOf(it, layers).toReversed()) {
    for (const key of KEYS.filter((name) => settings[name] !== undefined)) {
      Object.assign(found.settings, { [key]: settings[key] });
      found.origins[key] = origin;
    }
  }
  return found;
}

/** The strongest first. */
function layersOf(it: ProtectedResource, { overrides, policies, declared = {} }: SettingsLayers): Layer[] {
  const own = scopesAbove(it.resource.key).flatMap((scope) => overrides.filter((override) => override.scope === scope));
  const fitting = policies.filter(({ match }) => fits(it, match)).toSorted((a, b) => b.rank - a.rank);
  // What was only seen in a stream is nobody's yet.
  const protection = it.origin === 'discovered' ? 'off' : 'on';
  return [
    ...own.map(({ scope, settings }) => ({ settings, origin: { kind: 'override' as const, name: scope } })),
    ...fitting.map(({ name, settings }) => ({ settings, origin: { kind: 'policy' as const, name } })),
    { settings: declared, origin: { kind: 'file', name: '' } },
    { settings: { protection }, origin: { kind: 'default', name: '' } },
  ];
}

/** The key of the resource, of its group and of its subscription. */
function scopesAbove(key: string): string[] {
  const [group, subscription] = /^(\/subscriptions\/[^/]+)\/resourcegroups\/[^/]+/.exec(key) ?? [];
  return [key, group, subscription].filter((scope) => scope !== undefined);
}

function fits({ resource, tags }: ProtectedResource, match: PolicyMatch): boolean {
  const { subscriptionId, resourceGroup, engine, tag, namePattern } = match;
  return (
    same(subscriptionId, resource.subscriptionId) &&
    same(resourceGroup, resource.resourceGroup) &&
    same(engine, resource.engine) &&
    (tag === undefined || (Object.hasOwn(tags, tag.name) && same(tag.value, tags[tag.name]!))) &&
    (namePattern === undefined || fitsWildcard(namePattern, resource.name))
  );
}

/** What is not asked for, fits. */
function same(wanted: string | undefined, value: string): boolean {
  return wanted === undefined || wanted.toLowerCase() === value.toLowerCase();
}
