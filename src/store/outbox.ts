import type { Page, PageRequest } from './page.ts';

/** What is to be told of one version of an alert on one channel. Unique on these three. */
export interface NewOutboxMessage {
  alertName: string;
  alertVersion: number;
  /** Id of a channel: `email`, `webhook/ops`. */
  channel: string;
  /** Not before this wall time, milliseconds since the epoch. */
  dueTime: number;
  /** What the channel needs beside the alert; opaque to the store. */
  payload?: unknown;
  /** Why it is not told, in one sentence. It is kept to be seen; the same message without this wakes it. */
  silenced?: string;
}

/**
 * `waiting` for its time or a retry, `sent`, `dead`: given up, or `silenced`: not to be told. A claimed message is
 * waiting with a lease.
 */
export const OUTBOX_STATES = ['waiting', 'sent', 'dead', 'silenced'] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

export interface OutboxMessage extends Omit<NewOutboxMessage, 'silenced'> {
  /** Deterministic: receivers recognise a duplicate by it. */
  id: string;
  state: OutboxState;
  attempts: number;
  /** When it was made, milliseconds since the epoch. */
  createdTime: number;
  sentTime?: number;
  /** What went wrong the last time, or why it is silenced: one sentence, without secrets. */
  lastError?: string;
}

export interface OutboxClaim {
  channel: string;
  /** Who sends, told to people only. */
  by: string;
  /** Now, milliseconds since the epoch. */
  time: number;
  /** How long nobody else gets the messages. */
  leaseMs: number;
  limit: number;
}

export interface OutboxFilter {
  states?: readonly OutboxState[];
  channel?: string;
  alertName?: string;
}

export interface Outbox {
  /**
   * For what no alert write carries along (digests, tests). Returns how many were new. What waits of lower versions of
   * the same alert on the same channel waits no longer than the new one.
   */
  add(messages: readonly NewOutboxMessage[]): Promise<number>;
  /**
   * Messages that are due, oldest first. Of one alert and channel only the lowest version that is still waiting, so
   * that order is kept. A message whose lease ran out is given again.
   */
  claim(claim: OutboxClaim): Promise<OutboxMessage[]>;
  /** Who has messages in hand at that time. */
  holders(time: number): Promise<string[]>;
  /** What somebody had in hand is given to others at once. */
  release(by: string): Promise<void>;
  markSent(ids: readonly string[], time: number): Promise<void>;
  /** Back to waiting, until `dueTime`. */
  retry(id: string, dueTime: number, error: string): Promise<void>;
  /** What was claimed but not tried waits until then, or for less long where a higher version of its alert does. */
  hold(id: string, until: number, why: string): Promise<void>;
  bury(id: string, error: string): Promise<void>;
  /** What was waiting is not told after all. */
  silence(id: string, why: string): Promise<void>;
  /** A message that waits no longer waits again, as if never tried. Rejects with `not-found`. */
  resend(id: string, dueTime: number): Promise<void>;
  get(id: string): Promise<OutboxMessage | undefined>;
  /** Newest first. */
  list(filter: OutboxFilter, page: PageRequest): Promise<Page<OutboxMessage>>;
  /** How many messages of each channel are in each state, and when the oldest waiting one was due. */
  depths(): Promise<{ channel: string; state: OutboxState; count: number; oldestDueTime: number }[]>;
  /** Removes up to `limit` made before that time that wait no longer. */
  prune(createdBefore: number, limit: number): Promise<number>;
}
