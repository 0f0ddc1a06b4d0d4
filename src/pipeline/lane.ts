import type { AlertBook } from '../alerts/alert-book.ts';
import type { Detector, Report, Watch } from '../detectors/detector.ts';
import type { Enrichment } from '../enrichers/enrichment.ts';
import { ActivityClass, type ActivityClassName } from '../model/activity.ts';
import type { RecordView } from '../parsers/parser.ts';
import { CurrentActivity, idOf, type Provenance } from './current-activity.ts';
import type { Counts, ResourcePlan } from './plan.ts';
import { createVocabulary } from './vocabulary.ts';

/** Records between two looks at whether ids must be given back. */
const SWEEP_EVERY = 8192;
const CLASS_NAMES = Object.keys(ActivityClass) as ActivityClassName[];

/** Judges the records of one resource, one after another. */
export interface Lane {
  accept(view: RecordView, provenance: Provenance, isLate: boolean): void;
  /** No record follows: detectors tell what they have not told yet. */
  finish(): void;
}

interface Watcher {
  id: string;
  watch: Watch;
  report: Report;
}

export function createLane(
  plan: ResourcePlan,
  detectors: readonly Detector[],
  enrichment: Enrichment,
  book: AlertBook,
  counts: Counts,
): Lane {
  const vocabulary = createVocabulary(enrichment);
  const activity = new CurrentActivity(vocabulary);
  const watchers = detectors.map((detector): Watcher => {
    const { id } = detector;
    const report: Report = {
      finding: (finding) => void book.add(id, finding),
      again: (dedupKey, time) => book.again(id, dedupKey, time),
    };
    return { id, watch: detector.watch(plan.resource, plan.settings[id]), report };
  });
  const routes = CLASS_NAMES.map((name) => watchers.filter(({ watch }) => (watch.watches & ActivityClass[name]) !== 0));
  const seen = new Float64Array(CLASS_NAMES.length);
  const faults = new Map<string, number>();
  const sources = new Set<Provenance>();
  let latestSource: Provenance | undefined;
  let untilSweep = SWEEP_EVERY;

  /** A fault of a detector is ours, not the input's: it is counted and told, and the others go on. */
  function noteFault(id: string, error: unknown): void {
    const fault = `detector ${id} failed: ${error instanceof Error ? error.message : String(error)}`;
    if (faults.has(fault) || faults.size < 16) {
      faults.set(fault, (faults.get(fault) ?? 0) + 1);
    }
  }

  function judge(classIndex: number): void {
    const route = routes[classIndex]!;
    for (let i = 0; i < route.length; i++) {
      const { id, watch, report } = route[i]!;
      try {
        watch.evaluate(activity, report);
      } catch (error) {
        noteFault(id, error);
      }
    }
  }

  function judgeAs(activityClass: number): void {
    activity.class = activityClass;
    judge(indexOf(activityClass));
  }

  /** The session of a record, known from its opening or believed from its middle. */
  function enterSession(view: RecordView, { sessions, reader }: Provenance): void {
    const slot = sessions.find(view.sessionHigh, view.sessionLow);
    if (slot !== 0 && sessions.principal[slot] !== 0) {
      activity.session = slot;
      activity.principal = sessions.principal[slot]!;
      activity.address = sessions.address[slot]!;
      return;
    }
    reader.findClient();
    activity.session = slot === 0 ? sessions.open(view.sessionHigh, view.sessionLow, view.time) : slot;
    if (slot === 0) {
      sessions.address[activity.session] = idOf(vocabulary.addresses, reader, view.address);
    }
    activity.address = sessions.address[activity.session]!;
    activity.principal = idOf(vocabulary.principals, reader, view.principal);
  }

  function acceptSession(view: RecordView, provenance: Provenance): void {
    const { sessions, reader } = provenance;
    if (view.class === ActivityClass.connection) {
      const slot = sessions.open(view.sessionHigh, view.sessionLow, view.time);
      reader.findClient();
      sessions.address[slot] = idOf(vocabulary.addresses, reader, view.address);
      sessions.keepLine(slot, view.record.start, view.record.end);
      activity.session = slot;
      activity.principal = 0;
      activity.address = sessions.address[slot]!;
      return;
    }
    enterSession(view, provenance);
    const { session } = activity;
    const isOpening = view.class === 0 || view.class === ActivityClass.authentication;
    if (isOpening) {
      sessions.keepLine(session, view.record.start, view.record.end);
    }
    if (view.class === 0 || view.class === ActivityClass.authenticationFailure || sessions.principal[session] !== 0) {
      return;
    }
    sessions.authenticate(session, activity.principal, view.time);
    if (!isOpening && activity.principal !== 0) {
      judgeAs(ActivityClass.authentication); // its opening was not logged: it must have been one
      activity.class = view.class;
    }
  }

  function leaveSession(view: RecordView, { sessions }: Provenance): void {
    const isOver = view.class === ActivityClass.disconnection || view.class === ActivityClass.authenticationFailure;
    if (isOver && activity.session !== 0) {
      sessions.close(activity.session);
    }
  }

  function sweep(): void {
    untilSweep = SWEEP_EVERY;
    vocabulary.sweep((holder) => {
      for (const { sessions } of sources) {
        sessions.hold(holder);
      }
      for (const { watch } of watchers) {
        watch.hold(holder);
      }
    });
  }

  return {
    accept(view, provenance, isLate) {
      activity.fill(view, provenance, isLate);
      if (provenance !== latestSource) {
        latestSource = provenance;
        sources.add(provenance);
      }
      if (--untilSweep === 0) {
        sweep();
      }
      if (view.engine === 'postgresql') {
        acceptSession(view, provenance);
        if (view.class === 0) {
          counts.skipped++;
          return;
        }
      } else {
        provenance.reader.findClient();
        activity.principal = idOf(vocabulary.principals, provenance.reader, view.principal);
        activity.address = idOf(vocabulary.addresses, provenance.reader, view.address);
      }
      const index = indexOf(view.class);
      seen[index]!++;
      judge(index);
      if (view.engine === 'postgresql') {
        leaveSession(view, provenance);
      }
    },

    finish() {
      for (const { id, watch, report } of watchers) {
        try {
          watch.settle(report);
        } catch (error) {
          noteFault(id, error);
        }
      }
      for (const [i, name] of CLASS_NAMES.entries()) {
        counts.activities[name] = seen[i]!;
      }
      for (const [fault, times] of faults) {
        counts.notes.push(`${plan.resource.name}: ${fault} (${times} times); please report this`);
      }
    },
  };
}

/** The place of a class in `ActivityClass`: its bit. */
function indexOf(activityClass: number): number {
  return 31 - Math.clz32(activityClass);
}
