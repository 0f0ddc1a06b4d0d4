/** What was not understood, of one reason. */
export interface RejectedRecords {
  reason: string;
  count: number;
  /** Source and byte offset of the first one, and its beginning without control characters. */
  where: string;
  example: string;
}

/** What was lost on the way in. */
export interface LostInput {
  what: string;
  bytes?: number;
  records?: number;
  /** Wall time, milliseconds since the epoch. */
  noticed: number;
}

/** How one way in fares. Times are milliseconds since the epoch. */
export interface SourceHealth {
  /** Path, glob or address; without secrets. */
  name: string;
  /** Id of the source: `file-tail`, `kafka` … */
  source: string;
  /** Parser id; `auto` as long as nothing told it. */
  format: string;
  logLinePrefix?: string;
  /** `pending`: nothing has come yet that tells how it is to be read. Others: see `IntakeStatus`. */
  state: 'running' | 'waiting' | 'refused' | 'pending';
  /** One sentence; absent when all is well. */
  problem?: string;
  /** Wall time at which something came last. */
  lastTime?: number;
  /** Since the server started; absent where files are read. */
  bytes?: number;
  messages?: number;
  /** What was not taken, by reason, with an example. */
  refused: readonly { reason: string; count: number; example: string }[];
  /** What its records do not tell, and what for it would be needed: a sentence each. */
  lacks: readonly string[];
}

/** How the logs of one resource fare. Times are milliseconds since the epoch. */
export interface ResourceHealth {
  resourceKey: string;
  name: string;
  /** Event time of the newest record; absent before the first. */
  lastEventTime?: number;
  /** Wall time at which records came last. */
  lastArrivalTime?: number;
  /** From the event to its judgement, when records came last; at least 0. */
  lagMs?: number;
  /** Bytes that are there and not judged yet. */
  waitingBytes: number;
  recordsPerSecond: number;
  /** Since it was first judged. */
  records: number;
  activities: number;
  skipped: number;
  late: number;
  rejected: readonly RejectedRecords[];
  /** The newest ones, oldest first; capped. */
  gaps: readonly LostInput[];
  /** Where its records come from; absent: nobody said. */
  sources?: readonly SourceHealth[];
  /** The longest silence of each of the last days that were watched, oldest first. */
  longestSilencesMs: readonly number[];
  /** Wall time at which this was true. */
  checkedTime: number;
}

/**
 * - `quiet`: no record for much longer than this log is ever silent.
 * - `lost-input`: records are missing for good.
 * - `hidden-clients`: all clients come from one address, as behind a pooler.
 * - `source`: what records come from cannot be reached, or refuses us.
 */
export type HealthNoticeKind = 'quiet' | 'lost-input' | 'hidden-clients' | 'source';

/** Something that a person should look at and that is no attack. */
export interface HealthNotice {
  resourceKey: string;
  kind: HealthNoticeKind;
  /** One sentence. */
  text: string;
  sinceTime: number;
}
