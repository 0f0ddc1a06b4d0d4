import type { Activity, KeptRecord, RawLine } from '../../model/activity.ts';
import type { FindingEntities } from '../../model/finding.ts';
import type { Engine, Resource } from '../../model/resource.ts';
import type { Severity } from '../../model/severity.ts';
import type { Suspect } from './suspect.ts';
import { sumOf, type Vote } from './votes.ts';

/** Statements told apart in one probing. */
const MAX_PROBES = 64;
const MAX_RECORDS = 10;
/** Faults are what typing errors and careless code give as well: together they count so much at most. */
const MAX_FAULT_VOTES = 6;
/** Different suspicious statements that make up for one that is clear by itself. */
const MIN_PROBES = 3;

/** Why a statement is suspicious. */
export interface Suspicion {
  votes: readonly Vote[];
  score: number;
  /** Whether only an error makes it suspicious. */
  isFault: boolean;
}

/** One suspicious statement, as it is sent. */
export interface SuspiciousStatement {
  /** The same for the same statement, in whatever literals. */
  key: string;
  suspicion: Suspicion;
  /** Gives it masked: most are known, and only counted. */
  shown: () => string;
  isError: boolean;
  /** Whether it was sent and let pass before. */
  wasLetPass: boolean;
}

/** One suspicious statement, in however many literals. */
export interface Probe extends Suspicion {
  /** Masked. */
  statement: string;
}

/** What looks like an injection through one application, from the first such statement until there was none for the window. */
export interface Probing {
  readonly resource: Resource;
  readonly engine: Engine;
  startTime: number;
  endTime: number;
  /** Suspicious statements, those told in two records once. */
  count: number;
  failed: number;
  /** By fingerprint. */
  probes: Map<string, Probe>;
  best: Probe;
  latestKey: string;
  /** A statement is told, then its error. */
  latestIsPending: boolean;
  entities: FindingEntities & { principal: string };
  /** Absent in states of 0.1, which have raw lines instead. */
  records?: KeptRecord[];
  rawLines?: RawLine[];
  isReported: boolean;
  /** Statements, and those that failed, when it was last reported; and how grave that was. */
  reportedCount: number;
  reportedFailed: number;
  severity: Severity;
  /** Votes from which it is an injection. */
  threshold: number;
  /** What the application had done before: statements, different ones among them, since when. */
  usual: { statements: number; shapes: number; since: number };
  isLate: boolean;
}

/** Notes a suspicious statement. True when it is another one, or a graver one. */
export function addProbe(
  probing: Probing,
  { key, suspicion, shown, isError }: SuspiciousStatement,
  activity: Activity,
): boolean {
  const known = probing.probes.get(key);
  const isEnd = isError && probing.latestIsPending && probing.latestKey === key;
  probing.count += isEnd ? 0 : 1;
  probing.failed += isError ? 1 : 0;
  probing.latestKey = key;
  probing.latestIsPending = !isError;
  probing.endTime = Math.max(probing.endTime, activity.time);
  probing.isLate ||= activity.isLate;
  if (known !== undefined && known.score >= suspicion.score) {
    return false;
  }
  if (known === undefined && probing.probes.size >= MAX_PROBES) {
    return false;
  }
  const probe = { ...suspicion, statement: shown() };
  probing.probes.set(key, probe);
  const isBest = probe.score > probing.best.score;
  probing.best = isBest ? probe : probing.best;
  probing.records ??= [];
  if (isBest || probing.records.length < MAX_RECORDS) {
    keepRecords(probing.records, activity);
  }
  return true;
}

export function createProbing(activity: Activity, suspect: Suspect, resource: Resource): Probing {
  const { directory, time, address, engine } = activity;
  return {
    resource,
    engine,
    startTime: time,
    endTime: time,
    count: 0,
    failed: 0,
    probes: new Map(),
    best: { votes: [], score: -1, statement: '', isFault: true },
    latestKey: '',
    latestIsPending: false,
    entities: {
      principal: suspect.principal,
      ...(address !== 0 && { address: directory.address(address) }),
      application: suspect.application,
      database: directory.database(activity.database),
    },
    records: [],
    isReported: false,
    reportedCount: 0,
    reportedFailed: 0,
    severity: 'Informational',
    threshold: 0,
    usual: { statements: suspect.statements, shapes: suspect.shapes, since: suspect.firstTime },
    isLate: false,
  };
}

/** The score of all together: the clearest one, or several that are less clear. */
export function scoreOf({ probes, best }: Probing): number {
  let sum = 0;
  let faults = 0;
  for (const probe of probes.values()) {
    if (probe.isFault) {
      faults += probe.score;
    } else {
      sum += probe.score;
    }
  }
  const together = sum + Math.min(faults, MAX_FAULT_VOTES);
  return Math.max(best.isFault ? 0 : best.score, sum > 0 && probes.size >= MIN_PROBES ? together / 2 : 0);
}

/** What was seen, each reason once, those that count most first. */
export function reasonsOf({ probes }: Probing): Vote[] {
  const reasons = new Map([...probes.values()].flatMap(({ votes }) => votes.map((vote) => [vote.reason, vote])));
  return [...reasons.values()].sort((a, b) => b.votes - a.votes);
}

/** Its raw records as they may be shown. */
export function linesOf({ records = [], rawLines = [] }: Probing): RawLine[] {
  return [...rawLines, ...records.map((record) => record.show())];
}

function keepRecords(records: KeptRecord[], activity: Activity): void {
  for (const record of activity.keep()) {
    const isKept = records.some(
      ({ source, byteOffset }) => source === record.source && byteOffset === record.byteOffset,
    );
    if (!isKept && records.length < 2 * MAX_RECORDS) {
      records.push(record);
    }
  }
}

/** A suspicion of these votes. */
export function suspicionOf(votes: readonly Vote[], isFault: boolean): Suspicion {
  return { votes, score: sumOf(votes), isFault };
}
