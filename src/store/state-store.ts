/** The right to write for a shard; every claim makes a new, higher epoch. */
export interface ShardOwner {
  shard: number;
  epoch: number;
}

export interface ShardClaim extends ShardOwner {
  owner: string;
  /** Milliseconds since the epoch. */
  claimedTime: number;
}

/** What was learned about one resource, and how far its inputs were read: true together, or not at all. */
export interface ResourceCheckpoint {
  resourceKey: string;
  /** Snapshot, opaque to the store. */
  state: Uint8Array;
  /** Of each input, as the sources tell them; opaque to the store. */
  positions: Uint8Array;
}

/** How far the spool of a shard has come in an archive. */
export interface Spooled {
  archive: string;
  end: number;
}

/** What changed of a shard, its owner being the one who writes. */
export interface ShardCheckpoint {
  owner: ShardOwner;
  /** Only what changed since the checkpoint before. */
  resources: readonly ResourceCheckpoint[];
  /** How far the spool of the shard has come in an archive: what lies before is committed with the states. */
  spooled?: Spooled;
}

export interface StateStore {
  /** Takes shards over, whoever had them. `owner` is told to people only. */
  claim(shards: readonly number[], owner: string): Promise<ShardClaim[]>;
  /** Shards that were ever claimed. */
  claims(): Promise<ShardClaim[]>;
  /** All resources of a shard, by key. */
  load(shard: number): Promise<ResourceCheckpoint[]>;
  /** All of it in one transaction. Rejects with `stale-epoch`, writing nothing, when one of the shards has a new owner. */
  checkpoint(shards: readonly ShardCheckpoint[]): Promise<void>;
  /** Removes up to `limit` states of resources that are known no longer and that were last saved before that time. */
  prune(savedBefore: number, limit: number): Promise<number>;
  /** Forgets what was learned of a resource. */
  remove(resourceKey: string): Promise<void>;
  /** Bytes of all states of resources. */
  bytes(): Promise<number>;
  /** Removes up to `limit` states of resources that were last saved before that time, those saved longest ago first. */
  pruneOldest(savedBefore: number, limit: number): Promise<number>;
  /** Bytes of state by resource, the largest first. */
  sizes(limit: number): Promise<{ resourceKey: string; bytes: number; savedTime: number }[]>;
}
