import type { Detector } from '../detectors/detector.ts';
import type { LivePlan } from '../live/live-plan.ts';
import { detectorsOff } from '../model/alert-switches.ts';
import { effectiveSettings } from '../protection/effective-settings.ts';
import { type ExpectedRecord, rulesFor } from '../protection/expected-records.ts';
import type { ResourceRow } from '../store/resource-store.ts';
import type { FleetPolicy, SettingsOverride } from '../store/settings-store.ts';

/** What people have decided about all resources. */
export interface Decisions {
  overrides: readonly SettingsOverride[];
  policies: readonly FleetPolicy[];
  expected: readonly ExpectedRecord[];
  /** Whether diagnostic settings say that activities are kept, by key; absent: they say nothing. */
  archived: ReadonlyMap<string, boolean>;
  /** Marks of the self-tests that are run, by key. */
  selfTests: ReadonlyMap<string, readonly string[]>;
}

/**
 * A plan as the file has it, with what people decided over it. A setting that a detector does not take is passed over: it
 * was checked when it was made, perhaps by an earlier version.
 */
export function protectedPlan(
  plan: LivePlan,
  row: Pick<ResourceRow, 'resource' | 'origin' | 'tags'>,
  decisions: Decisions,
  detectors: readonly Detector[],
): LivePlan {
  const { settings } = effectiveSettings(row, decisions);
  const off = detectorsOff(settings.disabledAlerts ?? []);
  const chosen = { ...plan.settings };
  for (const { id, settings: schema } of detectors) {
    const changes = settings.detectors?.[id];
    if (changes !== undefined) {
      const parsed = schema.safeParse({ ...(chosen[id] as object | undefined), ...changes });
      chosen[id] = parsed.success ? parsed.data : chosen[id];
    }
  }
  const selfTests = decisions.selfTests.get(plan.resource.key);
  return {
    ...plan,
    ...(selfTests !== undefined && { selfTests }),
    isOn: settings.protection === 'on',
    expected: [...(plan.expected ?? []), ...rulesFor(decisions.expected, plan.resource.key)],
    isArchived: decisions.archived.get(plan.resource.key) ?? plan.isArchived,
    settings: Object.fromEntries(Object.entries(chosen).filter(([id, value]) => !off.has(id) && value !== undefined)),
  };
}
