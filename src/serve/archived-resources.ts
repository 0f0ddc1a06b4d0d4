import type { StoredDocument } from '../store/document-store.ts';
import type { Store } from '../store/store.ts';

const KIND = 'diagnosticSettings';
const PAGE = 1000;
/** What follows the key of the resource in the id of a setting. */
const BELOW = '/providers/microsoft.insights/diagnosticsettings/';

/** What diagnostic settings say of keeping activities: a category of logs is enabled for a resource, or all are disabled. */
export async function archivedResources({ documents }: Pick<Store, 'documents'>): Promise<Map<string, boolean>> {
  const archived = new Map<string, boolean>();
  let cursor: string | undefined;
  do {
    const page = await documents.list(KIND, '', { limit: PAGE, ...(cursor !== undefined && { cursor }) });
    for (const { scope, body } of page.items) {
      const key = scope.slice(0, Math.max(0, scope.lastIndexOf(BELOW)));
      archived.set(key, archived.get(key) === true || hasLogs(body));
    }
    cursor = page.next;
  } while (cursor !== undefined);
  return archived;
}

function hasLogs(body: StoredDocument['body']): boolean {
  const { properties } = body as { properties?: { logs?: { enabled: boolean }[] | null } };
  return properties?.logs?.some(({ enabled }) => enabled) === true;
}
