import type { Enrichment } from '../enrichers/enrichment.ts';
import type { Clocks } from '../lib/clocks.ts';
import type { ActivityObserver } from '../model/activity.ts';
import type { Decision } from '../model/decision.ts';
import type { Learned } from '../model/learned.ts';
import type { PlacedDecision } from '../pipeline/decisions.ts';
import { createIdWatch } from '../pipeline/id-watch.ts';
import { type JudgementState, readJudgement } from '../pipeline/judgement-state.ts';
import { learnedOf } from '../pipeline/learned-of.ts';
import type { Counts } from '../pipeline/plan.ts';
import { createReceiver, type Receiver } from '../pipeline/receiver.ts';
import { createJudgement, type Judgement, type Plugins } from '../pipeline/replay-resource.ts';
import type { Gap, Source } from '../sources/source.ts';
import { type AlertDraft, createAlertDrafts } from './alert-drafts.ts';
import { createEventClock } from './event-clock.ts';
import { externalsOf } from './externals-of.ts';
import { inOrder, type Turn } from './in-order.ts';
import { type LiveStream, newLogs, openLiveLog } from './live-log.ts';
import type { LivePlan } from './live-plan.ts';
import { type OneAddress, watchPoolers } from './pooler-watch.ts';
import { type Feed, type SavedResource, saveJudgement } from './save-judgement.ts';
import { createSelfTests } from './self-tests.ts';

/** What the judgements of one thread have in common. */
export interface LiveWorld {
  plugins: Plugins & { sources: readonly Source[] };
  enrichment: Enrichment;
  clocks: Clocks;
}

/** The judgement of one resource, for as long as the server runs. */
export interface LiveJudgement {
  readonly plan: LivePlan;
  /** Something came, or was decided, since it was last saved. */
  readonly isChanged: boolean;
  readonly counts: Counts;
  /** Event time of the newest record; −∞ before the first. */
  readonly newest: number;
  /** Where the clients of a server come from; undefined: nobody can tell, or a pooler's log does. */
  readonly clients: OneAddress | 'several' | undefined;
  /** Bytes that are known to wait. */
  readonly waitingBytes: number;
  /**
   * Judges what is there, up to a time of `performance.now()` or so many records. Gives the steady time at which to call
   * again; 0: as soon as may be; infinite: when woken.
   */
  work(until: number, records?: number): Promise<number>;
  /** Judges the record in view of a shared stream, whose bytes stay in memory until `leaveShared` was called. */
  acceptShared(live: LiveStream): void;
  leaveShared(): void;
  takeAlerts(): AlertDraft[];
  takeGaps(): Gap[];
  /** What people have changed of it: holds from the next record on. */
  change(plan: LivePlan): void;
  /** What people decided, in order: see `Lane.decide`. */
  decide(decisions: readonly Decision[]): PlacedDecision[];
  /** What is known of addresses is something else: holds from the next record on. */
  lookUpAnew(): void;
  /** What is usual by now, by detector. */
  learned(): Record<string, Learned[]>;
  save(): SavedResource;
  close(): void;
}

/** Sessions of what came by shared streams: as the log of that name. */
const SHARED = 'streams';

/**
 * @param saved as `save` gave it; throws `SnapshotError` when it cannot be read
 * @param wake called when there may be something to do
 * @param archive is shown what is judged as long as the plan says so
 */
export function openLiveJudgement(
  plan: LivePlan,
  saved: Uint8Array | undefined,
  world: LiveWorld,
  wake: () => void,
  archive?: ActivityObserver,
): LiveJudgement {
  const { plugins, clocks } = world;
  const logs = newLogs([...plan.logs.map(({ id }) => id), SHARED]);
  const outside = externalsOf(plan, logs, world);
  const restored = saved && readJudgement(saved, plugins.detectors, outside);
  const feed = restored?.state.feed as Feed | undefined;
  let judgement = judgementOf(plan, world, restored?.state, archive);
  judgement.counts.notes.push(...(restored?.lost ?? []).map((loss) => `${plan.resource.name}: ${loss}`));
  let drafts = createAlertDrafts(plan.resource, judgement.book);
  /** Of a book that was gone on from, and not asked for yet. */
  let untaken: AlertDraft[] = [];
  let isOn = plan.isOn;
  let isChanged = false;
  const eventClock = createEventClock((time) => {
    if (isOn) {
      judgement.lane.pass(time);
    }
  }, feed?.clock);
  const around = { ...plugins, counts: judgement.counts, clocks, wake };
  const live = plan.logs.map((log) => {
    const state = feed?.logs.find(({ id }) => id === log.id);
    const opened = openLiveLog(log, logs.get(log.id)!, state, around);
    return { ...opened, saved: state?.receiver, receiver: undefined as Receiver | undefined };
  });
  let shared: Receiver | undefined;
  let savedShared = feed?.shared;
  /** Steady time at which bytes of a shared stream came last. */
  let sharedArrival = 0;
  connect();
  const watchIds = createIdWatch(plan.resource, judgement.counts);
  const turns = inOrder(
    live.flatMap(({ streams }) => streams),
    clocks,
    () => {
      for (const { receiver } of live) {
        receiver!.leave();
      }
    },
  );
  const logOf = new Map(live.flatMap((log) => log.streams.map((stream) => [stream, log])));

  /** Gives the logs receivers for the present lane. */
  function connect(): void {
    for (const log of live) {
      const state = log.receiver?.save() ?? log.saved;
      log.receiver = createReceiver(judgement.lane, judgement.counts, false, log.log, state);
    }
    savedShared = shared?.save() ?? savedShared;
    shared = savedShared && createReceiver(judgement.lane, judgement.counts, true, logs.get(SHARED)!, savedShared);
  }

  const poolers = watchPoolers(plan, plugins.parsers);
  const selfTests = createSelfTests(plan.resource, () => plan.selfTests);

  function take(turn: Turn): boolean {
    isChanged = true;
    const { stream } = turn;
    eventClock.record(stream.stream.reader.view.time);
    if (isOn && !selfTests.take(stream.stream.reader)) {
      poolers?.note(stream.stream.reader);
      watchIds(stream.stream);
      logOf.get(stream)!.receiver!.accept(stream.stream);
    }
    return true;
  }

  /** Goes on by another plan, or where detectors have other data to go by. */
  function change(next: LivePlan): void {
    isOn = next.isOn;
    plan = next;
    isChanged = true;
    untaken.push(...drafts.take(eventClock.newest));
    const { lane, book, counts } = judgement;
    judgement = judgementOf(next, world, { lane: lane.save(), book: book.save(), counts }, archive);
    drafts = createAlertDrafts(next.resource, judgement.book);
    connect();
  }

  return {
    get plan() {
      return plan;
    },
    get isChanged() {
      return isChanged;
    },
    get counts() {
      return judgement.counts;
    },
    get newest() {
      return eventClock.newest;
    },
    get clients() {
      return poolers?.seen();
    },
    get waitingBytes() {
      return turns.streams.reduce((sum, { input }) => sum + (input.waitingBytes ?? 0), 0);
    },
    async work(until, records) {
      const again = await turns.take(take, until, records);
      if (again === 0) {
        return 0;
      }
      return Math.min(again, eventClock.silence(clocks.steady(), Math.max(turns.lastArrival(), sharedArrival)));
    },
    acceptShared({ stream, grownTime }) {
      isChanged = true;
      sharedArrival = grownTime;
      eventClock.record(stream.reader.view.time);
      if (isOn && !selfTests.take(stream.reader)) {
        shared ??= createReceiver(judgement.lane, judgement.counts, true, logs.get(SHARED)!);
        shared.accept(stream);
      }
    },
    leaveShared: () => shared?.leave(),
    takeAlerts() {
      const taken = [...selfTests.takeAlerts(), ...untaken, ...drafts.take(eventClock.newest)];
      untaken = [];
      return taken;
    },
    takeGaps: () => turns.streams.flatMap(({ input }) => input.takeGaps()),
    change,
    decide(decisions) {
      isChanged ||= decisions.length > 0;
      return judgement.lane.decide(decisions);
    },
    lookUpAnew() {
      judgement.lane.save().state.vocabulary.renew();
      change(plan);
    },
    learned: () => learnedOf(judgement.lane, plugins.detectors),
    save() {
      isChanged = false;
      return saveJudgement(
        judgement,
        live,
        { clock: eventClock.save(), shared: shared?.save() },
        plugins,
        outside.externals,
      );
    },
    close() {
      for (const { input } of turns.streams) {
        input.close();
      }
    },
  };
}

function judgementOf(
  plan: LivePlan,
  { plugins, enrichment }: LiveWorld,
  saved: Pick<JudgementState, 'lane' | 'book' | 'counts'> | undefined,
  archive: ActivityObserver | undefined,
): Judgement {
  const observer = plan.isArchived ? archive : undefined;
  return createJudgement({ ...plan, sources: [] }, plugins, enrichment, saved, true, observer);
}
