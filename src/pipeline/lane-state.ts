import type { Enrichment } from '../enrichers/enrichment.ts';
import type { Decision } from '../model/decision.ts';
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
  /** Sequence of the last decision that holds. Kept since 0.1. */
  decided?: number;
  /** Decisions whose place in event time has not come yet, in their order. Kept since 0.1. */
  undecided?: Decision[];
}

/** Where a lane takes up its work again. */
export interface SavedLane {
  state: LaneState;
  /** By detector; one that is absent begins to learn anew. */
  detectors: Readonly<Record<string, unknown>>;
}

/** @param classes of activities */
export function emptyState(enrichment: Enrichment, classes: number): LaneState {
  const vocabulary = new Vocabulary(enrichment);
  return {
    vocabulary,
    poolers: new PoolerJoin(vocabulary),
    queries: new QueryJoins(),
    seen: new Float64Array(classes),
    faults: new Map(),
    untilSweep: SWEEP_EVERY,
    time: 0,
  };
}
