import type { AlertBook } from '../alerts/alert-book.ts';
import type { Detector } from '../detectors/detector.ts';
import type { Enrichment } from '../enrichers/enrichment.ts';
import type { Renaming } from '../lib/renaming.ts';
import { ActivityClass, type ActivityObserver } from '../model/activity.ts';
import type { Decision } from '../model/decision.ts';
import type { RecordView } from '../parsers/parser.ts';
import { Audience, CLASS_NAMES, indexOf } from './audience.ts';
import { CurrentActivity, type Provenance, type Who } from './current-activity.ts';
import { createDecisions, type PlacedDecision } from './decisions.ts';
import { HeldStatement } from './held-statement.ts';
import { identifyCredential, identifyRequest, identifySession, isSessionOver, noteSession } from './identify.ts';
import { emptyState, type SavedLane, SWEEP_EVERY } from './lane-state.ts';
import type { Counts, ResourcePlan } from './plan.ts';
import { isJoined } from './query-joins.ts';
import { renameInLane } from './rename-in-lane.ts';
import { createWatchers } from './watchers.ts';

/** What tells by itself who did it. */
const WITHOUT_SESSION = ActivityClass.keyOperation | ActivityClass.configurationChange;

/** Judges the records of one resource, one after another. */
export interface Lane {
  accept(view: RecordView, provenance: Provenance, isLate: boolean): void;
  /** Names a log before its first record: what its sessions hold is not given to others. */
  know(provenance: Provenance): void;
  /** Event time has come to this without a further record: what is over by then is told, and what has changed. */
  pass(time: number): void;
  /** What people decided, in its order: each holds once, from its place in event time on, or from now on. */
  decide(decisions: readonly Decision[]): PlacedDecision[];
  /** What it stands on: live objects, to be written before the next record. */
  save(): SavedLane;
  /** No record follows: detectors tell what they have not told yet. */
  finish(): void;
}

export function createLane(
  plan: ResourcePlan,
  detectors: readonly Detector[],
  enrichment: Enrichment,
  book: AlertBook,
  counts: Counts,
  saved?: SavedLane,
  observer?: ActivityObserver,
): Lane {
  const state = saved?.state ?? emptyState(enrichment, CLASS_NAMES.length);
  const { vocabulary, poolers, queries, seen, faults } = state;
  const activity = new CurrentActivity(vocabulary);
  const who: Who = { session: 0, principal: 0, address: 0, isLate: false };
  const { watchers, telling } = createWatchers(plan, detectors, enrichment, book, saved?.detectors);
  const audience = new Audience({ watchers, telling }, observer, state);
  const show = audience.show.bind(audience);
  const areCredentialsWatched = audience.isWatched(ActivityClass.credentialAccepted);
  const areStatementsWatched = audience.isWatched(ActivityClass.statement);
  const sources = new Set<Provenance>();
  let latestSource: Provenance | undefined;
  activity.time = state.time;
  const decisions = createDecisions(state, { watchers, book, directory: vocabulary, rename });
  let { dueTime } = decisions;

  function passDecisions(time: number): void {
    decisions.passTo(time);
    audience.forgetRepeated();
    ({ dueTime } = decisions);
  }

  function rename(renaming: Renaming): void {
    renameInLane(state, sources, counts, renaming);
    forgetIds();
  }

  function forgetIds(): void {
    activity.forgetIds();
    audience.forgetRepeated();
    observer?.forgetIds();
  }

  /** Shows the record to those who watch its class. Most records nobody watches: only then is the activity filled. */
  function judge(activityClass: number, view: RecordView, provenance: Provenance, who: Who): void {
    if (audience.isWatched(activityClass)) {
      activity.fill(activityClass, view, provenance, who);
      audience.showCurrent(activity);
    }
  }

  function accept(view: RecordView, provenance: Provenance, isLate: boolean): void {
    if (provenance !== latestSource) {
      latestSource = provenance;
      sources.add(provenance);
    }
    if (--state.untilSweep === 0) {
      sweep();
    }
    if (view.time > dueTime) {
      passDecisions(view.time);
    }
    seen[indexOf(view.class)]!++;
    who.isLate = isLate;
    if (view.class === ActivityClass.poolerLink) {
      poolers.noteLink(view, provenance);
      return;
    }
    if (view.class === ActivityClass.credentialAccepted) {
      if (!areCredentialsWatched || (observer === undefined && provenance.reader.protection() === 0)) {
        noteSession(view, provenance); // nothing speaks against the credential, and nobody keeps a record of it
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
        activity.fill(ActivityClass.authentication, view, provenance, who);
        audience.showWatchers(activity); // no record says so: it is judged, and not observed
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
      queries.noteRequest(view, who, show);
      return true;
    }
    if (queries.find(view, who)) {
      return true;
    }
    activity.fill(view.class, view, provenance, who);
    queries.wait(view, new HeldStatement(activity, vocabulary), show);
    return false;
  }

  function sweep(): void {
    state.untilSweep = SWEEP_EVERY;
    const areIdsGiven = vocabulary.sweep((holder) => {
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
    if (areIdsGiven) {
      forgetIds();
    }
  }

  function countActivities(): void {
    for (const [i, name] of CLASS_NAMES.entries()) {
      counts.activities[name] = seen[i]!;
    }
  }

  return {
    accept,
    know: (provenance) => void sources.add(provenance),

    decide(made) {
      const placed = decisions.add(made, activity.time);
      audience.forgetRepeated();
      ({ dueTime } = decisions);
      return placed;
    },

    pass(time) {
      if (time > dueTime) {
        passDecisions(time);
      }
      queries.releaseOld(time, show);
      audience.settle(time);
    },

    save() {
      state.time = activity.time;
      countActivities();
      return { state, detectors: Object.fromEntries(watchers.map(({ id, watch }) => [id, watch.state])) };
    },

    finish() {
      queries.finish(show);
      audience.settle(Number.POSITIVE_INFINITY);
      countActivities();
      counts.expected = book.tallies(activity.time);
      for (const [fault, times] of faults) {
        counts.notes.push(`${plan.resource.name}: ${fault} (${times} times); please report this`);
      }
    },
  };
}
