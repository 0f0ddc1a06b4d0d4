import type { AlertBook } from '../alerts/alert-book.ts';
import type { Detector, Report, Watch } from '../detectors/detector.ts';
import type { Enrichment } from '../enrichers/enrichment.ts';
import { ActivityClass, type ActivityClassName } from '../model/activity.ts';
import type { RecordView } from '../parsers/parser.ts';
import { CurrentActivity, type Provenance, type Who } from './current-activity.ts';
import { identifyCredential, identifyRequest, identifySession, isSessionOver, noteSession } from './identify.ts';
import type { Counts, ResourcePlan } from './plan.ts';
import { createVocabulary } from './vocabulary.ts';

/** Records between two looks at whether ids must be given back. */
const SWEEP_EVERY = 8192;
const CLASS_NAMES = Object.keys(ActivityClass) as ActivityClassName[];

/** What tells by itself who did it. */
const WITHOUT_SESSION = ActivityClass.logForgery | ActivityClass.keyOperation | ActivityClass.configurationChange;

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
  const who: Who = { session: 0, principal: 0, address: 0, isLate: false };
  const watchers = detectors.map((detector): Watcher => {
    const { id } = detector;
    const report: Report = {
      finding: (finding) => void book.add(id, finding),
      again: (dedupKey, time) => book.again(id, dedupKey, time),
    };
    return { id, watch: detector.watch(plan.resource, plan.settings[id]), report };
  });
  const routes = CLASS_NAMES.map((name) => watchers.filter(({ watch }) => (watch.watches & ActivityClass[name]) !== 0));
  const areCredentialsWatched = routes[indexOf(ActivityClass.credentialAccepted)]!.length > 0;
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

  /** Shows the record to those who watch its class. Most records nobody watches: only then is the activity filled. */
  function judge(activityClass: number, view: RecordView, provenance: Provenance, who: Who): void {
    const route = routes[indexOf(activityClass)]!;
    if (route.length === 0) {
      return;
    }
    activity.fill(activityClass, view, provenance, who);
    for (let i = 0; i < route.length; i++) {
      const { id, watch, report } = route[i]!;
      try {
        watch.evaluate(activity, report);
      } catch (error) {
        noteFault(id, error);
      }
    }
  }

  function accept(view: RecordView, provenance: Provenance, isLate: boolean): void {
    if (provenance !== latestSource) {
      latestSource = provenance;
      sources.add(provenance);
    }
    if (--untilSweep === 0) {
      sweep();
    }
    seen[indexOf(view.class)]!++;
    who.isLate = isLate;
    if (view.class === ActivityClass.credentialAccepted) {
      if (!areCredentialsWatched) {
        noteSession(view, provenance);
        return;
      }
      identifyCredential(who, view, provenance, vocabulary);
    } else if (view.engine === 'cosmosdb' || (view.class & WITHOUT_SESSION) !== 0) {
      identifyRequest(who, view, provenance, vocabulary);
    } else if (identifySession(who, view, provenance, vocabulary)) {
      judge(ActivityClass.authentication, view, provenance, who);
    }
    judge(view.class, view, provenance, who);
    if (isSessionOver(view) && who.session !== 0) {
      provenance.sessions.close(who.session);
    }
  }

  function sweep(): void {
    untilSweep = SWEEP_EVERY;
    vocabulary.sweep((holder) => {
      book.spellOut();
      for (const { sessions } of sources) {
        sessions.hold(holder);
      }
      for (const { watch } of watchers) {
        watch.hold(holder);
      }
    });
  }

  return {
    accept,

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
