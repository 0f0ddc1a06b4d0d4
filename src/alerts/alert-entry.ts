import type { Finding } from '../model/finding.ts';
import type { Resource } from '../model/resource.ts';
import { SEVERITIES } from '../model/severity.ts';
import type { AlertRecord } from './alert-book.ts';
import { alertName } from './alert-name.ts';

/** An alert that may grow. */
export interface Entry extends AlertRecord {
  /** Start and count of the finding that is growing; a later one adds to it. */
  growingStart: number;
  growingCount: number;
}

/**
 * @param startTime of the alert: that of the finding, unless there is an alert of that time
 * @param changes see `AlertRecord`
 */
export function entryOf(
  detector: string,
  resource: Resource,
  finding: Finding,
  startTime: number,
  changes: number,
): Entry {
  const { endTime, count, dedupKey } = finding;
  return {
    detector,
    resource,
    name: alertName(detector, resource.key, dedupKey, startTime),
    finding,
    startTime,
    endTime,
    count,
    openedTime: endTime,
    changedTime: endTime,
    changes,
    growingStart: finding.startTime,
    growingCount: count,
  };
}

/** Whether a finding tells of no more than the one before it. */
export function isTold(entry: Entry, finding: Finding): boolean {
  return (
    finding.startTime === entry.growingStart &&
    finding.count === entry.growingCount &&
    finding.endTime <= entry.endTime &&
    finding.severity === entry.finding.severity &&
    !isOlderText(entry.finding, finding)
  );
}

/** Whether the text of the one tells of fewer events than the other: events that came by `again` changed no text. */
function isOlderText(told: Finding, finding: Finding): boolean {
  return told.startTime === finding.startTime && told.count !== finding.count;
}

/** Events that a finding tells of and the entry does not. */
export function newEvents(entry: Entry, finding: Finding): number {
  return finding.startTime === entry.growingStart ? finding.count - entry.growingCount : finding.count;
}

/** Severity, variant and display name may rise, never fall; counts and times always follow. */
export function merge(entry: Entry, finding: Finding, changes: number): void {
  entry.count += newEvents(entry, finding);
  entry.changes = changes;
  entry.growingStart = finding.startTime;
  entry.growingCount = finding.count;
  entry.endTime = Math.max(entry.endTime, finding.endTime);
  entry.changedTime = Math.max(entry.changedTime, finding.endTime);
  if (SEVERITIES.indexOf(finding.severity) >= SEVERITIES.indexOf(entry.finding.severity)) {
    entry.finding = finding;
  }
}
