import type { ExpectedRule } from '../model/expected-rule.ts';
import type { AcceptedMatters } from './accepted-matters.ts';
import type { Entry } from './alert-entry.ts';
import type { FindingBases } from './packed-finding.ts';

/** A matter as the book keeps it. */
export interface Matter {
  entry: Entry;
  /** Absent: it is an alert. */
  expectedBy: ExpectedRule | undefined;
}

/** What a book holds, as data. */
export interface BookState {
  /** In the order in which they were opened. */
  all: Entry[];
  /** By detector and key. */
  latest: Map<string, Map<string, Matter>>;
  /** By the label of the rule. */
  tallies: Map<string, { findings: number; afterwards: number }>;
  /** Kept since 0.1. */
  accepted?: AcceptedMatters;
  /** Of all alerts: see `AlertRecord`. Kept since 0.1. */
  changes?: number;
  /** What findings are packed with. Kept since 0.1. */
  bases?: FindingBases;
}

export function emptyBook(): BookState {
  return { all: [], latest: new Map(), tallies: new Map() };
}

/** Where none were kept: as many as the alerts had by themselves, which were told with sums of these. */
export function changesOf({ changes, all }: BookState): number {
  return changes ?? all.reduce((sum, entry) => sum + entry.changes, 0);
}

export function acceptedOf(saved: BookState): AcceptedMatters {
  saved.accepted ??= new Map();
  return saved.accepted;
}

export function basesOf(saved: BookState): FindingBases {
  saved.bases ??= new Map();
  return saved.bases;
}
