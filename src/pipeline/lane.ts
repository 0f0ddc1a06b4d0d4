import type { AlertBook } from '../alerts/alert-book.ts';
import type { Detector, Report, Watch } from '../detectors/detector.ts';
import type { Enrichment } from '../enrichers/enrichment.ts';
import { type Activity, ActivityClass, type ActivityClassName } from '../model/activity.ts';
import type { RecordView } from '../parsers/parser.ts';
import { CurrentActivity, type Provenance, type Who } from './current-activity.ts';
import { holdStatement } from './held-statement.ts';
import { identifyCredential, identifyRequest, identifySession, isSessionOver, noteSession } from './identify.ts';
import type { Counts, ResourcePlan } from './plan.ts';
import { createPoolerJoin } from './pooler-join.ts';
import { createQueryJoins, isJoined } from './query-joins.ts';
import { createVocabulary } from './vocabulary.ts';

/** Records between two looks at whether ids must be given back. */
const SWEEP_EVERY = 8192;
const CLASS_NAMES = Object.keys(ActivityClass) as ActivityClassName[];

/** What tells by itself who did it. */
const WITHOUT_SESSION = ActivityClass.keyOperation | ActivityClass.configurationChange;

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
  const able = detectors.filter(
    ({ id, needs }) => plan.settings[id] !== undefined && (needs === undefined || !enrichment.empty.has(needs)),
  );
  const watchers = able.map((detector): Watcher => {
    const { id } = detector;
    const report: Report = {
      finding: (finding) => book.raise(id, finding),
      again: (dedupKey, time) => book.again(id, dedupKey, time),
    };
    return { id, watch: detector.watch(plan.resource, plan.settings[id]), report };
  });
  const routes = CLASS_NAMES.map((name) => watchers.filter(({ watch }) => (watch.watches & ActivityClass[name]) !== 0));
  const areCredentialsWatched = routes[indexOf(ActivityClass.credentialAccepted)]!.length > 0;
  const areStatementsWatched = routes[indexOf(ActivityClass.statement)]!.length > 0;
  const poolers = createPoolerJoin(vocabulary);
  const queries = createQueryJoins((statement) => show(statement));
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
    show(activity);
  }

  function show(shown: Activity): void {
    const route = routes[indexOf(shown.class)]!;
    for (let i = 0; i < route.length; i++) {
      const { id, watch, report } = route[i]!;
      try {
        watch.evaluate(shown, report);
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
    if (view.class === ActivityClass.poolerLink) {
      poolers.noteLink(view, provenance);
      return;
    }
    if (view.class === ActivityClass.credentialAccepted) {
      if (!areCredentialsWatched) {
        noteSession(view, provenance);
        return;
      }
      identifyCredential(who, view, provenance, vocabulary);
    } else if (view.class === ActivityClass.logForgery) {
      identifyCredential(who, view, provenance, vocabulary); // the session tells where it came from, and no more
    } else if (view.engine === 'cosmosdb' || (view.class & WITHOUT_SESSION) !== 0) {
      identifyRequest(who, view, provenance, vocabulary);
      if (areStatementsWatched && isJoined(view) && !join(view, provenance)) {
        return;
      }
    } else {
      const isMetInMiddle = identifySession(who, view, provenance, vocabulary);
      poolers.note(view, provenance, who);
      if (isMetInMiddle) {
        judge(ActivityClass.authentication, view, provenance, who);
      }
    }
    judge(view.class, view, provenance, who);
    if (isSessionOver(view) && who.session !== 0) {
      provenance.sessions.close(who.session);
    }
  }

  /** A query's text and who asked are told apart. False when the statement waits for its request. */
  function join(view: RecordView, provenance: Provenance): boolean {
    if (view.class !== ActivityClass.statement) {
      queries.noteRequest(view, who);
      return true;
    }
    if (queries.find(view, who)) {
      return true;
    }
    activity.fill(view.class, view, provenance, who);
    queries.wait(view, holdStatement(activity, vocabulary));
    return false;
  }

  function sweep(): void {
    untilSweep = SWEEP_EVERY;
    vocabulary.sweep((holder) => {
      book.spellOut();
      queries.hold(holder);
      poolers.hold(holder);
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
      queries.finish();
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
      counts.expected = book.tallies(activity.time);
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
