import type { NetworkSettings } from '../model/network-settings.ts';
import { allDocuments } from '../store/all-documents.ts';
import type { StoredDocument } from '../store/document-store.ts';
import type { Store } from '../store/store.ts';

/** Kind of the documents. */
export const NETWORK_KIND = 'namedNetworks';

/** A named network that people set at run time, beside what the file declares. Plain data. */
export interface NetworkRecord extends NetworkSettings {
  changedBy: string;
}

/** The document of a network: names are the same in any casing. */
export function networkDocument(name: string): string {
  return name.toLowerCase();
}

export async function networkRecords(store: Pick<Store, 'documents'>): Promise<StoredDocument[]> {
  return allDocuments(store, NETWORK_KIND, '');
}

/** What holds: the networks of the file, those that people set over or beside them. */
export function networksInForce(
  declared: readonly NetworkSettings[],
  records: readonly Pick<StoredDocument, 'scope' | 'body'>[],
): NetworkSettings[] {
  const set = new Set(records.map(({ scope }) => scope));
  return [
    ...declared.filter(({ name }) => !set.has(networkDocument(name))),
    ...records.map(({ body }) => {
      const { changedBy: _, ...network } = body as NetworkRecord;
      return network;
    }),
  ];
}
