import type { ExpectedRule, ExpectedTally } from '../model/expected-rule.ts';
import type { Finding } from '../model/finding.ts';
import type { Resource } from '../model/resource.ts';
import { SEVERITIES } from '../model/severity.ts';
import { alertName } from './alert-name.ts';
import { expectationsOf } from './expected-findings.ts';

/** After this much event time without a further finding, the next one opens a new alert. */
export const OPEN_MS = 24 * 3_600_000;

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

/** A matter as the book keeps it. */
interface Matter {
  entry: Entry;
  /** Absent: it is an alert. */
  expectedBy: ExpectedRule | undefined;
}

/** The alerts of one resource: findings with the same key become one; expected ones become none. */
export interface AlertBook {
  /** Returns the matter that the finding opened or changed. */
  add(detector: string, finding: Finding): AlertRecord;
  /** As `add`; false when somebody expects the finding, so that it is no alert. */
  raise(detector: string, finding: Finding): boolean;
  /** Counts one more event of an open matter; false when there is none. */
  again(detector: string, dedupKey: string, time: number): boolean;
  /** Has every finding spelt out: to be called before ids that they name are given to others. */
  spellOut(): void;
  /** All alerts, in the order in which they were opened. */
  alerts(): readonly AlertRecord[];
  /** What became of the rules, by label. @param time of the latest event */
  tallies(time: number): Record<string, ExpectedTally>;
}

export function createAlertBook(resource: Resource, rules: readonly ExpectedRule[] = []): AlertBook {
  const all: Entry[] = [];
  /** By detector and key. */
  const latest = new Map<string, Map<string, Matter>>();
  const expectationOf = expectationsOf(rules, resource);
  const tallies = new Map(rules.map((rule) => [rule, { findings: 0, afterwards: 0 }]));

  function open(detector: string, finding: Finding): Matter {
    const entry = entryOf(detector, resource, finding);
    const expectation = expectationOf(detector, finding);
    const tally = expectation && tallies.get(expectation.rule);
    if (tally !== undefined) {
      tally[expectation?.isOver ? 'afterwards' : 'findings']++;
    }
    const matter = { entry, expectedBy: expectation?.isOver ? undefined : expectation?.rule };
    if (matter.expectedBy === undefined) {
      all.push(entry);
    }
    const ofDetector = latest.get(detector) ?? new Map<string, Matter>();
    latest.set(detector, ofDetector.set(finding.dedupKey, matter));
    return matter;
  }

  /** An alert stays one whatever it grows into; what was expected is so only while the same rule fits. */
  function note(detector: string, finding: Finding): Matter {
    const matter = latest.get(detector)?.get(finding.dedupKey);
    if (matter === undefined || finding.startTime - matter.entry.endTime > OPEN_MS) {
      return open(detector, finding);
    }
    if (matter.expectedBy !== undefined) {
      const now = expectationOf(detector, finding);
      if (now === undefined || now.isOver || now.rule !== matter.expectedBy) {
        return open(detector, finding);
      }
    }
    merge(matter.entry, finding);
    return matter;
  }

  return {
    add: (detector, finding) => note(detector, finding).entry,

    raise: (detector, finding) => note(detector, finding).expectedBy === undefined,

    again(detector, dedupKey, time) {
      const matter = latest.get(detector)?.get(dedupKey);
      if (
        matter === undefined ||
        time - matter.entry.endTime > OPEN_MS ||
        time >= (matter.expectedBy?.until ?? time + 1)
      ) {
        return false;
      }
      const { entry } = matter;
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

    tallies: (time) =>
      Object.fromEntries([...tallies].map(([{ label, until }, tally]) => [label, { ...tally, isOver: time >= until }])),
  };
}

function entryOf(detector: string, resource: Resource, finding: Finding): Entry {
  const { startTime, endTime, count, dedupKey } = finding;
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
    growingStart: startTime,
    growingCount: count,
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
