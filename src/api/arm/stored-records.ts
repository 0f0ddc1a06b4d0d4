import type { StoredDocument } from '../../store/document-store.ts';
import type { Store } from '../../store/store.ts';

/** Rows of a page of the store. */
const PAGE = 1000;

/** Every record of a kind at or below a scope. */
export async function allRecords({ documents }: Store, kind: string, below: string): Promise<StoredDocument[]> {
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
