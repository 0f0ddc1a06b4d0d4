import type { Finding } from '../model/finding.ts';
import type { Resource } from '../model/resource.ts';
import { SEVERITIES } from '../model/severity.ts';
import { alertName } from './alert-name.ts';

/** After this much event time without a further finding, the next one opens a new alert. */
const OPEN_MS = 24 * 3_600_000;

/** What has been found so far of one matter. */
export interface AlertRecord {
  detector: string;
  resource: Resource;
  name: string;
  /** The gravest finding so far, in its latest form. */
  finding: Finding;
  startTime: number;
  endTime: number;
  count: number;
  /** Event time of the finding that opened it, and of the latest. */
  openedTime: number;
  changedTime: number;
}

interface Entry extends AlertRecord {
  /** Start and count of the finding that is growing; a later one adds to it. */
  growingStart: number;
  growingCount: number;
}

/** The alerts of one resource: findings with the same key become one. */
export interface AlertBook {
  /** Returns the alert that the finding opened or changed. */
  add(detector: string, finding: Finding): AlertRecord;
  /** Counts one more event of an open alert; false when there is none. */
  again(detector: string, dedupKey: string, time: number): boolean;
  /** Has every finding spelt out: to be called before ids that they name are given to others. */
  spellOut(): void;
  /** All alerts, in the order in which they were opened. */
  alerts(): readonly AlertRecord[];
}

export function createAlertBook(resource: Resource): AlertBook {
  const all: Entry[] = [];
  /** By detector and key. */
  const latest = new Map<string, Map<string, Entry>>();

  function open(detector: string, finding: Finding): Entry {
    const { startTime, endTime, count, dedupKey } = finding;
    const entry: Entry = {
      detector,
      resource,
      name: alertName(detector, resource.key, dedupKey, startTime),
      finding,
      startTime,
      endTime,
      count,
      openedTime: endTime,
      changedTime: endTime,
      growingStart: startTime,
      growingCount: count,
    };
    all.push(entry);
    const ofDetector = latest.get(detector) ?? new Map<string, Entry>();
    latest.set(detector, ofDetector.set(dedupKey, entry));
    return entry;
  }

  return {
    add(detector, finding) {
      const entry = latest.get(detector)?.get(finding.dedupKey);
      if (entry === undefined || finding.startTime - entry.endTime > OPEN_MS) {
        return open(detector, finding);
      }
      merge(entry, finding);
      return entry;
    },

    again(detector, dedupKey, time) {
      const entry = latest.get(detector)?.get(dedupKey);
      if (entry === undefined || time - entry.endTime > OPEN_MS) {
        return false;
      }
      entry.count++;
      entry.growingCount++;
      entry.endTime = Math.max(entry.endTime, time);
      entry.changedTime = entry.endTime;
      return true;
    },

    spellOut() {
      for (const { finding } of all) {
        void finding.summary;
      }
    },

    alerts: () => all,
  };
}

/** Severity, variant and display name may rise, never fall; counts and times always follow. */
function merge(entry: Entry, finding: Finding): void {
  const isGrowing = finding.startTime === entry.growingStart;
  entry.count += isGrowing ? finding.count - entry.growingCount : finding.count;
  entry.growingStart = finding.startTime;
  entry.growingCount = finding.count;
  entry.endTime = Math.max(entry.endTime, finding.endTime);
  entry.changedTime = Math.max(entry.changedTime, finding.endTime);
  if (SEVERITIES.indexOf(finding.severity) >= SEVERITIES.indexOf(entry.finding.severity)) {
    entry.finding = finding;
  }
}
