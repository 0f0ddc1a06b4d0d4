import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { detectors } from '../../src/detectors/index.ts';
import { createEnrichment, type Enrichment, loadAddressData } from '../../src/enrichers/enrichment.ts';
import { EVIDENCE_KEY_BYTES, useEvidenceKey } from '../../src/lib/evidence-seal.ts';
import { openLiveJudgement } from '../../src/live/live-judgement.ts';
import type { LivePlan } from '../../src/live/live-plan.ts';
import type { Decision } from '../../src/model/decision.ts';
import type { Learned } from '../../src/model/learned.ts';
import { parsers } from '../../src/parsers/index.ts';
import type { PlacedDecision } from '../../src/pipeline/decisions.ts';
import type { Counts } from '../../src/pipeline/plan.ts';
import { sources } from '../../src/sources/index.ts';
import { useHashKey } from '../../src/sql/keyed-hash.ts';

/** A part of a judgement: from where an earlier one was saved, so many records far. */
export interface Part {
  plan: LivePlan;
  saved?: Uint8Array;
  /** Infinite: all. */
  records: number;
  /** Those with a place before the first record; the others behind the last. */
  decisions?: readonly Decision[];
}

/** Seals the evidence of all parts. */
export const EVIDENCE_KEY: Uint8Array = new Uint8Array(EVIDENCE_KEY_BYTES).fill(7);

export interface PartOutcome {
  state: Uint8Array;
  /** Canonical JSON of each alert that was told, as it was told last, behind its version; by name. */
  alerts: Map<string, string>;
  counts: Counts;
  /** Decisions that had no place. */
  placed: PlacedDecision[];
  /** What is usual then, by detector. */
  learned: Record<string, Learned[]>;
}

/** Judges parts in a thread of its own, which has secrets of its own. */
export async function judgeInThread(parts: readonly Part[]): Promise<PartOutcome[]> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { parts } });
  const { promise, resolve, reject } = Promise.withResolvers<PartOutcome[]>();
  worker.once('message', resolve).once('error', reject);
  try {
    return await promise;
  } finally {
    await worker.terminate();
  }
}

/** So much later the last record of a file is not waited for any longer. */
const SILENCE_MS = 1000;

async function judge({ plan, saved, records, decisions = [] }: Part, enrichment: Enrichment): Promise<PartOutcome> {
  let ahead = 0;
  const clocks = { wall: () => Date.now() + ahead, steady: () => Date.now() + ahead };
  const world = { plugins: { parsers, detectors, sources }, enrichment, clocks };
  const judgement = openLiveJudgement(plan, saved, world, () => undefined);
  judgement.decide(decisions.filter(({ eventTime }) => eventTime !== undefined));
  const alerts = new Map<string, string>();
  const take = () => {
    for (const { alert, version } of judgement.takeAlerts()) {
      alerts.set(alert.name, `${version} ${JSON.stringify(alert)}`);
    }
  };
  const before = judgedOf(judgement.counts);
  for (let left = records; ahead <= SILENCE_MS && left > 0; left = records - judgedOf(judgement.counts) + before) {
    const again = await judgement.work(Number.POSITIVE_INFINITY, Math.min(left, 1000));
    ahead += again === 0 ? 0 : SILENCE_MS;
    take();
  }
  const placed = judgement.decide(decisions.filter(({ eventTime }) => eventTime === undefined));
  take();
  const learned = judgement.learned();
  const { state } = judgement.save();
  judgement.close();
  return { state, alerts, counts: judgement.counts, placed, learned };
}

/** Records but those that nobody judges. */
function judgedOf({ records, skipped, rejected }: Counts): number {
  return records - skipped - Object.values(rejected).reduce((sum, { count }) => sum + count, 0);
}

if (!isMainThread && parentPort !== null && 'parts' in ((workerData ?? {}) as object)) {
  useEvidenceKey(EVIDENCE_KEY);
  useHashKey({ low: 1, high: 2 }); // kept in the store of a server: the same for all of its threads
  const enrichment = createEnrichment(
    await loadAddressData({ networks: [], geo: [], asn: [], cloudRanges: [], reputation: [] }),
  );
  const outcomes: PartOutcome[] = [];
  for (const part of (workerData as { parts: Part[] }).parts) {
    outcomes.push(await judge(part, enrichment));
  }
  parentPort.postMessage(outcomes);
}
