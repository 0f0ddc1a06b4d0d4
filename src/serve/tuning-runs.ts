import { randomUUID } from 'node:crypto';
import type { TuningRunFacts } from '../api/context.ts';
import type { Detector } from '../detectors/detector.ts';
import type { AddressData } from '../enrichers/enrichment.ts';
import type { Alert } from '../model/alert.ts';
import type { ResourcePlan } from '../pipeline/plan.ts';
import type { ReplayOutcome } from '../pipeline/replay-resource.ts';
import { type ReplayWorker, startReplayWorker } from '../pipeline/replay-worker.ts';
import { changesOf } from '../tuning/alert-changes.ts';
import type { Settings } from '../tuning/setting-variants.ts';
import { trialsOf } from '../tuning/trials.ts';

/** Runs that are remembered. */
const MOST_KEPT = 50;

/** What is to be tried. */
export interface TuningRequest {
  /** Only the settings of this detector. */
  detector?: string;
  /** Settings by detector, tried together over those that hold; absent: every setting that is worth a try, each alone. */
  settings?: Readonly<Record<string, Settings>>;
  /** Only alerts that start here or later are compared, milliseconds since the epoch. */
  from?: number;
}

/** Judges the history of a resource by other settings, in a thread of its own; one run at a time. */
export interface TuningRuns {
  /** Undefined while another one runs. */
  start(plan: ResourcePlan, request: TuningRequest): TuningRunFacts | undefined;
  get(id: string): TuningRunFacts | undefined;
  cancel(id: string): void;
  stop(): Promise<void>;
}

interface Subject {
  plan: ResourcePlan;
  /** Settings of each judgement, those that hold first. */
  wanted: readonly (Pick<TuningRunFacts['trials'][number], 'detector' | 'setting' | 'now' | 'tried'> & {
    settings: Settings;
  })[];
  from: number;
  bytes: number;
}

export function createTuningRuns(
  addressData: () => AddressData,
  detectors: readonly Detector[],
  sizeOf: (plan: ResourcePlan) => Promise<number>,
): TuningRuns {
  const runs = new Map<string, TuningRunFacts>();
  let current: { run: TuningRunFacts; worker?: ReplayWorker } | undefined;

  async function work(run: TuningRunFacts, plan: ResourcePlan, request: TuningRequest): Promise<void> {
    const wanted = wantedOf(plan.settings, detectors, request);
    const from = request.from ?? Number.NEGATIVE_INFINITY;
    const subject: Subject = { plan, wanted, from, bytes: await sizeOf(plan) };
    if (run.state !== 'running') {
      return; // cancelled meanwhile
    }
    let read = 0;
    const onBytes = (bytes: number) => {
      read += bytes;
      run.progress = Math.min(1, read / Math.max(1, subject.bytes * (wanted.length + 1)));
    };
    const situation = { addressData: addressData(), range: { from, to: Number.POSITIVE_INFINITY } };
    const worker = startReplayWorker();
    current = { run, worker };
    try {
      await judgeAll(run, subject, (unit) => worker.judge(unit, situation, onBytes));
    } finally {
      await worker.stop();
      current = undefined;
    }
  }

  return {
    start(plan, request) {
      if (current !== undefined) {
        return undefined;
      }
      const { key: resourceKey } = plan.resource;
      const run: TuningRunFacts = { id: randomUUID(), resourceKey, state: 'running', progress: 0, trials: [] };
      current = { run };
      runs.set(run.id, run);
      for (const id of [...runs.keys()].slice(0, Math.max(0, runs.size - MOST_KEPT))) {
        runs.delete(id);
      }
      work(run, plan, request).catch((error: unknown) => {
        current = undefined;
        if (run.state === 'running') {
          Object.assign(run, { state: 'failed', problem: error instanceof Error ? error.message : String(error) });
        }
      });
      return run;
    },
    get: (id) => runs.get(id),
    cancel(id) {
      if (current?.run.id === id) {
        current.run.state = 'cancelled';
        void current.worker?.stop();
        current = undefined;
      }
    },
    async stop() {
      await current?.worker?.stop();
    },
  };
}

async function judgeAll(
  run: TuningRunFacts,
  { plan, wanted }: Subject,
  judgeUnit: (unit: ResourcePlan) => Promise<ReplayOutcome>,
): Promise<void> {
  const judge = async (settings: Settings): Promise<Alert[]> => {
    const { alerts } = await judgeUnit({ ...plan, settings });
    return alerts.map(({ json }) => JSON.parse(json) as Alert);
  };
  const now = await judge(plan.settings);
  run.now = now.length;
  for (const { settings, ...trial } of wanted) {
    run.trials = [...run.trials, { ...trial, changes: changesOf(now, await judge(settings)) }];
  }
  run.progress = 1;
  run.state = 'done';
}

function wantedOf(held: Settings, detectors: readonly Detector[], request: TuningRequest): Subject['wanted'] {
  const { settings, detector } = request;
  if (settings === undefined) {
    return trialsOf(held, detectors, detector).map(({ variant, ...trial }) => ({ ...variant, ...trial }));
  }
  const changed = Object.entries(settings).map(([id, own]) => [id, { ...(held[id] as object), ...own }]);
  return [{ tried: settings, settings: { ...held, ...Object.fromEntries(changed) } }];
}
