import type { Decision, DecisionBody } from '../model/decision.ts';

export interface StoredDecision extends Decision {
  resourceKey: string;
  by: string;
  /** Wall clock, milliseconds since the epoch. */
  time: number;
}

export interface NewDecision {
  resourceKey: string;
  body: DecisionBody;
  by: string;
  /** Wall clock, milliseconds since the epoch. */
  time: number;
}

/** What people decided about what is judged, in the order in which they did. Dismissing an alert writes one, too. */
export interface DecisionStore {
  append(decision: NewDecision): Promise<StoredDecision>;
  /** Those behind a sequence, in order, at most so many; of one resource or all. */
  after(sequence: number, limit: number, resourceKey?: string): Promise<StoredDecision[]>;
  /** Notes where one has its place in event time. */
  place(sequence: number, eventTime: number): Promise<void>;
  /** Has one say something else, as long as nobody has to apply it any more. */
  amend(sequence: number, body: DecisionBody): Promise<void>;
  /** Removes up to `limit` that were made before a time; returns how many. */
  prune(before: number, limit: number): Promise<number>;
}
