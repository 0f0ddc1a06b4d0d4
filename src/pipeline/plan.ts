import type { AddressData } from '../enrichers/enrichment.ts';
import type { ActivityClassName } from '../model/activity.ts';
import type { Decision } from '../model/decision.ts';
import type { ExpectedRule, ExpectedTally } from '../model/expected-rule.ts';
import type { Resource } from '../model/resource.ts';

/** A way in beside files, as it is configured. */
export interface IntakePlan {
  /** Id of the source. */
  source: string;
  /** Unique among all inputs, the same after a restart. */
  id: string;
  /** Name of the stream, in small letters, where records are pushed to it. */
  stream?: string;
  /** Of the source; holds secrets: never shown. */
  settings: object;
}

/** One log of a resource: the files of a glob are one source, read one after another. */
export interface SourcePlan {
  /** Parser id. */
  format: string;
  /** Readable files, each once. */
  files: readonly string[];
  /** The absolute path or glob that names them, and those that come later; absent: there are no others. */
  pattern?: string;
  /** Where records come from that lie in no file; then `files` is empty, and a replay has nothing to read. */
  intake?: IntakePlan;
  /** IANA name of the zone that an abbreviation in the log stands for. */
  timezone?: string;
  /** The server's `log_line_prefix`, for formats whose lines begin with it. */
  logLinePrefix?: string;
}

/** All that the judgement of one resource depends on. Plain data: it is sent to worker threads. */
export interface ResourcePlan {
  resource: Resource;
  sources: readonly SourcePlan[];
  /** Complete settings by detector id. */
  settings: Readonly<Record<string, unknown>>;
  /** What raises no alert, of any resource; absent: nothing. */
  expected?: readonly ExpectedRule[];
  /** What people decided, each with its place in event time. Of a history; a server that runs is told them as they come. */
  decisions?: readonly Decision[];
}

/** Inputs shared by several resources: each record is judged with the resource that it names. */
export interface StreamsPlan {
  sources: readonly SourcePlan[];
  /** Complete settings, by detector id, of resources that only a stream names. */
  settings: Readonly<Record<string, unknown>>;
  /** As that of a resource's plan. */
  expected?: readonly ExpectedRule[];
}

export interface ReplayPlan {
  resources: readonly ResourcePlan[];
  streams: StreamsPlan;
  /** What was found out of the logs before they are read: told first among the notes of the run. */
  notes: readonly string[];
  addressData: AddressData;
  /** Alerts that start earlier are not printed; their records are learned all the same. Epoch milliseconds. */
  from?: number;
  /** Records from here on are not read. Epoch milliseconds. */
  to?: number;
  /** Threads at most; never changes the outcome. */
  workers: number;
}

/** What was not understood, by reason. */
export interface Rejection {
  count: number;
  /** Where the first one stood: `orders.csv at byte 1234`. */
  where: string;
  /** Its beginning, escaped for a terminal and capped. */
  example: string;
}

/** Closing counts of a run. */
export interface Counts {
  /** Uncompressed bytes read. */
  bytes: number;
  records: number;
  activities: Record<ActivityClassName, number>;
  /** Understood and none of our business. */
  skipped: number;
  rejected: Record<string, Rejection>;
  /** What became of the rules for what is expected, by label. */
  expected: Record<string, ExpectedTally>;
  /** Records that were judged although they came late. */
  late: number;
  /** What an operator should know of a source: `orders.csv is empty`. */
  notes: string[];
}

export interface ReplayResult {
  /** Canonical alert JSON, one a line, by (startTimeUtc, name). */
  alerts: readonly string[];
  counts: Counts;
}

/** Called from time to time with the bytes read of the files as they stand on disk (compressed ones count so). */
export type OnProgress = (bytesRead: number, bytesTotal: number) => void;

/** Called with the bytes that have been read since it was last called; what it answers is awaited. */
export type OnBytes = (bytes: number) => Promise<void> | void;
