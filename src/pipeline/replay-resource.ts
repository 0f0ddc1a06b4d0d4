import { type AlertBook, createAlertBook } from '../alerts/alert-book.ts';
import { toldAlerts } from '../alerts/told-alerts.ts';
import type { Detector } from '../detectors/detector.ts';
import type { Enrichment } from '../enrichers/enrichment.ts';
import type { ActivityObserver } from '../model/activity.ts';
import type { Parser } from '../parsers/parser.ts';
import { emptyCounts } from './counts.ts';
import { chainsOfLog } from './file-chains.ts';
import { inOrderOfTime } from './file-order.ts';
import { openHistoryInput } from './history-input.ts';
import { createIdWatch } from './id-watch.ts';
import type { JudgementState } from './judgement-state.ts';
import { createLane, type Lane } from './lane.ts';
import { type Inlet, mergeByTime } from './merge-by-time.ts';
import type { Counts, OnBytes, ResourcePlan, SourcePlan } from './plan.ts';
import { createReceiver } from './receiver.ts';
import { openSourceStream, type SourceStream } from './source-stream.ts';

/** What only the caller knows by name. */
export interface Plugins {
  parsers: readonly Parser[];
  detectors: readonly Detector[];
}

/** The time that alerts are printed of, and up to which is read; epoch milliseconds. */
export interface TimeRange {
  from: number;
  to: number;
}

/** One alert, ready to be merged with those of other resources. */
export interface ReplayedAlert {
  startTimeUtc: string;
  name: string;
  json: string;
}

export interface ReplayOutcome {
  alerts: ReplayedAlert[];
  counts: Counts;
}

/** The judgement of one resource. */
export interface Judgement {
  plan: ResourcePlan;
  lane: Lane;
  book: AlertBook;
  counts: Counts;
  /** No record follows. */
  finish(from: number): ReplayedAlert[];
}

/**
 * Judges the whole history of one resource. The outcome depends on the plan and the files alone.
 *
 * @param onBytes told how many bytes of the files on disk have been read since it was last told; what it answers is
 *   awaited before more are read
 */
export async function replayResource(
  plan: ResourcePlan,
  range: TimeRange,
  plugins: Plugins,
  enrichment: Enrichment,
  onBytes: OnBytes,
): Promise<ReplayOutcome> {
  const judgement = createJudgement(plan, plugins, enrichment);
  const { lane, counts } = judgement;
  const chains = plan.sources.map(chainsOfLog);
  if (chains.length === 1 && chains[0]!.length === 1) {
    const stream = await openChain(chains[0]![0]!, range.to, plugins, counts);
    await drain(stream, lane, createIdWatch(plan.resource, counts), onBytes);
  } else {
    const { inlets, leave } = await openLogs(judgement, range.to, plugins);
    await mergeByTime(inlets, leave, progressOf(onBytes));
  }
  return { alerts: judgement.finish(range.from), counts };
}

/**
 * @param saved what an earlier judgement of the resource has come to: it is gone on with
 * @param isLive alerts are told as they are found
 * @param observer absent: nobody but the detectors looks
 */
export function createJudgement(
  plan: ResourcePlan,
  { detectors }: Pick<Plugins, 'detectors'>,
  enrichment: Enrichment,
  saved?: Pick<JudgementState, 'lane' | 'book' | 'counts'>,
  isLive = false,
  observer?: ActivityObserver,
): Judgement {
  const counts = saved?.counts ?? emptyCounts();
  const book = createAlertBook(plan.resource, plan.expected, saved?.book, isLive);
  const lane = createLane(plan, detectors, enrichment, book, counts, saved?.lane, observer);
  lane.decide(plan.decisions ?? []);
  return {
    plan,
    lane,
    book,
    counts,
    finish(from) {
      lane.finish();
      return toldAlerts(plan.resource, book.alerts(), from).map((alert) => ({
        startTimeUtc: alert.properties.startTimeUtc,
        name: alert.name,
        json: JSON.stringify(alert),
      }));
    },
  };
}

/** The logs that are listed under a resource. Each has sessions of its own: servers count theirs without each other. */
export async function openLogs(
  { plan, lane, counts }: Judgement,
  to: number,
  plugins: Plugins,
): Promise<{ inlets: Inlet[]; leave: () => void }> {
  const watchIds = createIdWatch(plan.resource, counts);
  const logs = await Promise.all(
    plan.sources.map(async (source) => {
      const receiver = createReceiver(lane, counts, false);
      const chains = chainsOfLog(source).map((chain) => openChain(chain, to, plugins, counts));
      const inlets = (await Promise.all(chains)).map((stream): Inlet => {
        const take = () => {
          watchIds(stream);
          receiver.accept(stream);
          return undefined;
        };
        return { stream, take };
      });
      return { receiver, inlets };
    }),
  );
  return {
    inlets: logs.flatMap(({ inlets }) => inlets),
    leave: () => {
      for (const { receiver } of logs) {
        receiver.leave();
      }
    },
  };
}

export async function openChain(
  chain: SourcePlan,
  to: number,
  { parsers }: Plugins,
  counts: Counts,
  isShared = false,
): Promise<SourceStream> {
  const parser = parsers.find(({ id }) => id === chain.format)!;
  const input = openHistoryInput(await inOrderOfTime(chain, parser), counts);
  return openSourceStream({ input, parser, reading: chain, counts, to, isShared });
}

/** One source is judged in its own order. */
async function drain(
  stream: SourceStream,
  lane: Lane,
  watchIds: (stream: SourceStream) => void,
  onBytes: OnBytes,
): Promise<void> {
  const { view } = stream.reader;
  const progress = progressOf(onBytes);
  while (!stream.isEnded) {
    while (stream.next()) {
      watchIds(stream);
      lane.accept(view, stream, stream.isLate);
    }
    await stream.load();
    await progress(stream);
  }
}

/** Tells what was read of each stream since it was last told. */
export function progressOf(onBytes: OnBytes): (stream: SourceStream) => Promise<void> {
  const told = new WeakMap<SourceStream, number>();
  return async (stream) => {
    const read = stream.input.diskBytes ?? 0;
    const more = read - (told.get(stream) ?? 0);
    if (more > 0) {
      told.set(stream, read);
      await onBytes(more);
    }
  };
}
