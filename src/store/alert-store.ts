import type { Alert, AlertStatus } from '../model/alert.ts';
import type { MatterKey } from '../model/decision.ts';
import type { Severity } from '../model/severity.ts';
import type { NewOutboxMessage } from './outbox.ts';
import type { Page, PageRequest } from './page.ts';
import type { ShardOwner } from './state-store.ts';

/** One state of an alert, as the engine writes it. */
export interface AlertWrite {
  /** Canonical. Its status is the first one of a new alert (a suppressed one starts as Dismissed), and ignored later. */
  alert: Alert;
  /** Key of the resource that was judged. */
  resourceKey: string;
  /** 1 for a new alert, higher with each change: the same for the same content, however often it is judged. */
  version: number;
  /** Older than `alertsFrom` at the first start: shown, never sent. */
  isHistorical: boolean;
  /** Wall clock, milliseconds since the epoch. */
  detectedTime: number;
  /** Name of the rule that suppressed it at birth. */
  suppressedBy?: string;
  background?: AlertBackground;
}

/** What is kept of an alert beside its canonical form. */
export interface AlertBackground {
  /** What it tells of: accepted where it is dismissed. */
  matters: readonly MatterKey[];
  /** Its raw lines with their literals, each encrypted: JSON of `SealedLine`s. */
  sealed?: Uint8Array;
}

export interface SealedLine {
  source: string;
  byteOffset: number;
  sealed: string;
}

export type UpsertOutcome = 'inserted' | 'updated' | 'unchanged';

/** What a person (or a rule) decided about an alert. */
export interface StatusChange {
  status: AlertStatus;
  /** Who: a user, a service principal, a rule. */
  by: string;
  /** Milliseconds since the epoch. */
  time: number;
  /** Why, in a word of the caller's choice: `expected`, `false positive`. */
  reason?: string;
}

export interface StoredAlert {
  /** Canonical, with the status that people gave it. */
  alert: Alert;
  resourceKey: string;
  version: number;
  isHistorical: boolean;
  /** First detected, and last changed by engine or people. Wall clock, milliseconds since the epoch. */
  detectedTime: number;
  changedTime: number;
  /** Changes with the content and with the status. */
  etag: string;
  suppressedBy?: string;
  /** The last one; absent while nobody decided anything. */
  statusChange?: StatusChange;
}

export interface AlertComment {
  id: string;
  alertName: string;
  by: string;
  time: number;
  text: string;
}

/** All that is given must fit; an empty list fits nothing. */
export interface AlertFilter {
  severities?: readonly Severity[];
  statuses?: readonly AlertStatus[];
  alertTypes?: readonly string[];
  resourceKeys?: readonly string[];
  /** Lower-cased ids of subscriptions, resource groups or resources: the resource is one of them, or below one. */
  scopes?: readonly string[];
  /** Start time: from, inclusive, and to, exclusive. Milliseconds since the epoch. */
  from?: number;
  to?: number;
  /** Words (or their beginnings), all of which the alert's name for people, sentence or entity must hold. */
  text?: string;
  isIncident?: boolean;
  isHistorical?: boolean;
  correlationKey?: string;
}

export interface AlertCount {
  severity: Severity;
  status: AlertStatus;
  count: number;
}

export interface AlertStore {
  /**
   * Writes alerts and what is to be sent of them in one transaction. A version that is not higher than the stored one
   * changes nothing, and messages that exist already are not made again. Rejects with `stale-epoch`, writing nothing,
   * when the shard has a new owner.
   */
  upsert(
    owner: ShardOwner,
    writes: readonly AlertWrite[],
    messages?: readonly NewOutboxMessage[],
  ): Promise<UpsertOutcome[]>;
  /** Like `upsert`, for alerts that no shard owns: Vedette's own and simulated ones. */
  upsertOwn(writes: readonly AlertWrite[], messages?: readonly NewOutboxMessage[]): Promise<UpsertOutcome[]>;
  get(name: string): Promise<StoredAlert | undefined>;
  /** Newest start first; those of one time by name. */
  list(filter: AlertFilter, page: PageRequest): Promise<Page<StoredAlert>>;
  /** How many alerts fit, by severity and status; pairs without alerts are absent. */
  count(filter: AlertFilter): Promise<AlertCount[]>;
  /** What is kept beside it; undefined where that is nothing. */
  background(name: string): Promise<AlertBackground | undefined>;
  /**
   * Rejects with `not-found`, or with `conflict` when the etag is another; then nothing is to be sent either. Dismissing is
   * a decision: it is written as such.
   */
  changeStatus(
    name: string,
    change: StatusChange,
    ifMatch?: string,
    messages?: readonly NewOutboxMessage[],
  ): Promise<StoredAlert>;
  /** Oldest first. */
  statusChanges(name: string): Promise<StatusChange[]>;
  /** Rejects with `not-found` where there is no such alert. */
  comment(comment: AlertComment): Promise<void>;
  /** Oldest first. */
  comments(name: string): Promise<AlertComment[]>;
  /** Changes what people said about alerts of resources at or below the scopes: comments, and why they decided. */
  rewriteNotes(scopes: readonly string[], change: (text: string) => string): Promise<void>;
  /**
   * Removes up to `limit` alerts that ended before `endedBefore` (milliseconds since the epoch) with all that hangs on
   * them: those of some resources only, or of all but some.
   */
  prune(
    endedBefore: number,
    limit: number,
    resourceKeys?: { only: readonly string[] } | { except: readonly string[] },
  ): Promise<number>;
  /** Removes the `limit` alerts that ended first. */
  pruneOldest(limit: number): Promise<number>;
  /** Calls with the names of alerts that this process wrote or changed, after the commit. Returns how to stop. */
  watch(listener: (names: readonly string[]) => void): () => void;
}
