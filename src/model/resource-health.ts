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
  /** Since the server started. */
  records: number;
  activities: number;
  skipped: number;
  late: number;
  rejected: readonly RejectedRecords[];
  /** The newest ones, oldest first; capped. */
  gaps: readonly LostInput[];
  /** The longest silence of each of the last days that were watched, oldest first. */
  longestSilencesMs: readonly number[];
  /** Wall time at which this was true. */
  checkedTime: number;
}

/** `quiet`: no record for much longer than this log is ever silent. `lost-input`: records are missing for good. */
export type HealthNoticeKind = 'quiet' | 'lost-input';

/** Something that a person should look at and that is no attack. */
export interface HealthNotice {
  resourceKey: string;
  kind: HealthNoticeKind;
  /** One sentence. */
  text: string;
  sinceTime: number;
}
