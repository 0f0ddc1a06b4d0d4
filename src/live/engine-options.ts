import type { AddressData } from '../enrichers/enrichment.ts';
import type { Resource } from '../model/resource.ts';
import type { InputPlan, Position } from '../sources/source.ts';
import type { HashKey } from '../sql/keyed-hash.ts';
import type { Store } from '../store/store.ts';
import type { LivePlan, StreamsPlan } from './live-plan.ts';
import type { MessagesOf, Suppress } from './shard-writer.ts';
import type { SpoolTarget } from './spooling.ts';

export interface EngineOptions {
  store: Store;
  plans: readonly LivePlan[];
  /** Absent: there are no shared streams. */
  streams?: StreamsPlan;
  /** A shared stream names a resource of which nothing is known: how it is judged, or why it is not. */
  discover(resource: Resource): Promise<LivePlan | string>;
  addressData: AddressData;
  hashKey: HashKey;
  evidenceKey: Uint8Array;
  /** Threads at most. */
  workers: number;
  /** Told to people as the owner of the shards: host and process. */
  owner: string;
  /** One line for the log. */
  note: (text: string) => void;
  messagesOf: MessagesOf;
  suppress: Suppress;
  /** Keeps the activities of resources whose plans say so. */
  archive?: SpoolTarget;
  /** What lies before these positions is committed. */
  release?(inputs: readonly InputPlan[], positions: Readonly<Record<string, Position>>): void;
}
