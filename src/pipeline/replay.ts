import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { createEnrichment } from '../enrichers/enrichment.ts';
import { addCounts, emptyCounts } from './counts.ts';
import type { OnBytes, OnProgress, ReplayPlan, ReplayResult } from './plan.ts';
import type { Plugins, ReplayOutcome, TimeRange } from './replay-resource.ts';
import type { StreamsOutcome } from './replay-streams.ts';
import { replayUnit, type Unit } from './replay-unit.ts';
import { type ReplayWorker, startReplayWorker } from './replay-worker.ts';

/**
 * Judges the history of every resource of a plan, and of those that streams name. Units of work are judged apart from
 * each other, so the outcome is the same for any number of workers.
 *
 * @param crew threads that work beside this one; they are stopped at the end
 */
export async function replay(
  plan: ReplayPlan,
  plugins: Plugins,
  onProgress?: OnProgress,
  crew = startCrew(plan, plan.workers),
): Promise<ReplayResult> {
  const units = unitsOf(plan);
  const sizes = await Promise.all(units.map(sizeOf));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let read = 0;
  const onBytes = (bytes: number) => {
    read += bytes;
    onProgress?.(Math.min(read, total), total);
  };
  const queue = createQueue(units, sizes);
  try {
    const others = crew.map((worker) => workInThread(plan, queue, worker, onBytes));
    await Promise.all([...others, workHere(plan, queue, plugins, crew.length > 0 ? yielding(onBytes) : onBytes)]);
  } finally {
    await Promise.all(crew.map((worker) => worker.stop()));
  }
  return combine(plan, queue.outcomes());
}

/** Starts threads for what is to be judged, so that they load their code while the rest of a plan is made. */
export function startCrew(inputs: Pick<ReplayPlan, 'resources' | 'streams'>, workers: number): ReplayWorker[] {
  const beside = Math.min(workers, unitsOf(inputs).length) - 1;
  return Array.from({ length: Math.max(0, beside) }, startReplayWorker);
}

/** Lets what other threads say be heard between two blocks. */
function yielding(onBytes: (bytes: number) => void): OnBytes {
  return async (bytes) => {
    onBytes(bytes);
    await setImmediate();
  };
}

/** The streams are one unit, with all resources that they might name; each resource with logs is another. */
function unitsOf({ streams, resources }: Pick<ReplayPlan, 'resources' | 'streams'>): Unit[] {
  const shared: Unit[] = streams.sources.length > 0 ? [{ streams, resources }] : [];
  return [...shared, ...resources.filter(({ sources }) => sources.length > 0)];
}

async function sizeOf(unit: Unit): Promise<number> {
  const sources = 'streams' in unit ? unit.streams.sources : unit.sources;
  const files = await Promise.all(sources.flatMap(({ files: paths }) => paths.map((path) => stat(path))));
  return files.reduce((sum, { size }) => sum + size, 0);
}

/** What is to be done: a worker takes the next unit when it is done with one. */
interface Queue {
  take(): Unit | undefined;
  done(unit: Unit, outcome: ReplayOutcome | StreamsOutcome): void;
  /** In the order of the units. */
  outcomes(): (ReplayOutcome | StreamsOutcome)[];
}

/**
 * Streams are given out first, then the largest. A resource that turns out to be named in a stream belongs to the
 * streams: what was found of it without them does not count.
 */
function createQueue(units: readonly Unit[], sizes: readonly number[]): Queue {
  const isStream = (i: number) => (units[i]! === units[0]! && 'streams' in units[0]! ? 1 : 0);
  const waiting = units.map((_, i) => i).sort((a, b) => isStream(b) - isStream(a) || sizes[b]! - sizes[a]! || a - b);
  const outcomes = new Map<Unit, ReplayOutcome | StreamsOutcome>();
  const ofStreams = new Set<string>();
  const isOfStreams = (unit: Unit) => 'resource' in unit && ofStreams.has(unit.resource.key);

  return {
    take() {
      for (let i = waiting.shift(); i !== undefined; i = waiting.shift()) {
        if (!isOfStreams(units[i]!)) {
          return units[i];
        }
      }
      return undefined;
    },
    done(unit, outcome) {
      outcomes.set(unit, outcome);
      for (const key of 'judged' in outcome ? outcome.judged : []) {
        ofStreams.add(key);
      }
    },
    outcomes: () => units.filter((unit) => !isOfStreams(unit)).map((unit) => outcomes.get(unit)!),
  };
}

async function workHere(plan: ReplayPlan, queue: Queue, plugins: Plugins, onBytes: OnBytes): Promise<void> {
  const enrichment = createEnrichment(plan.addressData);
  for (let unit = queue.take(); unit !== undefined; unit = queue.take()) {
    queue.done(unit, await replayUnit(unit, rangeOf(plan), plugins, enrichment, onBytes));
  }
}

async function workInThread(
  plan: ReplayPlan,
  queue: Queue,
  worker: ReplayWorker,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const situation = { addressData: plan.addressData, range: rangeOf(plan) };
  for (let unit = queue.take(); unit !== undefined; unit = queue.take()) {
    queue.done(unit, await worker.judge(unit, situation, onBytes));
  }
}

function rangeOf({ from, to }: ReplayPlan): TimeRange {
  return { from: from ?? Number.NEGATIVE_INFINITY, to: to ?? Number.POSITIVE_INFINITY };
}

function combine(plan: ReplayPlan, outcomes: readonly (ReplayOutcome | StreamsOutcome)[]): ReplayResult {
  const counts = emptyCounts();
  counts.notes.push(...plan.notes, ...notNamed(plan, outcomes));
  for (const outcome of outcomes) {
    addCounts(counts, outcome.counts);
  }
  const alerts = outcomes.flatMap((outcome) => outcome.alerts);
  alerts.sort((a, b) => compare(a.startTimeUtc, b.startTimeUtc) || compare(a.name, b.name));
  return { alerts: alerts.map(({ json }) => json), counts };
}

/** Resources that are left to streams, none of which names them: likely an id that is not quite theirs. */
function notNamed({ resources }: ReplayPlan, outcomes: readonly (ReplayOutcome | StreamsOutcome)[]): string[] {
  const named = new Set(outcomes.flatMap((outcome) => ('judged' in outcome ? outcome.judged : [])));
  const missing = resources.filter(({ resource, sources }) => sources.length === 0 && !named.has(resource.key));
  return missing.map(({ resource }) => `${resource.name}: no record of the streams names ${resource.id}`);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
