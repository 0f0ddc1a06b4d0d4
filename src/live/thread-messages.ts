import type { AddressData } from '../enrichers/enrichment.ts';
import type { Counts } from '../pipeline/plan.ts';
import type { Gap, Position } from '../sources/source.ts';
import type { HashKey } from '../sql/keyed-hash.ts';
import type { AlertDraft } from './alert-drafts.ts';
import type { LivePlan } from './live-plan.ts';

/** What a thread that judges is started with. */
export interface LiveThreadData {
  live: true;
  addressData: AddressData;
  hashKey: HashKey;
}

export type ToThread =
  /** Begins to judge a resource, where it was saved. */
  | { kind: 'open'; plan: LivePlan; saved?: Uint8Array }
  | { kind: 'change'; plan: LivePlan }
  | { kind: 'close'; key: string }
  /** One message that had to be written is on disk. */
  | { kind: 'written' }
  /** Saves all that has changed now. */
  | { kind: 'save' }
  /** Saves all, then answers `stopped`. */
  | { kind: 'stop' };

export interface SavedRow {
  key: string;
  state: Uint8Array;
  positions: Record<string, Position>;
}

/** How a resource fares. */
export interface ResourceStatus {
  key: string;
  name: string;
  /** Event time of the first and of the newest record; −∞ before the first. Epoch milliseconds. */
  first: number;
  newest: number;
  waitingBytes: number;
  counts: Counts;
  gaps: Gap[];
}

export type FromThread =
  | { kind: 'alerts'; shard: number; drafts: { key: string; isHistorical: boolean; draft: AlertDraft }[] }
  | { kind: 'checkpoint'; shard: number; rows: SavedRow[] }
  | { kind: 'status'; resources: ResourceStatus[] }
  /** For the log. */
  | { kind: 'note'; key: string; text: string }
  | { kind: 'stopped' };
