import type { RawLine } from './activity.ts';
import type { AddressFacts } from './address-facts.ts';
import type { Attack } from './attack.ts';
import type { Confidence, Severity } from './severity.ts';

/** A table for people and machines: what is usual, beside what was seen. */
export interface EvidenceTable {
  title: string;
  columns: readonly string[];
  /** One text per column. */
  rows: readonly (readonly string[])[];
}

/** How many there were over time, in equal steps, for a picture. */
export interface EvidenceTimeline {
  /** What was counted: `Failed logins`. */
  label: string;
  /** Start of the first step, milliseconds since the epoch, UTC. */
  startTime: number;
  stepMs: number;
  counts: readonly number[];
  /** Moments of their own among them. */
  marks: readonly { time: number; label: string }[];
}

/** Who and what the finding is about. Absent: not known from the log. */
export interface FindingEntities {
  principal?: string;
  /** Further principals, e.g. those guessed at; capped by the detector. */
  otherPrincipals?: readonly string[];
  application?: string;
  database?: string;
  address?: AddressFacts;
  /** Further addresses that it came from; capped by the detector. */
  otherAddresses?: readonly AddressFacts[];
}

/** What a person can do about it. Commands are filled in with this user, address and resource. */
export interface Guidance {
  /** Possible causes, benign and malign. */
  causes: readonly string[];
  investigation: readonly string[];
  remediation: readonly string[];
}

/** What one detector says. Findings with the same `dedupKey` become one alert. */
export interface Finding {
  /** Microsoft's own id where there is one. */
  alertType: string;
  variant: string;
  displayName: string;
  /** One sentence: who did what, from where, how that differs from normal. */
  summary: string;
  severity: Severity;
  confidence: Confidence;
  attack: Attack;
  /** Unique per detector and resource for what is one matter to a person. */
  dedupKey: string;
  /** First and last event, milliseconds since the epoch, UTC. */
  startTime: number;
  endTime: number;
  /** Events that it speaks of. */
  count: number;
  /** Event time without a finding of the matter after which it is another one, milliseconds. Absent: a day. */
  restMs?: number;
  entities: FindingEntities;
  /** The score and the threshold that it passed, with their unit. */
  score: { value: number; threshold: number; unit: string };
  baseline: EvidenceTable;
  /** What was seen, named, in the words of the detector: `failed logins` → `36`. */
  observed: Readonly<Record<string, string>>;
  /** Absent where a course over time says nothing. */
  timeline?: EvidenceTimeline;
  rawLines: readonly RawLine[];
  guidance: Guidance;
  /** The record came late (see `Activity.isLate`). */
  isLate: boolean;
}

/** What tells one finding from another, and what alerts are counted and graded by. */
export type FindingHead = Pick<Finding, 'dedupKey' | 'severity' | 'startTime' | 'endTime' | 'count' | 'restMs'>;

/**
 * A finding that is spelt out when somebody looks at it: of many findings of one matter only the last is shown.
 *
 * @param spellOut asked once, at the latest before ids that it needs are given to others
 */
export function lazyFinding(head: FindingHead, spellOut: () => Omit<Finding, keyof FindingHead>): Finding {
  let body: Omit<Finding, keyof FindingHead> | undefined;
  const finding = { ...head } as Finding;
  for (const member of BODY) {
    Object.defineProperty(finding, member, {
      enumerable: true,
      get: () => {
        body ??= spellOut();
        return body[member];
      },
    });
  }
  return finding;
}

const BODY = [
  'alertType',
  'variant',
  'displayName',
  'summary',
  'confidence',
  'attack',
  'entities',
  'score',
  'baseline',
  'observed',
  'timeline',
  'rawLines',
  'guidance',
  'isLate',
] as const satisfies readonly (keyof Finding)[];
