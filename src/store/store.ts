import type { AlertStore } from './alert-store.ts';
import type { ArchiveStore } from './archive-store.ts';
import type { AuditLog } from './audit-log.ts';
import type { DecisionStore } from './decision-store.ts';
import type { DocumentStore } from './document-store.ts';
import type { HealthStore } from './health-store.ts';
import type { IdentityStore } from './identity-store.ts';
import type { Outbox } from './outbox.ts';
import type { ResourceStore } from './resource-store.ts';
import type { SettingsStore } from './settings-store.ts';
import type { StateStore } from './state-store.ts';

/**
 * All that Vedette keeps, each kind behind a port of its own. Every promise that a port gives is fulfilled when the
 * change is on disk, and is rejected with a `StoreError` when it is not. Nothing here blocks the calling thread.
 */
export interface Store {
  alerts: AlertStore;
  state: StateStore;
  resources: ResourceStore;
  settings: SettingsStore;
  outbox: Outbox;
  audit: AuditLog;
  documents: DocumentStore;
  decisions: DecisionStore;
  identity: IdentityStore;
  health: HealthStore;
  archive: ArchiveStore;
  /** Resolves when the database answers; for `/readyz`. */
  ping(): Promise<void>;
  /** Bytes that the rows take. */
  bytes(): Promise<number>;
  /** Gives the space of removed rows back to the system, step by step. */
  reclaim(): Promise<void>;
  /** What was changed or removed so far is overwritten on disk, as far as that is ours to do. */
  overwrite(): Promise<void>;
  /** Finishes what was asked for, then lets go of the database. */
  close(): Promise<void>;
}
