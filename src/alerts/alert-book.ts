import type { Renaming } from '../lib/renaming.ts';
import type { MatterKey } from '../model/decision.ts';
import type { ExpectedRule, ExpectedTally } from '../model/expected-rule.ts';
import type { Finding } from '../model/finding.ts';
import type { Resource } from '../model/resource.ts';
import { ACCEPTED, acceptMatter, isAccepted } from './accepted-matters.ts';
import { entryOf, isTold, merge, newEvents } from './alert-entry.ts';
import { acceptedOf, type BookState, basesOf, changesOf, emptyBook, type Matter } from './book-state.ts';
import { closeExpected } from './close-expected.ts';
import { expectationsOf, type FindExpectation } from './expected-findings.ts';
import { OPEN_MS } from './open-time.ts';
import { type FindingBases, PackedFinding } from './packed-finding.ts';
import { renameInBook } from './rename-in-book.ts';

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
   * What the book had come to when it changed last: the events of all findings, and findings that told of no more of
   * them. The same for the same history, and higher than that of any earlier change, whatever alert it was of: who is
   * told of an alert with others goes by the highest, and others may leave.
   */
  changes: number;
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
  /** Somebody accepted a matter: it is over, and raises nothing again. @param isBounded more of it is another matter */
  accept(matter: MatterKey, isBounded: boolean, time: number): void;
  /** Puts another name in the place of a principal's; what changes by that is told anew. */
  rename(renaming: Renaming): void;
  /** Has every finding spelt out: to be called before ids that they name are given to others. */
  spellOut(): void;
  /** All alerts, in the order in which they were opened. */
  alerts(): readonly AlertRecord[];
  /** Alerts that were opened or have changed since it was last asked, where they are told as they are found. */
  takeChanged(): AlertRecord[];
  /** What findings of its alerts are packed with. */
  bases(): FindingBases;
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
  saved: BookState = emptyBook(),
  isLive = false,
): AlertBook {
  const { all, latest, tallies } = saved;
  const accepted = acceptedOf(saved);
  const findRule = expectationsOf(rules, resource);
  const expectationOf: FindExpectation = (detector, finding) =>
    isAccepted(accepted, detector, finding) ? { rule: ACCEPTED, isOver: false } : findRule(detector, finding);
  if (rules.length > 0 || accepted.size > 0) {
    closeExpected(latest, expectationOf);
  }
  saved.changes = changesOf(saved);
  const names = new Set(all.map(({ name }) => name));
  const touched = new Set<AlertRecord>();

  function tallyOf(label: string): { findings: number; afterwards: number } {
    const tally = tallies.get(label) ?? { findings: 0, afterwards: 0 };
    tallies.set(label, tally);
    return tally;
  }

  function changed(by: number): number {
    saved.changes = changesOf(saved) + by;
    return saved.changes;
  }

  function open(detector: string, finding: Finding): Matter {
    const changes = changed(finding.count);
    const own = entryOf(detector, resource, finding, finding.startTime, changes);
    const isTaken = names.has(own.name); // an accepted matter has become graver
    const entry = isTaken ? entryOf(detector, resource, finding, finding.endTime, changes) : own;
    const expectation = expectationOf(detector, finding);
    if (expectation !== undefined) {
      tallyOf(expectation.rule.label)[expectation.isOver ? 'afterwards' : 'findings']++;
    }
    const matter = { entry, expectedBy: expectation?.isOver ? undefined : expectation?.rule };
    if (matter.expectedBy === undefined) {
      all.push(entry);
      names.add(entry.name);
    }
    const ofDetector = latest.get(detector) ?? new Map<string, Matter>();
    latest.set(detector, ofDetector.set(finding.dedupKey, matter));
    return matter;
  }

  function touch(matter: Matter): Matter {
    if (isLive && matter.expectedBy === undefined) {
      touched.add(matter.entry);
    }
    return matter;
  }

  /** An alert stays one whatever it grows into; what was expected is so only while the same rule fits. */
  function note(detector: string, finding: Finding): Matter {
    if (isLive) {
      void finding.summary;
    }
    const matter = latest.get(detector)?.get(finding.dedupKey);
    if (matter === undefined || finding.startTime - matter.entry.endTime > (finding.restMs ?? OPEN_MS)) {
      return touch(open(detector, finding));
    }
    if (matter.expectedBy !== undefined) {
      const now = expectationOf(detector, finding);
      if (now === undefined || now.isOver || now.rule.label !== matter.expectedBy.label) {
        return touch(open(detector, finding));
      }
    }
    merge(matter.entry, finding, changed(Math.max(1, newEvents(matter.entry, finding))));
    return touch(matter);
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
      touch(matter);
      entry.count++;
      entry.changes = changed(1);
      entry.growingCount++;
      entry.endTime = Math.max(entry.endTime, time);
      entry.changedTime = entry.endTime;
      return true;
    },

    accept(matter, isBounded, time) {
      acceptMatter(accepted, matter, isBounded, time);
      latest.get(matter.detector)?.delete(matter.key);
    },

    rename(renaming) {
      for (const entry of renameInBook(saved, renaming)) {
        entry.changes = changed(1);
        touched.add(entry);
      }
    },

    spellOut() {
      for (const { finding } of all) {
        if (!(finding instanceof PackedFinding)) {
          void finding.summary;
        }
      }
    },

    alerts: () => all,

    takeChanged() {
      const taken = [...touched];
      touched.clear();
      return taken;
    },

    forget(records, before) {
      for (const { name } of records) {
        names.delete(name);
      }
      let kept = 0;
      for (const entry of all) {
        if (!records.has(entry)) {
          all[kept++] = entry;
        }
      }
      all.length = kept;
      for (const matters of latest.values()) {
        for (const [key, { entry }] of matters) {
          if (entry.endTime < before) {
            matters.delete(key);
          }
        }
      }
    },

    bases: () => basesOf(saved),

    save: () => saved,

    tallies: (time) =>
      Object.fromEntries(rules.map(({ label, until }) => [label, { ...tallyOf(label), isOver: time >= until }])),
  };
}
