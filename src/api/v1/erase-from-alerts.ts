import { withoutPrincipal } from '../../alerts/without-principal.ts';
import type { Renaming } from '../../lib/renaming.ts';
import type { AlertFilter, AlertStore } from '../../store/alert-store.ts';

const PAGE = 500;

/**
 * Puts another name in the place of a principal's in all alerts that fit; what is kept beside them goes. Nobody is told of it.
 * Gives the names of the alerts that told of it.
 */
export async function eraseFromAlerts(alerts: AlertStore, filter: AlertFilter, renaming: Renaming): Promise<string[]> {
  const changed: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await alerts.list(filter, { limit: PAGE, ...(cursor !== undefined && { cursor }) });
    const writes = page.items.flatMap((stored) => {
      const alert = withoutPrincipal(stored.alert, renaming);
      return alert === undefined
        ? []
        : [{ ...stored, alert, version: stored.version + 1, background: { matters: [] } }];
    });
    await alerts.upsertOwn(writes);
    changed.push(...writes.map(({ alert }) => alert.name));
    cursor = page.next;
  } while (cursor !== undefined);
  return changed;
}
