import type { ResourceFilter, ResourceRow } from './resource-store.ts';
import type { Store } from './store.ts';

/** Rows of a page of the store. */
const PAGE = 1000;

/** Every resource that fits. */
export async function allResources(
  { resources }: Pick<Store, 'resources'>,
  filter: ResourceFilter,
): Promise<ResourceRow[]> {
  const rows: ResourceRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await resources.list(filter, { limit: PAGE, ...(cursor !== undefined && { cursor }) });
    rows.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return rows;
}
