import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { ResourceHealth, SourceHealth } from '../model/resource-health.ts';
import { SEVERITIES } from '../model/severity.ts';
import type { Store } from '../store/store.ts';

/** One metric; its unit is part of its name, as Prometheus wants it. prometheus.io/docs/practices/naming */
interface Definition {
  help: string;
  labels: readonly string[];
}

/** Of each resource, by its id. Totals count from when it was first judged. */
const OF_RESOURCES = {
  vedette_records_total: 'Records read, since the resource was first judged.',
  vedette_activities_total: 'Records that told of an activity.',
  vedette_skipped_records_total: 'Records understood that are none of our business.',
  vedette_late_records_total: 'Records that came later than the clock of their resource allows for.',
  vedette_waiting_bytes: 'Bytes of logs that are there and not judged yet.',
  vedette_lag_seconds: 'From the event to its judgement, when records came last.',
  vedette_last_event_timestamp_seconds: 'Event time of the newest record, since the epoch.',
  vedette_records_per_second: 'Records that came lately.',
  vedette_gaps: 'Times that input was lost for good, the newest 20 at most.',
} as const;

/** Of each way in, by resource and name. Totals count from the start of the server. */
const OF_SOURCES = {
  vedette_source_up: '1 while it takes what comes.',
  vedette_source_messages_total: 'Messages taken; files are not counted.',
  vedette_source_bytes_total: 'Bytes taken; files are not counted.',
  vedette_source_last_timestamp_seconds: 'When something came last, since the epoch; of files nobody says.',
} as const;

/** Of the archive; absent where none is kept. */
const OF_ARCHIVE = {
  vedette_archive_activities: 'Activities in files.',
  vedette_archive_bytes: 'Bytes that these files take.',
  vedette_archive_spool_bytes: 'Bytes that are committed and in no file yet.',
  vedette_archive_lost_activities_total: 'Activities that could not be kept, since the server started.',
} as const;

/** Every metric of ours; Node's own (`process_…`, `nodejs_…`) come beside them. */
export const METRICS: Readonly<Record<string, Definition>> = {
  ...Object.fromEntries(Object.entries(OF_RESOURCES).map(([name, help]) => [name, { help, labels: ['resource'] }])),
  ...Object.fromEntries(
    Object.entries(OF_SOURCES).map(([name, help]) => [name, { help, labels: ['resource', 'source'] }]),
  ),
  vedette_source_refused_total: { help: 'Messages that were not taken.', labels: ['resource', 'source', 'reason'] },
  ...Object.fromEntries(Object.entries(OF_ARCHIVE).map(([name, help]) => [name, { help, labels: [] }])),
  vedette_rejected_records_total: { help: 'Records that were not understood.', labels: ['resource', 'reason'] },
  vedette_alerts: { help: 'Alerts in the store.', labels: ['severity', 'status'] },
  vedette_outbox_messages: { help: 'Messages to be sent, sent or given up.', labels: ['channel', 'state'] },
  vedette_outbox_oldest_due_seconds: { help: 'How long the oldest waiting message is overdue.', labels: ['channel'] },
  vedette_health_notices: { help: 'Notices of what a person should look at.', labels: ['kind'] },
  vedette_store_bytes: { help: 'Bytes that the rows of the store take.', labels: [] },
  vedette_store_up: { help: '1 while the store answers.', labels: [] },
};

const SECOND_MS = 1000;

export interface Metrics {
  contentType: string;
  /** In the text format of Prometheus. Never rejects: a store that is away is told by `vedette_store_up`. */
  text(): Promise<string>;
}

/** What is counted of the archive. */
export interface ArchiveCounts {
  activities: number;
  bytes: number;
  spoolBytes: number;
  lost: { activities: number };
}

export function createMetrics(
  store: Store,
  resources: () => Iterable<ResourceHealth>,
  now: () => number = Date.now,
  archive?: () => Promise<ArchiveCounts>,
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauges = new Map<string, Gauge>();
  for (const [name, { help, labels }] of Object.entries(METRICS)) {
    gauges.set(name, new Gauge({ name, help, labelNames: [...labels], registers: [registry] }));
  }
  const set = (name: keyof typeof METRICS, labels: Record<string, string>, value: number | undefined): void => {
    if (value !== undefined) {
      gauges.get(name)?.set(labels, value);
    }
  };
  return {
    contentType: registry.contentType,
    async text() {
      for (const gauge of gauges.values()) {
        gauge.reset();
      }
      for (const health of resources()) {
        setResource(health, set);
      }
      const isUp = await Promise.all([setStore(store, set, now()), setArchive(archive, set)]).then(
        () => 1,
        () => 0,
      );
      set('vedette_store_up', {}, isUp);
      return registry.metrics();
    },
  };
}

type Set = (name: string, labels: Record<string, string>, value: number | undefined) => void;

function setResource(health: ResourceHealth, set: Set): void {
  const resource = health.resourceKey;
  const seconds = (ms: number | undefined) => (ms === undefined ? undefined : ms / SECOND_MS);
  const values: Record<keyof typeof OF_RESOURCES, number | undefined> = {
    vedette_records_total: health.records,
    vedette_activities_total: health.activities,
    vedette_skipped_records_total: health.skipped,
    vedette_late_records_total: health.late,
    vedette_waiting_bytes: health.waitingBytes,
    vedette_lag_seconds: seconds(health.lagMs),
    vedette_last_event_timestamp_seconds: seconds(health.lastEventTime),
    vedette_records_per_second: health.recordsPerSecond,
    vedette_gaps: health.gaps.length,
  };
  for (const [name, value] of Object.entries(values)) {
    set(name, { resource }, value);
  }
  for (const { reason, count } of health.rejected) {
    set('vedette_rejected_records_total', { resource, reason }, count);
  }
  for (const source of health.sources ?? []) {
    setSource(resource, source, set);
  }
}

function setSource(
  resource: string,
  { name, state, messages, bytes, lastTime, refused }: SourceHealth,
  set: Set,
): void {
  const labels = { resource, source: name };
  const isUp = state === 'running' || state === 'pending';
  const values: Record<keyof typeof OF_SOURCES, number | undefined> = {
    vedette_source_up: isUp ? 1 : 0,
    vedette_source_messages_total: messages,
    vedette_source_bytes_total: bytes,
    vedette_source_last_timestamp_seconds: lastTime === undefined ? undefined : lastTime / SECOND_MS,
  };
  for (const [metric, value] of Object.entries(values)) {
    set(metric, labels, value);
  }
  for (const { reason, count } of refused) {
    set('vedette_source_refused_total', { ...labels, reason }, count);
  }
}

async function setArchive(archive: (() => Promise<ArchiveCounts>) | undefined, set: Set): Promise<void> {
  const counts = await archive?.();
  const values: Record<keyof typeof OF_ARCHIVE, number | undefined> = {
    vedette_archive_activities: counts?.activities,
    vedette_archive_bytes: counts?.bytes,
    vedette_archive_spool_bytes: counts?.spoolBytes,
    vedette_archive_lost_activities_total: counts?.lost.activities,
  };
  for (const [name, value] of Object.entries(values)) {
    set(name, {}, value);
  }
}

async function setStore(store: Store, set: Set, now: number): Promise<void> {
  const [alerts, depths, notices, bytes] = await Promise.all([
    store.alerts.count({}),
    store.outbox.depths(),
    store.health.notices(),
    store.bytes(),
  ]);
  for (const severity of SEVERITIES) {
    set('vedette_alerts', { severity, status: 'Active' }, 0);
  }
  for (const { severity, status, count } of alerts) {
    set('vedette_alerts', { severity, status }, count);
  }
  for (const { channel, state, count, oldestDueTime } of depths) {
    set('vedette_outbox_messages', { channel, state }, count);
    const overdue = state === 'waiting' ? Math.max(0, now - oldestDueTime) / SECOND_MS : undefined;
    set('vedette_outbox_oldest_due_seconds', { channel }, overdue);
  }
  for (const [kind, ofKind] of Map.groupBy(notices, (notice) => notice.kind)) {
    set('vedette_health_notices', { kind }, ofKind.length);
  }
  set('vedette_store_bytes', {}, bytes);
}
