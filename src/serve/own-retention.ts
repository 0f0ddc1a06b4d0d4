import { effectiveSettings } from '../protection/effective-settings.ts';
import { allResources } from '../store/all-resources.ts';
import type { Store } from '../store/store.ts';

/** How many days alerts of single resources are kept, where an override or a policy says so. */
export async function ownRetention(store: Store): Promise<Map<string, number>> {
  const [overrides, policies] = await Promise.all([store.settings.overrides(), store.settings.policies()]);
  const own = new Map<string, number>();
  if (![...overrides, ...policies].some((layer) => layer.settings.retentionDays !== undefined)) {
    return own;
  }
  for (const row of await allResources(store, {})) {
    const { retentionDays } = effectiveSettings(row, { overrides, policies }).settings;
    if (retentionDays !== undefined) {
      own.set(row.resource.key, retentionDays);
    }
  }
  return own;
}
