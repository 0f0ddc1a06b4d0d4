import type { StoredDocument } from './document-store.ts';
import type { Store } from './store.ts';

/** Rows of a page of the store. */
const PAGE = 1000;

/** Every document of a kind at or below a scope (empty: everywhere), by scope. */
export async function allDocuments(
  { documents }: Pick<Store, 'documents'>,
  kind: string,
  below: string,
): Promise<StoredDocument[]> {
  const found: StoredDocument[] = [];
  let cursor: string | undefined;
  do {
    const page = await documents.list(kind, below.toLowerCase(), {
      limit: PAGE,
      ...(cursor !== undefined && { cursor }),
    });
    found.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
}
