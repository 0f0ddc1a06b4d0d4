import type { Enrichment } from '../enrichers/enrichment.ts';
import { ActivityClass } from '../model/activity.ts';
import { PoolerJoin } from './pooler-join.ts';
import { QueryJoins } from './query-joins.ts';
import { Vocabulary } from './vocabulary.ts';

/** Records between two looks at whether ids must be given back. */
export const SWEEP_EVERY = 8192;

/** What a lane has learned, as data; what detectors have learned is beside it. */
export interface LaneState {
  vocabulary: Vocabulary;
  poolers: PoolerJoin;
  queries: QueryJoins;
  /** Records by the place of their class. */
  seen: Float64Array;
  /** Faults of detectors, and how often each came. */
  faults: Map<string, number>;
  untilSweep: number;
  /** Event time of the latest activity. */
  time: number;
}

export function emptyState(enrichment: Enrichment): LaneState {
  const vocabulary = new Vocabulary(enrichment);
  return {
    vocabulary,
    poolers: new PoolerJoin(vocabulary),
    queries: new QueryJoins(),
    seen: new Float64Array(Object.keys(ActivityClass).length),
    faults: new Map(),
    untilSweep: SWEEP_EVERY,
    time: 0,
  };
}
