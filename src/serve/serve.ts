import { hostname } from 'node:os';
import { archiveStatus } from '../archive/archive-status.ts';
import { loadConfig } from '../config/load-config.ts';
import { tellingDecisions } from '../delivery/telling-decisions.ts';
import { type AddressData, loadAddressData } from '../enrichers/enrichment.ts';
import { surveyLines } from '../formats/survey-lines.ts';
import { useOutboundPolicy } from '../lib/outbound/outbound-policy.ts';
import { startEngine } from '../live/engine.ts';
import type { LivePlan } from '../live/live-plan.ts';
import type { ProtectionSettings } from '../model/protection-settings.ts';
import type { Notifier } from '../notifiers/notifier.ts';
import type { Plugins } from '../pipeline/replay-resource.ts';
import type { Source } from '../sources/source.ts';
import { openStore } from '../store/open-store.ts';
import { startRetention } from '../store/retention.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { watchHealth } from '../telemetry/watch-health.ts';
import { addressFilesOf } from './address-files.ts';
import { startArchiving } from './archiving.ts';
import { createConfigReader } from './config-reader.ts';
import { type Configured, readDecisions, watchDecisions } from './decisions.ts';
import { openDiscovery } from './discovery.ts';
import { evidenceKeyOf } from './evidence-key-of.ts';
import { followStreams } from './follow-streams.ts';
import { hashKeyOf } from './hash-key-of.ts';
import { openNetworks } from './networks.ts';
import { observing } from './observing.ts';
import { ownRetention } from './own-retention.ts';
import { createPlanning } from './planning.ts';
import { protectedPlan } from './protected-plan.ts';
import { raising } from './raising.ts';
import { createReceiving } from './receiving.ts';
import { refreshDataFiles } from './refresh-data-files.ts';
import { releaseInputs } from './release-inputs.ts';
import { createSelfTests } from './self-tests.ts';
import type { ServeOptions, Server } from './server.ts';
import { startApi } from './start-api.ts';
import { openSuppressor } from './suppressor.ts';
import { openTelling } from './telling.ts';
import { createTuning } from './tuning-port.ts';
import { addressFilesLooks, watchAddressFiles } from './watch-address-files.ts';
import { watchRevision } from './watch-revision.ts';

/** Starts everything: configuration, store, engine, API. */
export async function serve(
  { config: file, workers, version, note }: ServeOptions,
  plugins: Plugins & { sources: readonly Source[]; notifiers: readonly Notifier[] },
): Promise<Server> {
  const { storeUrl, directory } = await loadConfig(file, plugins, true);
  const store = await openStore(storeUrl, { directory });
  const reader = createConfigReader(file, plugins, store, note);
  const config = await reader.load();
  useOutboundPolicy(config.outbound);
  const looks = addressFilesLooks(config);
  const loaded = await loadAddressData(config.enrichment);
  for (const text of loaded.notes) {
    note(text);
  }
  const networks = await openNetworks(store, loaded, config.enrichment.networks, note);
  const receiving = createReceiving(config.server.directory, store, note);
  let { declared } = config;
  let reloading = Promise.resolve();
  const planning = await createPlanning({ store, plugins, journals: receiving.journals, note });
  const planned = await planning.plan(config);
  let configured = planned.resources;
  const discovery = await openDiscovery(store, config, configured, plugins.detectors, note);
  const plans = await decided([...configured, ...discovery.resources]);
  const streams = await followStreams(planned.streams, plugins.parsers, receiving.journals, note);
  const evidenceKey = await evidenceKeyOf(config.server);
  const suppressor = await openSuppressor(store);
  const owner = `${hostname()} ${process.pid}`;
  const telling = openTelling(config.notifications, {
    store,
    notifiers: plugins.notifiers,
    declared: declaredSettings,
    version,
    clock: Date.now,
    note,
  });
  const archiving = await startArchiving(config.archive, store, note);
  const engine = await startEngine({
    store,
    plans,
    ...(streams.plan !== undefined && { streams: streams.plan }),
    discover: (resource) => discovery.found(resource),
    addressData: networks.addressData,
    hashKey: await hashKeyOf(store),
    evidenceKey,
    workers,
    owner,
    note,
    messagesOf: telling.routing,
    suppress: (write) => suppressor.applied(write),
    release: (released, positions) => releaseInputs(released, positions, plugins.sources),
    archive: archiving.archive,
  });
  const present = () => [...configured, ...discovery.resources];
  const stopWatching = [
    watchDecisions(store, present, plans, plugins.detectors, (plan) => engine.change(plan)),
    watchRevision(store, () => engine.decide()),
    networks.watch((data) => engine.changeAddressData(data)),
    reader.watch(reload),
  ];
  const addressFiles = watchAddressFiles(config, looks, renewAddresses, note);
  const observed = observing(engine, planning, receiving, plugins);
  const health = await watchHealth(store, () => observed.observations());
  const stopRetention = startRetention(store, config.retention, note, () => ownRetention(store));
  const metrics = createMetrics(
    store,
    () => health.resources.values(),
    Date.now,
    () => archiveStatus(archiving.archive),
  );
  await receiving.run(config);
  const refreshing = refreshDataFiles(config.publishers, note);
  const stopLooking = streams.watch(engine, async () => planning.streams(await reader.load()));
  const stopSettling = planning.watch(settle);
  const tuning = createTuning({
    load: () => reader.load(),
    plugins,
    addressData: () => networks.addressData,
    configured: () => configured,
    decided: async (one) => (await decided([one]))[0]!,
  });
  const selfTests = createSelfTests({ store, planOf, apply, settingsOf: (id) => planning.settingsOf(id) });
  const api = await startApi(tellingDecisions(store, telling.decisions), config.server, version, {
    metrics,
    ingest: receiving.registerIngest,
    archive: archiving.archive,
    declaredSettings,
    tuning,
    selfTests,
    learned: (key) => engine.learned(key),
    raise: raising(store, telling.routing, suppressor),
    evidenceKey,
    resourceIntake: reader.port,
    catalogue: plugins.detectors,
    networks: networks.port,
    surveyLines: (bytes, engine) => surveyLines(bytes, engine, plugins),
    addressData: () => addressFilesOf(addressFiles.settings(), config.publishers, networks.addressData),
    notifications: telling.notifications,
  });

  const delivery = telling.start(config.server.publicUrl ?? api.httpsUrl ?? api.httpUrl, owner);

  /** What the file says of a resource, beside its logs. */
  function declaredSettings(key: string): ProtectionSettings | undefined {
    return declared.get(key)?.settings;
  }

  /** The plans with what people have decided. */
  async function decided(resources: readonly Configured[]): Promise<LivePlan[]> {
    const decisions = await readDecisions(store);
    return resources.map(({ plan, row }) => protectedPlan(plan, row, decisions, plugins.detectors));
  }

  async function planOf(key: string): Promise<LivePlan | undefined> {
    const one = [...configured, ...discovery.resources].find(({ plan }) => plan.resource.key === key);
    return one && (await decided([one]))[0];
  }

  /** Holds when it resolves: threads answer in the order in which they are asked. */
  async function apply(plan: LivePlan): Promise<void> {
    await engine.change(plan);
    await engine.learned(plan.resource.key);
  }

  /** One after the other: people add resources while a signal asks for it, too. */
  function reload(): Promise<void> {
    reloading = reloading.catch(() => undefined).then(readAgain);
    return reloading;
  }

  async function readAgain(): Promise<void> {
    const next = await reader.load();
    const { resources: all, streams: nextStreams } = await planning.plan(next);
    const kept = new Set(all.map(({ row }) => row.resource.key));
    for (const { row } of configured.filter((one) => !kept.has(one.row.resource.key))) {
      engine.close(row.resource.key);
    }
    for (const plan of await decided(all)) {
      await engine.change(plan);
    }
    useOutboundPolicy(next.outbound);
    telling.change(next.notifications);
    configured = all;
    declared = next.declared;
    networks.declare(next.enrichment.networks);
    addressFiles.declare(next);
    discovery.reconfigure(next, all);
    await streams.change(engine, nextStreams);
    await receiving.run(next);
    refreshing.declare(next.publishers);
  }

  async function renewAddresses(data: AddressData): Promise<void> {
    await networks.replace(data);
    engine.changeAddressData(networks.addressData);
  }

  /** A log that told too little before can be read now. */
  async function settle(one: Configured): Promise<void> {
    await engine.change((await decided([one]))[0]!);
    configured = configured.map((other) => (other.row.resource.key === one.row.resource.key ? one : other));
  }

  const server = {
    store,
    engine,
    api,
    get configured() {
      return configured;
    },
    receiving,
    reload,
    async stop() {
      for (const stop of stopWatching) {
        stop();
      }
      addressFiles.stop();
      suppressor.stop();
      stopLooking();
      stopSettling();
      health.stop();
      observed.stop();
      stopRetention();
      await api.close();
      await tuning.stop();
      await receiving.stop();
      await refreshing.stop();
      await engine.stop();
      await receiving.close();
      await delivery.stop();
      await archiving.stop();
      await store.close();
    },
  };
  return server;
}
