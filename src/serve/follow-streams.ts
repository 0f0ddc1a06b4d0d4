import type { Engine } from '../live/engine.ts';
import type { StreamsPlan } from '../live/live-plan.ts';
import type { Parser } from '../parsers/parser.ts';
import type { SourcePlan } from '../pipeline/plan.ts';
import type { Journals } from './journals.ts';
import { liveStreamsOf } from './live-streams-plan.ts';
import { watchChains } from './watch-chains.ts';

/** The shared streams as they are read, which change when the configuration or a folder of exports does. */
export interface FollowedStreams {
  /** At first; undefined where there are none. */
  readonly plan: StreamsPlan | undefined;
  /** Reads others from now on. */
  change(engine: Engine, sources: readonly SourcePlan[]): Promise<void>;
  /** Reads, too, what folders get that continues no other file. Returns how to stop. */
  watch(engine: Engine, plannedNow: () => Promise<readonly SourcePlan[]>): () => void;
}

/** @param note one line for the log */
export async function followStreams(
  first: readonly SourcePlan[],
  parsers: readonly Parser[],
  journals: Journals,
  note: (text: string) => void,
): Promise<FollowedStreams> {
  let current = first;
  const planOf = (sources: readonly SourcePlan[]) => liveStreamsOf(sources, parsers, journals, note);

  async function change(engine: Engine, sources: readonly SourcePlan[]): Promise<void> {
    const plan = await planOf(sources);
    if (JSON.stringify(plan) !== JSON.stringify(await planOf(current))) {
      await engine.changeStreams(plan ?? { inputs: [] });
    }
    current = sources;
  }

  return {
    plan: await planOf(first),
    change,
    watch: (engine, plannedNow) =>
      watchChains(
        () => current,
        async () => change(engine, await plannedNow()),
        note,
      ),
  };
}
