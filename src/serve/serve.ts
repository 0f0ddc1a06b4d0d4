import { hostname } from 'node:os';
import type { Config } from '../config/load-config.ts';
import { loadConfig } from '../config/load-config.ts';
import { loadAddressData } from '../enrichers/enrichment.ts';
import { resolveFormats } from '../formats/resolve-formats.ts';
import { type Engine, startEngine } from '../live/engine.ts';
import type { LivePlan } from '../live/live-plan.ts';
import type { Plugins } from '../pipeline/replay-resource.ts';
import type { Source } from '../sources/source.ts';
import { openStore } from '../store/open-store.ts';
import { startRetention } from '../store/retention.ts';
import type { Store } from '../store/store.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { watchHealth } from '../telemetry/watch-health.ts';
import { hashKeyOf } from './hash-key-of.ts';
import type { Journals } from './journals.ts';
import { livePlanOf } from './live-plans.ts';
import { createReceiving, type Receiving } from './receiving.ts';
import { type Api, startApi } from './start-api.ts';

export interface ServeOptions {
  /** Path of `vedette.yaml`. */
  config: string;
  workers: number;
  /** Of Vedette. */
  version: string;
  /** One line for the log. */
  note: (text: string) => void;
}

/** A server that is at work. */
export interface Server {
  store: Store;
  engine: Engine;
  api: Api;
  plans: readonly LivePlan[];
  receiving: Receiving;
  /** Reads the configuration again. Rejects with a `UserError`, changing nothing, when it is bad. */
  reload(): Promise<void>;
  /** Saves everything, then lets go of it. */
  stop(): Promise<void>;
}

/** Starts everything: configuration, store, engine, API. */
export async function serve(
  { config: file, workers, version, note }: ServeOptions,
  plugins: Plugins & { sources: readonly Source[] },
): Promise<Server> {
  const config = await loadConfig(file, plugins, true);
  const inputs = await resolveFormats(config, plugins);
  const store = await openStore(config.storeUrl, { directory: config.directory });
  const addressData = await loadAddressData(config.enrichment);
  for (const text of [...inputs.notes, ...addressData.notes]) {
    note(text);
  }
  const receiving = createReceiving(config.server.directory, store, note);
  const plans = await planAll({ ...config, ...inputs }, plugins, store, receiving.journals);
  const engine = await startEngine({
    store,
    plans,
    addressData,
    hashKey: await hashKeyOf(store),
    workers,
    owner: `${hostname()} ${process.pid}`,
    note,
    release: (plan, positions) => releaseInputs(plan, positions, plugins.sources),
  });
  const health = await watchHealth(store, () => engine.status.values());
  const stopRetention = startRetention(store, config.retention, note);
  const metrics = createMetrics(store, () => health.resources.values());
  await receiving.run(config.resources);
  const api = await startApi(store, config.server, version, { metrics, ingest: receiving.registerIngest });

  async function reload(): Promise<void> {
    const next = await loadConfig(file, plugins, true);
    const nextInputs = await resolveFormats(next, plugins);
    const nextPlans = await planAll({ ...next, ...nextInputs }, plugins, store, receiving.journals);
    const kept = new Set(nextPlans.map(({ resource }) => resource.key));
    for (const { resource } of server.plans) {
      if (!kept.has(resource.key)) {
        engine.close(resource.key);
      }
    }
    for (const plan of nextPlans) {
      await engine.change(plan);
    }
    server.plans = nextPlans;
    await receiving.run(next.resources);
  }

  const server = {
    store,
    engine,
    api,
    plans: plans as readonly LivePlan[],
    receiving,
    reload,
    async stop() {
      health.stop();
      stopRetention();
      await api.close();
      await receiving.stop();
      await engine.stop();
      await receiving.close();
      await store.close();
    },
  };
  return server;
}

/** The configured resources as they are judged live; the store learns of them. */
async function planAll(
  config: Config,
  { parsers }: Plugins,
  { resources }: Store,
  journals: Journals,
): Promise<LivePlan[]> {
  const plans: LivePlan[] = [];
  for (const plan of config.resources) {
    const row = await resources.put({ resource: plan.resource, origin: 'configured', time: Date.now() });
    const { alertsFrom } = config;
    const from = typeof alertsFrom === 'number' ? alertsFrom : row.firstSeenTime - alertsFrom.beforeMs;
    plans.push(await livePlanOf(plan, parsers, journals, { alertsFrom: from, isOn: true }));
  }
  return plans;
}

function releaseInputs(
  { logs }: LivePlan,
  positions: Parameters<NonNullable<Parameters<typeof startEngine>[0]['release']>>[1],
  sources: readonly Source[],
): void {
  for (const input of logs.flatMap(({ inputs }) => inputs)) {
    const position = positions[input.id];
    if (position !== undefined) {
      sources.find(({ id }) => id === input.source)?.release?.(input, position);
    }
  }
}
