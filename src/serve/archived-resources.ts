import { allDocuments } from '../store/all-documents.ts';
import type { StoredDocument } from '../store/document-store.ts';
import type { Store } from '../store/store.ts';

const KIND = 'diagnosticSettings';
/** What follows the key of the resource in the id of a setting. */
const BELOW = '/providers/microsoft.insights/diagnosticsettings/';

/** What diagnostic settings say of keeping activities: a category of logs is enabled for a resource, or all are disabled. */
export async function archivedResources(store: Pick<Store, 'documents'>): Promise<Map<string, boolean>> {
  const archived = new Map<string, boolean>();
  for (const { scope, body } of await allDocuments(store, KIND, '')) {
    const key = scope.slice(0, Math.max(0, scope.lastIndexOf(BELOW)));
    archived.set(key, archived.get(key) === true || hasLogs(body));
  }
  return archived;
}

function hasLogs(body: StoredDocument['body']): boolean {
  const { properties } = body as { properties?: { logs?: { enabled: boolean }[] | null } };
  return properties?.logs?.some(({ enabled }) => enabled) === true;
}
