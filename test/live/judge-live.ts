import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { detectors } from '../../src/detectors/index.ts';
import type { EnrichmentSettings } from '../../src/enrichers/enrichment.ts';
import { createEnrichment, loadAddressData } from '../../src/enrichers/enrichment.ts';
import { openLiveJudgement, type SavedResource } from '../../src/live/live-judgement.ts';
import type { LivePlan } from '../../src/live/live-plan.ts';
import type { Alert } from '../../src/model/alert.ts';
import { parsers } from '../../src/parsers/index.ts';
import { sources } from '../../src/sources/index.ts';
import { type HashKey, useHashKey } from '../../src/sql/keyed-hash.ts';

/** A part of a judgement: from where an earlier one was saved, for so many slices or until nothing is left. */
export interface Part {
  plan: LivePlan;
  enrichment: EnrichmentSettings;
  hashKey: HashKey;
  saved: Uint8Array | undefined;
  /** Bytes to be judged at least; infinite: all. */
  bytes: number;
}

export interface PartOutcome {
  saved: SavedResource;
  /** As they were told last. */
  alerts: { alert: Alert; version: number }[];
  records: number;
}

/** Judges a part in a thread of its own, which has secrets of its own. */
export async function judgeInThread(part: Part): Promise<PartOutcome> {
  const worker = new Worker(new URL(import.meta.url), { workerData: part });
  const { promise, resolve, reject } = Promise.withResolvers<PartOutcome>();
  worker.once('message', resolve).once('error', reject);
  try {
    return await promise;
  } finally {
    await worker.terminate();
  }
}

async function judge({ plan, enrichment, hashKey, saved, bytes }: Part): Promise<PartOutcome> {
  useHashKey(hashKey);
  const data = await loadAddressData(enrichment);
  const world = {
    plugins: { parsers, detectors, sources },
    enrichment: createEnrichment(data),
    clock: () => Date.now(),
  };
  const judgement = openLiveJudgement(plan, saved, world, () => undefined);
  const alerts = new Map<string, PartOutcome['alerts'][number]>();
  const startBytes = judgement.counts.bytes;
  for (let isMore = true; isMore && judgement.counts.bytes - startBytes < bytes; ) {
    isMore = (await judgement.work(performance.now() + 1)) === 0;
    for (const { alert, version } of judgement.takeAlerts()) {
      alerts.set(alert.name, { alert, version });
    }
  }
  const outcome = {
    saved: judgement.save(),
    alerts: [...alerts.values()],
    records: judgement.counts.records,
    counts: judgement.counts,
  };
  judgement.close();
  return outcome;
}

if (!isMainThread && parentPort !== null && workerData !== null && 'hashKey' in (workerData as object)) {
  parentPort.postMessage(await judge(workerData as Part));
}
