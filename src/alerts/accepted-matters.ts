import type { MatterKey } from '../model/decision.ts';
import type { ExpectedRule } from '../model/expected-rule.ts';
import type { Finding } from '../model/finding.ts';
import { SEVERITIES } from '../model/severity.ts';

/** Nobody need accept again what comes within this time of event time after it came last. */
const MEMORY_MS = 60 * 86_400_000;
/** Matters of one detector; of more, the one that was accepted first is forgotten. */
const MOST = 4096;
/** What varies a little from day to day is the same matter: by a quarter, and one at least. */
const MORE_OF_THE_SAME = 1.25;

interface Acceptance {
  severity: number;
  /** Present where more than that, or of something else, is another matter. */
  bound?: { score: number; unit: string };
  /** Event time at which it was accepted, or came last. */
  time: number;
}

/** What people said to be usual when they dismissed alerts, by detector and key. Plain data. */
export type AcceptedMatters = Map<string, Map<string, Acceptance>>;

/** Stands for the rule of somebody who answers for it. */
export const ACCEPTED: ExpectedRule = { label: 'accepted', until: Number.POSITIVE_INFINITY };

/** @param isBounded more than what was seen is another matter */
export function acceptMatter(accepted: AcceptedMatters, matter: MatterKey, isBounded: boolean, time: number): void {
  const ofDetector = accepted.get(matter.detector) ?? new Map<string, Acceptance>();
  ofDetector.delete(matter.key);
  if (ofDetector.size >= MOST) {
    ofDetector.delete(ofDetector.keys().next().value!);
  }
  const severity = SEVERITIES.indexOf(matter.severity);
  const { score, unit } = matter;
  ofDetector.set(matter.key, { severity, time, ...(isBounded && { bound: { score, unit } }) });
  accepted.set(matter.detector, ofDetector);
}

/** Whether what a finding tells of was accepted: no graver then, and no more. */
export function isAccepted(accepted: AcceptedMatters, detector: string, finding: Finding): boolean {
  const known = accepted.get(detector)?.get(finding.dedupKey);
  if (known === undefined) {
    return false;
  }
  if (finding.startTime - known.time > MEMORY_MS) {
    accepted.get(detector)!.delete(finding.dedupKey);
    return false;
  }
  if (isBeyond(known, finding) || SEVERITIES.indexOf(finding.severity) > known.severity) {
    return false;
  }
  known.time = Math.max(known.time, finding.endTime);
  return true;
}

function isBeyond({ bound }: Acceptance, { score }: Finding): boolean {
  return bound !== undefined && (score.unit !== bound.unit || score.value > bound.score * MORE_OF_THE_SAME + 1);
}
