import type { Alert } from '../../model/alert.ts';
import type { AlertFilter } from '../../store/alert-store.ts';
import type { ApiContext } from '../context.ts';

const PAGE = 500;
/** Of more, the newest. */
const MOST = 10_000;

/** Alerts that a query may be over, the newest first. */
export async function newestAlerts({ store }: ApiContext, filter: AlertFilter): Promise<Alert[]> {
  const found: Alert[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.alerts.list(filter, { limit: PAGE, ...(cursor !== undefined && { cursor }) });
    found.push(...page.items.map(({ alert }) => alert));
    cursor = page.next;
  } while (cursor !== undefined && found.length < MOST);
  return found;
}
