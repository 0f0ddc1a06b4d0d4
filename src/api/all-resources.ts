import type { ResourceFilter, ResourceRow } from '../store/resource-store.ts';
import type { Store } from '../store/store.ts';

/** Rows of a page of the store. */
const PAGE = 1000;

/** Every resource that fits, for answers that have no pages. */
export async function allResources({ resources }: Store, filter: ResourceFilter): Promise<ResourceRow[]> {
  const rows: ResourceRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await resources.list(filter, { limit: PAGE, ...(cursor !== undefined && { cursor }) });
    rows.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return rows;
}
