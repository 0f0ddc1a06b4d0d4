import type { Enrichment } from '../enrichers/enrichment.ts';
import { addCounts, emptyCounts } from './counts.ts';
import { bundlesOfStreams } from './file-chains.ts';
import { type Inlet, mergeByTime } from './merge-by-time.ts';
import type { OnBytes, ResourcePlan, StreamsPlan } from './plan.ts';
import { createRecordBatch } from './record-batch.ts';
import {
  openChain,
  openLogs,
  type Plugins,
  progressOf,
  type ReplayOutcome,
  type TimeRange,
} from './replay-resource.ts';
import { createResourceRouter, type Member } from './resource-router.ts';
import type { SourceStream } from './source-stream.ts';

export interface StreamsOutcome extends ReplayOutcome {
  /** Keys of the resources that the streams named: they have been judged, logs of their own included. */
  judged: string[];
}

/**
 * Judges every resource that the streams name; configured ones with their own logs, all in the order of event time.
 * Logs of resources that no stream names are not opened.
 */
export async function replayStreams(
  { streams, resources }: { streams: StreamsPlan; resources: readonly ResourcePlan[] },
  range: TimeRange,
  plugins: Plugins,
  enrichment: Enrichment,
  onBytes: OnBytes,
): Promise<StreamsOutcome> {
  const counts = emptyCounts();
  const router = createResourceRouter(resources, commonOf(streams), plugins, enrichment);
  const progress = progressOf(onBytes);
  const batch = createRecordBatch();
  /** What must copy its lines before bytes leave memory, beside the members of the router. */
  const leaveLogs: (() => void)[] = [];

  function beforeLoad(stream: SourceStream): void {
    batch.beforeLoad(stream);
    for (const leave of leaveLogs) {
      leave();
    }
  }

  async function openOwnLogs(member: Member): Promise<readonly Inlet[]> {
    const { inlets, leave } = await openLogs(member.judgement, range.to, plugins);
    leaveLogs.push(leave);
    return inlets.map((inlet) => ({
      stream: inlet.stream,
      take() {
        batch.judge(member);
        return inlet.take();
      },
    }));
  }

  function inletOf(stream: SourceStream): Inlet {
    return {
      stream,
      take() {
        const member = router.memberOf(stream);
        if (member === undefined) {
          return undefined;
        }
        if (member.hasUnreadLogs) {
          member.hasUnreadLogs = false;
          return openOwnLogs(member);
        }
        batch.accept(stream, member);
        return undefined;
      },
    };
  }

  for (const bundle of bundlesOfStreams(streams.sources)) {
    const chains = await Promise.all(bundle.map((chain) => openChain(chain, range.to, plugins, counts, true)));
    await mergeByTime(chains.map(inletOf), beforeLoad, progress);
    batch.judgeAll();
  }
  const judgements = router.members().map(({ judgement }) => judgement);
  const alerts = judgements.flatMap((judgement) => judgement.finish(range.from));
  for (const judgement of judgements) {
    addCounts(counts, judgement.counts);
  }
  return { alerts, counts, judged: judgements.map(({ plan }) => plan.resource.key) };
}

function commonOf({ settings, expected }: StreamsPlan): Pick<ResourcePlan, 'settings' | 'expected'> {
  return { settings, ...(expected !== undefined && { expected }) };
}
