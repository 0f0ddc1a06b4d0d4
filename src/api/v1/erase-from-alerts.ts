import { withoutPrincipal } from '../../alerts/without-principal.ts';
import type { AlertFilter, AlertStore } from '../../store/alert-store.ts';

const PAGE = 500;

/**
 * Puts another name in the place of a principal's in all alerts that fit; what is kept beside them goes. Nobody is told of it.
 * Gives how many alerts named it.
 */
export async function eraseFromAlerts(
  alerts: AlertStore,
  filter: AlertFilter,
  principal: string,
  instead: string,
): Promise<number> {
  let changed = 0;
  let cursor: string | undefined;
  do {
    const page = await alerts.list(filter, { limit: PAGE, ...(cursor !== undefined && { cursor }) });
    const writes = page.items.flatMap((stored) => {
      const alert = withoutPrincipal(stored.alert, principal, instead);
      return alert === undefined
        ? []
        : [{ ...stored, alert, version: stored.version + 1, background: { matters: [] } }];
    });
    await alerts.upsertOwn(writes);
    changed += writes.length;
    cursor = page.next;
  } while (cursor !== undefined);
  return changed;
}
