import type { Page, PageRequest } from './page.ts';

export interface NewAuditEntry {
  /** Milliseconds since the epoch. */
  time: number;
  /** Id and name of who did it. `system` for Vedette itself. */
  actor: string;
  /** `alerts.dismiss`, `settings.change`, `session.sign-in` … */
  action: string;
  /** Lower-cased id of what it was done to; empty for Vedette as a whole. */
  target: string;
  outcome: 'success' | 'failure';
  /** Address of the client, where there is one. */
  address?: string;
  /** Before and after, reasons; never secrets. */
  detail?: unknown;
}

export interface AuditEntry extends NewAuditEntry {
  /** 1, 2, 3 … without gaps. */
  sequence: number;
  /** SHA-256 over this entry and the hash of the one before, hex. */
  hash: string;
}

export interface AuditFilter {
  actor?: string;
  action?: string;
  /** The target is this id, or below it. */
  target?: string;
  from?: number;
  to?: number;
}

/** Outcome of a walk through the whole chain. */
export type AuditVerdict =
  | { intact: true; entries: number; head: string }
  | { intact: false; entries: number; brokenAt: number; reason: string };

export interface AuditLog {
  append(entry: NewAuditEntry): Promise<AuditEntry>;
  /** Newest first. */
  list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>>;
  /** Recomputes every hash. A cut-off end shows only against a head that was noted elsewhere. */
  verify(): Promise<AuditVerdict>;
}
