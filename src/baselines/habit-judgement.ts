import type { Suspected } from './suspicions.ts';

/** How unusual a value is for a scope. */
export interface Judgement {
  isLearning: boolean;
  /** Nats; see `gainSurprise`. */
  surprise: number;
  /** Other scopes for which the value has been usual for a week or longer; counted once a day. */
  peers: number;
  /** Whether the scope is used nearly every day, as programs are and people are not. */
  isSteady: boolean;
  /** Whether enough is known of scopes like this one to say what is ordinary among them. */
  isPooled: boolean;
  /** Whether the value was reported: while that is not answered, nothing is to be learned from it. */
  suspected: Suspected;
}
