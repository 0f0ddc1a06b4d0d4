import { stat } from 'node:fs/promises';
import { createEnrichment } from '../enrichers/enrichment.ts';
import { addCounts, emptyCounts } from './counts.ts';
import type { OnProgress, ReplayPlan, ReplayResult, ResourcePlan } from './plan.ts';
import { type Plugins, type ResourceOutcome, replayResource } from './replay-resource.ts';
import { startReplayWorker } from './replay-worker.ts';

/**
 * Judges the history of every resource of a plan. Resources are judged apart from each other, so the outcome is the
 * same for any number of workers.
 */
export async function replay(plan: ReplayPlan, plugins: Plugins, onProgress?: OnProgress): Promise<ReplayResult> {
  const sizes = await Promise.all(plan.resources.map(sizeOf));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let read = 0;
  const onBytes = (bytes: number) => {
    read += bytes;
    onProgress?.(Math.min(read, total), total);
  };
  const largestFirst = plan.resources.map((_, i) => i).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const workers = Math.min(plan.workers, plan.resources.length);
  const outcomes =
    workers > 1
      ? await replayInWorkers(plan, largestFirst, workers, onBytes)
      : await replayHere(plan, plugins, onBytes);
  return combine(outcomes);
}

async function sizeOf({ sources }: ResourcePlan): Promise<number> {
  const files = await Promise.all(sources.flatMap(({ files: paths }) => paths.map((path) => stat(path))));
  return files.reduce((sum, { size }) => sum + size, 0);
}

async function replayHere(
  plan: ReplayPlan,
  plugins: Plugins,
  onBytes: (bytes: number) => void,
): Promise<ResourceOutcome[]> {
  const enrichment = createEnrichment(plan.addressData);
  const outcomes: ResourceOutcome[] = [];
  for (const resource of plan.resources) {
    outcomes.push(await replayResource(resource, rangeOf(plan), plugins, enrichment, onBytes));
  }
  return outcomes;
}

/** Each worker takes the next resource when it is done with one; the largest are given out first. */
async function replayInWorkers(
  plan: ReplayPlan,
  order: readonly number[],
  workers: number,
  onBytes: (bytes: number) => void,
): Promise<ResourceOutcome[]> {
  const outcomes: ResourceOutcome[] = [];
  const waiting = [...order];
  async function work(): Promise<void> {
    const worker = startReplayWorker(plan.addressData, rangeOf(plan), onBytes);
    try {
      for (let i = waiting.shift(); i !== undefined; i = waiting.shift()) {
        outcomes[i] = await worker.judge(plan.resources[i]!);
      }
    } finally {
      await worker.stop();
    }
  }
  await Promise.all(Array.from({ length: workers }, work));
  return outcomes;
}

function rangeOf({ from, to }: ReplayPlan): { from: number; to: number } {
  return { from: from ?? Number.NEGATIVE_INFINITY, to: to ?? Number.POSITIVE_INFINITY };
}

function combine(outcomes: readonly ResourceOutcome[]): ReplayResult {
  const counts = emptyCounts();
  for (const outcome of outcomes) {
    addCounts(counts, outcome.counts);
  }
  const alerts = outcomes.flatMap((outcome) => outcome.alerts);
  alerts.sort((a, b) => compare(a.startTimeUtc, b.startTimeUtc) || compare(a.name, b.name));
  return { alerts: alerts.map(({ json }) => json), counts };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
