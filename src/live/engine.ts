import type { AddressData } from '../enrichers/enrichment.ts';
import type { Decision } from '../model/decision.ts';
import type { Learned } from '../model/learned.ts';
import type { Resource } from '../model/resource.ts';
import { createDecisionFeed } from './decision-feed.ts';
import type { EngineOptions } from './engine-options.ts';
import { type LivePlan, STREAMS_KEY, type StreamsPlan } from './live-plan.ts';
import { startLiveThread, type ThreadHandle } from './live-threads.ts';
import { createQuestions } from './questions.ts';
import { SHARDS, shardOf } from './shard-of.ts';
import { createShardWriter, createTogetherWriter } from './shard-writer.ts';
import { createSpooling } from './spooling.ts';
import type { FromThread, ResourceStatus, SavedRow } from './thread-messages.ts';

/** After so long a stop waits no longer for the store. */
const STOP_MS = 8000;

/** Judges all resources as their logs grow, for as long as the server runs. */
export interface Engine {
  /** How the resources fare, by key. */
  readonly status: ReadonlyMap<string, ResourceStatus>;
  /** What people have changed of a resource; holds within a second. One that is new is opened. */
  change(plan: LivePlan): Promise<void>;
  /** Other shared streams; those that were read before are gone on with. */
  changeStreams(plan: StreamsPlan): Promise<void>;
  /** Has what people decided since it was last called hold. */
  decide(): Promise<void>;
  /** Addresses are known by other data; holds within a second. */
  changeAddressData(data: AddressData): void;
  /** What is usual on a resource by now, by detector; undefined where it is not judged, or nobody answers in time. */
  learned(key: string): Promise<Record<string, Learned[]> | undefined>;
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
  const spooling = createSpooling(note, options.archive);
  const writers = claims.map((claim) => createShardWriter(store, claim, options, spooling));
  const together = createTogetherWriter(store, claims, note, spooling);
  const status = new Map<string, ResourceStatus>();
  const open = new Map<string, LivePlan>();
  /** Of those, the ones whose records are passed over: they take no memory before somebody accepts them. */
  const dormant = new Set<string>();
  const questions = createQuestions();
  const feed = createDecisionFeed(store, note);
  let { streams } = options;
  /** Whom shared streams name may be anybody: one thread has all. */
  const most = streams === undefined ? Math.min(options.workers, plans.length) : 1;
  const threads = Array.from({ length: Math.max(1, most) }, startThread);

  function startThread(): ThreadHandle {
    const thread: ThreadHandle = startLiveThread(
      { live: true, addressData: options.addressData, hashKey: options.hashKey, evidenceKey: options.evidenceKey },
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
        await checkpoint(message.rows);
        thread.send({ kind: 'written' });
        break;
      case 'found':
        await judgeFound(message.resource);
        break;
      case 'status':
        for (const resource of message.resources) {
          noteStatus(resource);
        }
        break;
      case 'note':
        note(`${open.get(message.key)?.resource.name ?? message.key} ${message.text}`);
        break;
      case 'decided':
        await feed.place(message.placed);
        break;
      case 'learned':
        questions.answer(message.question, message.learned);
        break;
      case 'stopped':
        break;
    }
  }

  async function written(rows: readonly SavedRow[]): Promise<boolean> {
    if (streams === undefined) {
      return writers[rows[0]!.shard]!.checkpoint(rows);
    }
    await Promise.all(rows.map(({ shard }) => writers[shard]!.idle())); // alerts come first
    return together.checkpoint(rows);
  }

  async function checkpoint(rows: readonly SavedRow[]): Promise<void> {
    const isWritten = await written(rows);
    for (const { key, positions, decided } of rows) {
      if (isWritten && decided !== undefined) {
        await feed.saved(key, decided);
      }
      const inputs = key === STREAMS_KEY ? streams?.inputs : open.get(key)?.logs.flatMap((log) => log.inputs);
      options.release?.(inputs ?? [], positions);
    }
  }

  async function judgeFound(resource: Resource): Promise<void> {
    const plan = await options.discover(resource);
    if (typeof plan === 'string') {
      threadOf(resource.key).send({ kind: 'pass-over', resource, reason: plan });
    } else {
      await change(plan);
    }
  }

  async function savedOf(key: string): Promise<Uint8Array | undefined> {
    const rows = await store.state.load(shardOf(key));
    return rows.find(({ resourceKey }) => resourceKey === key)?.state;
  }

  async function change(plan: LivePlan): Promise<void> {
    const { key } = plan.resource;
    if (!open.has(key) || dormant.has(key)) {
      const wasDormant = dormant.has(key);
      const isIdle = isDormant(plan);
      openPlan(plan, isIdle ? undefined : await savedOf(key), isIdle ? [] : await feed.of(key));
      if (wasDormant && !isDormant(plan)) {
        note(`${plan.resource.name} is judged from now on`);
      }
      return;
    }
    open.set(key, plan);
    threadOf(key).send({ kind: 'change', plan });
  }

  function noteStatus(resource: ResourceStatus): void {
    const before = status.get(resource.key);
    status.set(resource.key, { ...resource, first: before?.first ?? resource.first });
    for (const { what, bytes } of resource.gaps) {
      note(`${resource.name}: ${what}${bytes === undefined ? '' : ` (${bytes} bytes)`}`);
    }
  }

  async function openShards(): Promise<void> {
    const decisions = await feed.all();
    const byShard = Map.groupBy(plans, ({ resource }) => shardOf(resource.key));
    for (const [shard, ofShard] of byShard) {
      const isIdle = ofShard.every((plan) => isDormant(plan) && !feed.isErasing(plan.resource.key));
      const saved = new Map(isIdle ? [] : (await store.state.load(shard)).map((row) => [row.resourceKey, row.state]));
      for (const plan of ofShard) {
        openPlan(plan, saved.get(plan.resource.key), decisions.get(plan.resource.key) ?? []);
      }
    }
    await forgetUnjudged([...decisions.keys()]);
    if (streams !== undefined) {
      openStreams(streams, await savedOf(STREAMS_KEY));
    }
  }

  /** Of what is not judged nobody can take a name out: then nothing that was learned stays. */
  async function forgetUnjudged(keys: readonly string[]): Promise<void> {
    for (const key of keys.filter((other) => !open.has(other) && feed.isErasing(other))) {
      await store.state.remove(key);
      await feed.saved(key, Number.POSITIVE_INFINITY);
    }
  }

  function openPlan(plan: LivePlan, saved: Uint8Array | undefined, decisions: readonly Decision[]): void {
    const { resource } = plan;
    const thread = threadOf(resource.key);
    open.set(resource.key, plan);
    const isErasing = feed.isErasing(resource.key);
    if (isDormant(plan) && !(isErasing && saved !== undefined)) {
      dormant.add(resource.key);
      thread.send({ kind: 'pass-over', resource });
      void feed.saved(resource.key, Number.POSITIVE_INFINITY);
    } else {
      dormant.delete(resource.key);
      thread.send({ kind: 'open', plan, ...(saved !== undefined && { saved }), decisions });
    }
  }

  function openStreams(plan: StreamsPlan, saved: Uint8Array | undefined): void {
    streams = plan;
    threadOf(STREAMS_KEY).send({ kind: 'streams', plan, ...(saved !== undefined && { saved }) });
  }

  await openShards();
  return {
    status,
    change,
    async changeStreams(plan) {
      if (streams === undefined && threads.length > 1) {
        note('shared streams are read from the next start on: this one began without any');
        return;
      }
      openStreams(plan, streams === undefined ? await savedOf(STREAMS_KEY) : undefined);
    },
    async decide() {
      const news = await feed.news();
      await forgetUnjudged([...news.keys()]);
      for (const [key, decisions] of news) {
        if (dormant.has(key) && feed.isErasing(key)) {
          openPlan(open.get(key)!, await savedOf(key), await feed.of(key));
        } else {
          threadOf(key).send({ kind: 'decide', key, decisions });
        }
      }
    },
    changeAddressData(data) {
      for (const thread of threads) {
        thread.send({ kind: 'address-data', data });
      }
    },
    learned: (key) => questions.ask((question) => threadOf(key).send({ kind: 'ask-learned', key, question })),
    close(key) {
      open.delete(key);
      dormant.delete(key);
      threadOf(key).send({ kind: 'close', key });
    },
    async stop() {
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(late.resolve, STOP_MS);
      const saved = Promise.all(threads.map((thread) => thread.stop())).then(() =>
        Promise.all([...writers, together].map((writer) => writer.idle())),
      );
      await Promise.race([saved, late.promise]);
      clearTimeout(timer);
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}

/** Only shared streams may name it, and nobody wants it judged. */
function isDormant({ logs, isOn }: LivePlan): boolean {
  return logs.length === 0 && !isOn;
}
