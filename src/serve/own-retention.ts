import { effectiveSettings } from '../protection/effective-settings.ts';
import type { Store } from '../store/store.ts';

/** Rows of a page of the store. */
const PAGE = 1000;

/** How many days alerts of single resources are kept, where an override or a policy says so. */
export async function ownRetention({ resources, settings }: Store): Promise<Map<string, number>> {
  const [overrides, policies] = await Promise.all([settings.overrides(), settings.policies()]);
  const own = new Map<string, number>();
  if (![...overrides, ...policies].some((layer) => layer.settings.retentionDays !== undefined)) {
    return own;
  }
  let cursor: string | undefined;
  do {
    const page = await resources.list({}, { limit: PAGE, ...(cursor !== undefined && { cursor }) });
    for (const row of page.items) {
      const { retentionDays } = effectiveSettings(row, { overrides, policies }).settings;
      if (retentionDays !== undefined) {
        own.set(row.resource.key, retentionDays);
      }
    }
    cursor = page.next;
  } while (cursor !== undefined);
  return own;
}
