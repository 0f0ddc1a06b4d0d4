import type { Learned } from './learned.ts';
import type { Severity } from './severity.ts';

/** A matter that an alert tells of, as its detector knows it. */
export interface MatterKey {
  detector: string;
  key: string;
  severity: Severity;
  /** How far off it was. */
  score: number;
  unit: string;
}

/** What of a baseline is meant: as `Learned` tells it. */
export interface BaselineFact {
  about: Learned['kind'];
  principal: string;
  /** Empty: of a principal itself, or of clients that give no name. */
  value: string;
}

/** What people decided about what is judged of a resource. Plain data: it is kept, and sent to worker threads. */
export type DecisionBody =
  /** An alert was dismissed: what it tells of is usual. */
  { kind: 'accept'; alert: string; matters: readonly MatterKey[] } | Revision | Erasure;

/** A principal is forgotten, from then on. */
export interface Erasure {
  kind: 'erase';
  /** Its name, as `sealEvidence` seals it at `ERASURE`; absent since it is forgotten: nothing else tells of it, either. */
  sealed?: string;
  /** Who did from then on what it did. */
  instead: string;
  /** What was learned of it holds for that one; otherwise it goes. */
  isKept: boolean;
}

/** Where names of principals that are forgotten are sealed. */
export const ERASURE = 'erasure';

/**
 * Of a fact, from then on: `forget`: it is not usual; comes it again, it is judged as new. `pin`: it is usual for ever,
 * however seldom it comes. `unpin`: it is so no longer than everything else.
 */
export interface Revision {
  kind: 'forget' | 'pin' | 'unpin';
  fact: BaselineFact;
}

/** A decision in the sequence of what a resource was judged by. */
export interface Decision {
  /** Higher for each later decision, of any resource. */
  sequence: number;
  body: DecisionBody;
  /** Event time up to which was judged without it, milliseconds since the epoch; absent: it was not applied yet. */
  eventTime?: number;
}
