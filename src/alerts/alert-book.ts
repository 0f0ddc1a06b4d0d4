import type { ExpectedRule, ExpectedTally } from '../model/expected-rule.ts';
import type { Finding } from '../model/finding.ts';
import type { Resource } from '../model/resource.ts';
import { SEVERITIES } from '../model/severity.ts';
import { alertName } from './alert-name.ts';
import { expectationsOf, type FindExpectation } from './expected-findings.ts';

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
  /**
   * Higher with each change, the same for the same history: the events that it counts, and findings that told of no more
   * events.
   */
  changes: number;
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

/** What a book holds, as data. */
export interface BookState {
  /** In the order in which they were opened. */
  all: Entry[];
  /** By detector and key. */
  latest: Map<string, Map<string, Matter>>;
  /** By the label of the rule. */
  tallies: Map<string, { findings: number; afterwards: number }>;
}

/** The alerts of one resource: findings with the same key become one; expected ones become none. */
export interface AlertBook {
  /** Returns the matter that the finding opened or changed. */
  add(detector: string, finding: Finding): AlertRecord;
  /** As `add`; false when somebody expects the finding, so that it is no alert. */
  raise(detector: string, finding: Finding): boolean;
  /** As `raise`, for what may have been told already: then nothing changes. */
  confirm(detector: string, finding: Finding): boolean;
  /** Counts one more event of an open matter; false when there is none. */
  again(detector: string, dedupKey: string, time: number): boolean;
  /** Has every finding spelt out: to be called before ids that they name are given to others. */
  spellOut(): void;
  /** All alerts, in the order in which they were opened. */
  alerts(): readonly AlertRecord[];
  /** Another number whenever some alert has changed. */
  revision(): number;
  /** Forgets alerts that are told for the last time, and whatever ended before a time at which matters are over. */
  forget(records: ReadonlySet<AlertRecord>, before: number): void;
  /** What it stands on: live objects, to be written before the next finding. */
  save(): BookState;
  /** What became of the rules, by label. @param time of the latest event */
  tallies(time: number): Record<string, ExpectedTally>;
}

/** @param isLive alerts are told as they are found: then findings are spelt out as they come in */
export function createAlertBook(
  resource: Resource,
  rules: readonly ExpectedRule[] = [],
  saved: BookState = { all: [], latest: new Map(), tallies: new Map() },
  isLive = false,
): AlertBook {
  const { all, latest, tallies } = saved;
  const expectationOf = expectationsOf(rules, resource);
  closeExpected(latest, expectationOf);
  let revision = 0;

  function tallyOf(label: string): { findings: number; afterwards: number } {
    const tally = tallies.get(label) ?? { findings: 0, afterwards: 0 };
    tallies.set(label, tally);
    return tally;
  }

  function open(detector: string, finding: Finding): Matter {
    const entry = entryOf(detector, resource, finding);
    const expectation = expectationOf(detector, finding);
    if (expectation !== undefined) {
      tallyOf(expectation.rule.label)[expectation.isOver ? 'afterwards' : 'findings']++;
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
    revision++;
    if (isLive) {
      void finding.summary;
    }
    const matter = latest.get(detector)?.get(finding.dedupKey);
    if (matter === undefined || finding.startTime - matter.entry.endTime > OPEN_MS) {
      return open(detector, finding);
    }
    if (matter.expectedBy !== undefined) {
      const now = expectationOf(detector, finding);
      if (now === undefined || now.isOver || now.rule.label !== matter.expectedBy.label) {
        return open(detector, finding);
      }
    }
    merge(matter.entry, finding);
    return matter;
  }

  return {
    add: (detector, finding) => note(detector, finding).entry,

    raise: (detector, finding) => note(detector, finding).expectedBy === undefined,

    confirm(detector, finding) {
      const matter = latest.get(detector)?.get(finding.dedupKey);
      const isNew = matter === undefined || !isTold(matter.entry, finding);
      return (isNew ? note(detector, finding) : matter).expectedBy === undefined;
    },

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
      revision++;
      entry.count++;
      entry.changes++;
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

    revision: () => revision,

    forget(records, before) {
      all.splice(0, all.length, ...all.filter((entry) => !records.has(entry)));
      for (const matters of latest.values()) {
        for (const [key, { entry }] of matters) {
          if (entry.endTime < before) {
            matters.delete(key);
          }
        }
      }
    },

    save: () => saved,

    tallies: (time) =>
      Object.fromEntries(rules.map(({ label, until }) => [label, { ...tallyOf(label), isOver: time >= until }])),
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
    changes: count,
    growingStart: startTime,
    growingCount: count,
  };
}

/** Whether a finding tells of no more than the one before it. */
function isTold(entry: Entry, finding: Finding): boolean {
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

/** Severity, variant and display name may rise, never fall; counts and times always follow. */
function merge(entry: Entry, finding: Finding): void {
  const more = finding.startTime === entry.growingStart ? finding.count - entry.growingCount : finding.count;
  entry.count += more;
  entry.changes += Math.max(1, more);
  entry.growingStart = finding.startTime;
  entry.growingCount = finding.count;
  entry.endTime = Math.max(entry.endTime, finding.endTime);
  entry.changedTime = Math.max(entry.changedTime, finding.endTime);
  if (SEVERITIES.indexOf(finding.severity) >= SEVERITIES.indexOf(entry.finding.severity)) {
    entry.finding = finding;
  }
}

/** What came to be expected after it was raised stays an alert, but grows no more: the next finding is a new matter. */
function closeExpected(latest: BookState['latest'], expectationOf: FindExpectation): void {
  for (const [detector, matters] of latest) {
    for (const [key, { entry, expectedBy }] of matters) {
      if (expectedBy === undefined && expectationOf(detector, entry.finding)?.isOver === false) {
        matters.delete(key);
      }
    }
  }
}
