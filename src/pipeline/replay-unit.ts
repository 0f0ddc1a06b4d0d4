import type { Enrichment } from '../enrichers/enrichment.ts';
import type { OnBytes, ResourcePlan, StreamsPlan } from './plan.ts';
import { type Plugins, type ReplayOutcome, replayResource, type TimeRange } from './replay-resource.ts';
import { replayStreams, type StreamsOutcome } from './replay-streams.ts';

/** The streams with the configured resources. Plain data: it is sent to worker threads. */
export interface SharedPlan {
  streams: StreamsPlan;
  resources: readonly ResourcePlan[];
}

/** What is judged by one worker, one after another: a resource with its logs, or all streams. */
export type Unit = ResourcePlan | SharedPlan;

/** Judges a unit; the outcome depends on it and the files alone. */
export function replayUnit(
  unit: Unit,
  range: TimeRange,
  plugins: Plugins,
  enrichment: Enrichment,
  onBytes: OnBytes,
): Promise<ReplayOutcome | StreamsOutcome> {
  return 'streams' in unit
    ? replayStreams(unit, range, plugins, enrichment, onBytes)
    : replayResource(unit, range, plugins, enrichment, onBytes);
}
