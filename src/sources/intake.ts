import type { Gap } from './source.ts';

/** How a source that receives or fetches fares with what is outside. */
export interface IntakeStatus {
  /**
   * - `running`: it takes what comes.
   * - `waiting`: the outside cannot be reached or does not answer as it should, or our disk is full; it tries again.
   * - `refused`: the outside knows us not or forbids it; it tries again, seldom.
   */
  state: 'running' | 'waiting' | 'refused';
  /** One sentence: what is wrong, with whom, and what to do. Empty when all is well. */
  problem: string;
  /** When it tries again, epoch milliseconds; undefined where it does not wait. */
  retryTime?: number;
  /** Wall time of the last bytes taken, epoch milliseconds. */
  lastTime?: number;
  /** Since the start. */
  bytes: number;
  messages: number;
  /** What was not taken, by reason. */
  refused: Readonly<Record<string, Refusal>>;
}

export interface Refusal {
  count: number;
  /** The beginning of the first one or where it came from, as plain text of one line. */
  example: string;
}

/** A source at work in the thread that receives. No peer and no input stops it. */
export interface Intake {
  status: () => IntakeStatus;
  /** Gaps since they were last asked for. */
  takeGaps: () => Gap[];
  /** Ends it: what was acknowledged is on disk when this resolves. */
  close: () => Promise<void>;
}
