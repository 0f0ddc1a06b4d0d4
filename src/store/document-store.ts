import type { Precondition } from './change.ts';
import type { Page, PageRequest } from './page.ts';

/** One record of a management API: what one client writes, another reads. */
export interface StoredDocument {
  /** `securityContacts`, `alertsSuppressionRules`, `diagnosticSettings` … */
  kind: string;
  /** Lower-cased id: unique with the kind. */
  scope: string;
  /** JSON. */
  body: unknown;
  /** Milliseconds since the epoch. */
  createdTime: number;
  changedTime: number;
  etag: string;
}

export interface NewDocument {
  kind: string;
  scope: string;
  body: unknown;
  /** Milliseconds since the epoch. */
  time: number;
}

export interface DocumentStore {
  get(kind: string, scope: string): Promise<StoredDocument | undefined>;
  put(document: NewDocument, precondition?: Precondition): Promise<{ document: StoredDocument; created: boolean }>;
  /** False where there was none. */
  remove(kind: string, scope: string, precondition?: Precondition): Promise<boolean>;
  /** Those of the kind at or below a scope (empty: everywhere), by scope. */
  list(kind: string, below: string, page: PageRequest): Promise<Page<StoredDocument>>;
}
