import type { AddressData } from '../enrichers/enrichment.ts';
import type { Position } from '../sources/source.ts';
import type { HashKey } from '../sql/keyed-hash.ts';
import type { Store } from '../store/store.ts';
import type { LivePlan } from './live-plan.ts';
import { startLiveThread, type ThreadHandle } from './live-threads.ts';
import { SHARDS, shardOf } from './shard-of.ts';
import { createShardWriter, type MessagesOf, type SuppressedBy } from './shard-writer.ts';
import type { FromThread, ResourceStatus } from './thread-messages.ts';

/** After so long a stop waits no longer for the store. */
const STOP_MS = 8000;

export interface EngineOptions {
  store: Store;
  plans: readonly LivePlan[];
  addressData: AddressData;
  hashKey: HashKey;
  /** Threads at most. */
  workers: number;
  /** Told to people as the owner of the shards: host and process. */
  owner: string;
  /** One line for the log. */
  note: (text: string) => void;
  messagesOf: MessagesOf;
  suppressedBy: SuppressedBy;
  /** What lies before these positions is committed. */
  release?(plan: LivePlan, positions: Readonly<Record<string, Position>>): void;
}

/** Judges all resources as their logs grow, for as long as the server runs. */
export interface Engine {
  /** How the resources fare, by key. */
  readonly status: ReadonlyMap<string, ResourceStatus>;
  /** What people have changed of a resource; holds within a second. One that is new is opened. */
  change(plan: LivePlan): Promise<void>;
  close(key: string): void;
  /** Saves everything, then ends. */
  stop(): Promise<void>;
}

export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { store, plans, note } = options;
  const claims = await store.state.claim(
    Array.from({ length: SHARDS }, (_, shard) => shard),
    options.owner,
  );
  const writers = claims.map((claim) => createShardWriter(store, claim, options));
  const status = new Map<string, ResourceStatus>();
  const open = new Map<string, LivePlan>();
  const threads = Array.from({ length: Math.max(1, Math.min(options.workers, plans.length)) }, startThread);

  function startThread(): ThreadHandle {
    const thread: ThreadHandle = startLiveThread(
      { live: true, addressData: options.addressData, hashKey: options.hashKey },
      (message) => void receive(thread, message),
    );
    return thread;
  }

  function threadOf(key: string): ThreadHandle {
    return threads[shardOf(key) % threads.length]!;
  }

  async function receive(thread: ThreadHandle, message: FromThread): Promise<void> {
    switch (message.kind) {
      case 'alerts':
        await writers[message.shard]!.alerts(message.drafts);
        thread.send({ kind: 'written' });
        break;
      case 'checkpoint':
        await writers[message.shard]!.checkpoint(message.rows);
        thread.send({ kind: 'written' });
        for (const { key, positions } of message.rows) {
          const plan = open.get(key);
          if (plan !== undefined) {
            options.release?.(plan, positions);
          }
        }
        break;
      case 'status':
        for (const resource of message.resources) {
          noteStatus(resource);
        }
        break;
      case 'note':
        note(`${open.get(message.key)?.resource.name ?? message.key} ${message.text}`);
        break;
      case 'stopped':
        break;
    }
  }

  function noteStatus(resource: ResourceStatus): void {
    const before = status.get(resource.key);
    status.set(resource.key, { ...resource, first: before?.first ?? resource.first });
    for (const { what, bytes } of resource.gaps) {
      note(`${resource.name}: ${what}${bytes === undefined ? '' : ` (${bytes} bytes)`}`);
    }
  }

  async function openShards(): Promise<void> {
    const byShard = Map.groupBy(plans, ({ resource }) => shardOf(resource.key));
    for (const [shard, ofShard] of byShard) {
      const saved = new Map((await store.state.load(shard)).map((row) => [row.resourceKey, row.state]));
      for (const plan of ofShard) {
        openPlan(plan, saved.get(plan.resource.key));
      }
    }
  }

  function openPlan(plan: LivePlan, saved: Uint8Array | undefined): void {
    open.set(plan.resource.key, plan);
    threadOf(plan.resource.key).send({ kind: 'open', plan, ...(saved !== undefined && { saved }) });
  }

  await openShards();
  return {
    status,
    async change(plan) {
      const { key } = plan.resource;
      if (open.has(key)) {
        open.set(key, plan);
        threadOf(key).send({ kind: 'change', plan });
        return;
      }
      const rows = await store.state.load(shardOf(key));
      openPlan(plan, rows.find(({ resourceKey }) => resourceKey === key)?.state);
    },
    close(key) {
      open.delete(key);
      threadOf(key).send({ kind: 'close', key });
    },
    async stop() {
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(late.resolve, STOP_MS);
      const saved = Promise.all(threads.map((thread) => thread.stop())).then(() =>
        Promise.all(writers.map((writer) => writer.idle())),
      );
      await Promise.race([saved, late.promise]);
      clearTimeout(timer);
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}
