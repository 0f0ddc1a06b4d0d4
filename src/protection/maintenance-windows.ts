import type { MaintenanceWindow } from '../model/notification-rules.ts';
import { allDocuments } from '../store/all-documents.ts';
import type { StoredDocument } from '../store/document-store.ts';
import type { Store } from '../store/store.ts';

/** Kind of the documents; their scope is the id of the window. */
export const MAINTENANCE_KIND = 'maintenanceWindows';

/** A window that people made at run time, beside those of the file. Plain data. */
export interface MaintenanceRecord extends MaintenanceWindow {
  createdBy: string;
}

export async function maintenanceRecords(store: Pick<Store, 'documents'>): Promise<StoredDocument[]> {
  return allDocuments(store, MAINTENANCE_KIND, '');
}

/** Windows that hold: those of the file, and those that people made. */
export async function windowsInForce(
  declared: readonly MaintenanceWindow[],
  store: Pick<Store, 'documents'>,
): Promise<MaintenanceWindow[]> {
  return [...declared, ...(await maintenanceRecords(store)).map(({ body }) => body as MaintenanceRecord)];
}
