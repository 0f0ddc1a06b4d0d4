import type { AddressData } from '../enrichers/enrichment.ts';
import type { Decision } from '../model/decision.ts';
import type { Learned } from '../model/learned.ts';
import type { Resource } from '../model/resource.ts';
import type { PlacedDecision } from '../pipeline/decisions.ts';
import type { Counts } from '../pipeline/plan.ts';
import type { Gap, Position } from '../sources/source.ts';
import type { HashKey } from '../sql/keyed-hash.ts';
import type { AlertDraft } from './alert-drafts.ts';
import type { LivePlan, StreamsPlan } from './live-plan.ts';
import type { OneAddress } from './pooler-watch.ts';

/** What a thread that judges is started with. */
export interface LiveThreadData {
  live: true;
  addressData: AddressData;
  hashKey: HashKey;
  /** Seals the evidence of alerts. */
  evidenceKey: Uint8Array;
}

export type ToThread =
  /** Begins to judge a resource, where it was saved. */
  | { kind: 'open'; plan: LivePlan; saved?: Uint8Array; decisions: readonly Decision[] }
  /** What people decided about a resource, in order; answered by `decided` where one has its place only now. */
  | { kind: 'decide'; key: string; decisions: readonly Decision[] }
  | { kind: 'change'; plan: LivePlan }
  | { kind: 'close'; key: string }
  /** Begins to read shared streams where they were saved; those of before are closed. */
  | { kind: 'streams'; plan: StreamsPlan; saved?: Uint8Array }
  /** Records of a resource that shared streams name are passed over, or refused for a reason. */
  | { kind: 'pass-over'; resource: Resource; reason?: string }
  /** One message that had to be written is on disk. */
  | { kind: 'written' }
  /** Addresses are known by other data from now on. */
  | { kind: 'address-data'; data: AddressData }
  /** Asks what is usual on a resource; answered by `learned` with the same number. */
  | { kind: 'ask-learned'; key: string; question: number }
  /** Saves all that has changed now. */
  | { kind: 'save' }
  /** Saves all, then answers `stopped`. */
  | { kind: 'stop' };

export interface SavedRow {
  key: string;
  shard: number;
  state: Uint8Array;
  positions: Record<string, Position>;
  /** Of a resource: sequence of the last decision that holds in it. */
  decided?: number;
  /** What is to be archived of what was judged since the row before. */
  activities?: Uint8Array;
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
  /** Where its clients come from; absent: nobody can tell. */
  clients?: OneAddress | 'several';
}

export type FromThread =
  | { kind: 'alerts'; shard: number; drafts: { key: string; isHistorical: boolean; draft: AlertDraft }[] }
  /** Of one shard, or of several: true together. */
  | { kind: 'checkpoint'; rows: SavedRow[] }
  /** Shared streams name a resource of which nothing is known. */
  | { kind: 'found'; resource: Resource }
  | { kind: 'status'; resources: ResourceStatus[] }
  /** Absent: the resource is not judged here. */
  | { kind: 'learned'; question: number; learned?: Record<string, Learned[]> }
  /** Decisions have found their places. */
  | { kind: 'decided'; placed: readonly PlacedDecision[] }
  /** For the log. */
  | { kind: 'note'; key: string; text: string }
  | { kind: 'stopped' };
